import { FileImage, FolderOpen, ListChecks } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { asFailure, type Failure } from '#contract/failures.ts';
import type { JobOutput } from '#contract/jobs.ts';
import { pickFiles, pickFolder, pickTemplateFiles } from '#src/capture/pick-files.ts';
import { engine } from '#src/engine/engine.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import { Select } from '#src/ui/controls/select.tsx';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import { newExam } from './edit-exam.ts';
import { createExam } from './flow.ts';
import { designOfBlocks } from './template-blocks.ts';
import { gatherTemplateFiles, type TemplateFile } from './template-files.ts';
import { flattenTemplate } from './template-picture.ts';
import styles from './template-start.module.css';

type Import = JobOutput<'answer-sheets.import'>;

type Stage =
  | { readonly is: 'choosing'; readonly failure?: Failure; readonly fileName?: string }
  | { readonly is: 'working' }
  | {
      readonly is: 'imported';
      readonly files: readonly TemplateFile[];
      readonly template: string;
      readonly read: Import;
    };

/** An exam on a sheet that Papel did not make: a template of OMRChecker, or any sheet that blocks are drawn over. */
export function TemplateStart({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [stage, setStage] = useState<Stage>({ is: 'choosing' });
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);

  const attempt = async (fileName: string, work: () => Promise<void>) => {
    setStage({ is: 'working' });
    try {
      await work();
    } catch (cause) {
      const failure = asFailure(cause);
      if (failure.code === 'internal') console.error(cause);
      setStage({ is: 'choosing', failure, fileName });
    }
  };

  const open = (examId: string) => {
    onClose();
    void navigate(`/sheets/${examId}/design`);
  };

  const startFromPhoto = async () => {
    const [file] = await pickFiles();
    if (file === undefined) return;
    await attempt(file.name, async () => {
      const { picture, size } = await flattenTemplate(file, stop.current.signal);
      const title = t('templates.newTitle');
      const exam = { ...newExam({ title, questions: 0 }), origin: 'drawn' as const };
      open(await createExam(exam, { design: designOfBlocks(title, size, []), reference: picture }));
    });
  };

  const readTemplate = async (files: readonly TemplateFile[], template?: string) => {
    const input = template === undefined ? { files } : { files, template };
    const read = await engine.run('answer-sheets.import', input, { signal: stop.current.signal });
    setStage({ is: 'imported', files, template: template ?? read.templates[0] ?? '', read });
  };

  const importFrom = async (pick: () => Promise<File[]>) => {
    const files = await pick();
    if (files.length === 0) return;
    await attempt(files[0]?.name ?? '', async () => readTemplate(await gatherTemplateFiles(files)));
  };

  return (
    <Dialog
      title={t('templates.start.title')}
      isOpen
      onOpenChange={onClose}
      actions={
        <>
          <Button kind="quiet" onPress={onClose}>
            {t('controls.cancel')}
          </Button>
          {stage.is === 'imported' && stage.read.result.usable && (
            <Button kind="primary" onPress={() => void create(stage.read, open)}>
              {t('templates.start.create')}
            </Button>
          )}
        </>
      }
    >
      {stage.is === 'working' && <output>{t('templates.start.working')}</output>}
      {stage.is === 'imported' && (
        <ImportedTemplate
          stage={stage}
          onTemplate={(template) => void attempt(template, () => readTemplate(stage.files, template))}
        />
      )}
      {stage.is !== 'working' && (
        <>
          {stage.is === 'choosing' && <p>{t('templates.start.help')}</p>}
          {stage.is === 'choosing' && stage.failure !== undefined && (
            <p role="alert" className={styles.caution}>
              {t('templates.start.failedPhoto', {
                reason: failureSentence(t, stage.failure, stage.fileName ?? ''),
              })}
            </p>
          )}
          <section className={styles.way}>
            <h3>{t('templates.start.photo')}</h3>
            <p>{t('templates.start.photoHelp')}</p>
            <Button icon={FileImage} onPress={() => void startFromPhoto()}>
              {t('templates.start.choosePhoto')}
            </Button>
          </section>
          <section className={styles.way}>
            <h3>{t('templates.start.omrchecker')}</h3>
            <p>{t('templates.start.omrcheckerHelp')}</p>
            <div className={styles.buttons}>
              <Button icon={FolderOpen} onPress={() => void importFrom(pickFolder)}>
                {t('templates.start.folder')}
              </Button>
              <Button icon={ListChecks} onPress={() => void importFrom(pickTemplateFiles)}>
                {t('templates.start.zip')}
              </Button>
            </div>
          </section>
        </>
      )}
    </Dialog>
  );
}

async function create({ result }: Import, open: (examId: string) => void): Promise<void> {
  if (result.usable) open(await createExam(result.exam, { design: result.design }));
}

/** What was recognised, before it counts. */
function ImportedTemplate({
  stage: { template, read },
  onTemplate,
}: {
  readonly stage: Extract<Stage, { is: 'imported' }>;
  readonly onTemplate: (template: string) => void;
}) {
  const { t } = useTranslation();
  const { templates, result } = read;
  return (
    <div className={styles.imported}>
      {templates.length > 1 && (
        <Select
          label={t('templates.start.template')}
          value={template}
          choices={templates.map((path) => ({ value: path, label: path }))}
          onChange={onTemplate}
        />
      )}
      {result.usable ? (
        <>
          <output>
            <strong>{result.exam.title}</strong>{' '}
            {t('templates.start.found', {
              count: result.exam.questions.length,
              keys: Object.keys(result.exam.keys['A'] ?? {}).length,
            })}{' '}
            {result.exam.look.studentNumber.form === 'none'
              ? t('templates.start.noNumber')
              : t('templates.start.number', { count: result.exam.look.studentNumber.digits })}
          </output>
          {result.unsupported.length > 0 && (
            <div className={styles.caution}>
              <p>{t('templates.start.unsupported')}</p>
              <ul>
                {result.unsupported.map((each) => (
                  <li key={each}>
                    <code>{each}</code>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </>
      ) : (
        <p role="alert" className={styles.caution}>
          {result.problem === ''
            ? t('templates.start.noTemplate')
            : t('templates.start.unusable', { problem: result.problem })}
        </p>
      )}
    </div>
  );
}
