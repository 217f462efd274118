import { Camera, FileUp, FolderOpen, ListChecks } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { pickFiles, pickFolder } from '#src/capture/pick-files.ts';
import { useFileDrop } from '#src/capture/use-file-drop.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import { DropCover } from '#src/ui/controls/drop-cover.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import { ExamKeeping } from './exam-keeping.tsx';
import { type SheetRefusal, importSheets } from './flow.ts';
import { isStopped } from './problem-kinds.ts';
import { ProblemList } from './problem-list.tsx';
import { ReadList } from './read-list.tsx';
import { ReadProgress } from './read-progress.tsx';
import styles from './read-step.module.css';
import { useAssembled } from './use-exams.ts';

/** Takes in filled sheets, shows each as it comes, and gathers what has to be solved. */
export function ReadStep({ record }: { readonly record: ExamRecord }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const view = useAssembled(record);
  const { takeIn, isTakingIn, refused, clearRefused } = useTakeIn(record.id);
  const isOver = useFileDrop(true, (files) => void takeIn(files));
  const doubts = view?.assembled.doubts.length ?? 0;

  return (
    <>
      <section className={styles.intake} aria-label={t('sheets.read.title')}>
        <div className={styles.ways}>
          <Button kind="primary" icon={FileUp} onPress={() => void pickFiles({ archives: true }).then(takeIn)}>
            {t('sheets.read.add')}
          </Button>
          {picksFolders && (
            <Button icon={FolderOpen} onPress={() => void pickFolder().then(takeIn)}>
              {t('sheets.read.addFolder')}
            </Button>
          )}
          <Button icon={Camera} onPress={() => void navigate(`/sheets/${record.id}/camera`)}>
            {t('sheets.read.useCamera')}
          </Button>
        </div>
        <p className={styles.help}>
          {t('sheets.read.help')} {t('sheets.read.local')}
        </p>
      </section>
      <ReadProgress
        examId={record.id}
        sheets={view?.sheets}
        isTakingIn={isTakingIn}
        stopped={view?.sheets.filter((sheet) => isStopped(sheet)) ?? []}
      />
      {view === undefined ? (
        <p className={styles.quiet}>{t('controls.loading')}</p>
      ) : view.sheets.length === 0 ? (
        <section className={styles.empty}>
          <h2>{t('sheets.read.empty')}</h2>
          <p>{t('sheets.read.emptyHelp')}</p>
        </section>
      ) : (
        <>
          <ProblemList record={record} view={view} />
          {doubts > 0 && (
            <Button
              className={styles.review ?? ''}
              kind={view.assembled.problems.length === 0 ? 'primary' : 'plain'}
              icon={ListChecks}
              onPress={() => void navigate(`/sheets/${record.id}/review`)}
            >
              {t('sheets.read.toReview', { count: doubts })}
            </Button>
          )}
          <ReadList record={record} view={view} />
          <ExamKeeping record={record} sheets={view.sheets} />
        </>
      )}
      {isOver && <DropCover text={t('sheets.read.dropHere')} />}
      <Refused refused={refused} onClose={clearRefused} />
    </>
  );
}

/** Phones have no folders to pick. */
const picksFolders = matchMedia('(pointer: fine)').matches && 'webkitdirectory' in HTMLInputElement.prototype;

function useTakeIn(examId: string) {
  const { t } = useTranslation();
  const [running, setRunning] = useState(0);
  const [refused, setRefused] = useState<readonly SheetRefusal[]>([]);

  async function takeIn(files: readonly File[]) {
    if (files.length === 0) return;
    setRunning((count) => count + 1);
    try {
      const result = await importSheets(examId, files);
      setRefused((before) => [...before, ...result.refused]);
      if (result.added > 0) showToast({ text: t('sheets.read.added', { count: result.added }) });
      else if (result.refused.length === 0) showToast({ text: t('sheets.read.nothingNew') });
    } finally {
      setRunning((count) => count - 1);
    }
  }
  return { takeIn, isTakingIn: running > 0, refused, clearRefused: () => setRefused([]) };
}

/** One calm list of the files that brought no sheet, each with its reason. */
function Refused({ refused, onClose }: { readonly refused: readonly SheetRefusal[]; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('sheets.read.refused', { count: refused.length })}
      isOpen={refused.length > 0}
      onOpenChange={onClose}
      actions={
        <Button kind="primary" onPress={onClose}>
          {t('controls.done')}
        </Button>
      }
    >
      <ul className={styles.refused}>
        {refused.map(({ name, failure }, index) => (
          // The list only grows at its end, and two files may share a name.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>{failureSentence(t, failure, name)}</li>
        ))}
      </ul>
    </Dialog>
  );
}
