import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { asFailure, type Failure } from '#contract/failures.ts';
import { engine } from '#src/engine/engine.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Sheet } from '#src/ui/controls/dialog.tsx';
import { FileOutcome, MadeFileActions, MadeFileLine } from '#src/ui/controls/made-file.tsx';
import { ProgressBar } from '#src/ui/controls/progress-bar.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { useSaveFile } from '#src/ui/use-save-file.ts';
import { faceFailureSentence } from './face-failure.ts';
import type { HideSource } from './hide-faces-screen.tsx';
import { makeHiddenFiles } from './hide-files.ts';
import { picturesToMake, type HidePicture, type HideSession } from './hide-session.ts';
import styles from './hide-export.module.css';

interface HideExportProps {
  readonly session: HideSession;
  readonly pictures: readonly HidePicture[];
  readonly source: HideSource | undefined;
  readonly onClose: () => void;
}

type Stage =
  | { readonly is: 'choosing'; readonly failure?: Failure }
  | { readonly is: 'making'; readonly done: number; readonly total: number }
  | { readonly is: 'made'; readonly files: readonly File[] };

/** What was looked at, as files; or as a new document, where the pictures are pages. */
export function HideExport({ session, pictures, source, onClose }: HideExportProps) {
  const { t, i18n } = useTranslation();
  const [together, setTogether] = useState<'zip' | 'files'>('zip');
  const [stage, setStage] = useState<Stage>({ is: 'choosing' });
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const count = picturesToMake(pictures).length;

  async function make() {
    const controller = new AbortController();
    stop.current = controller;
    setStage({ is: 'making', done: 0, total: count });
    try {
      const photos = await session.hideAll(controller.signal, (done, total) => setStage({ is: 'making', done, total }));
      if (source !== undefined) {
        await source.keep(photos);
        return;
      }
      const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(Date.now());
      const files = await makeHiddenFiles(engine, {
        photos: photos.map(({ photo }) => photo),
        name: t('faces.hide.fileName', { date }),
        together: together === 'zip',
        signal: controller.signal,
      });
      setStage({ is: 'made', files });
    } catch (cause) {
      const failure = asFailure(cause);
      if (failure.code === 'internal') console.error(cause);
      setStage(failure.code === 'cancelled' ? { is: 'choosing' } : { is: 'choosing', failure });
    }
  }

  const [onlyFile, ...otherFiles] = stage.is === 'made' ? stage.files : [];
  return (
    <Sheet
      title={source === undefined ? t('faces.hide.saveTitle', { count }) : t('faces.hide.keepTitle', { count })}
      isOpen
      onOpenChange={onClose}
      actions={
        stage.is === 'making' ? (
          <Button onPress={() => stop.current?.abort()}>{t('exporting.stop')}</Button>
        ) : onlyFile === undefined ? (
          <Button kind="primary" onPress={() => void make()}>
            {source === undefined ? t('exporting.make') : t('faces.hide.keep')}
          </Button>
        ) : otherFiles.length === 0 ? (
          <MadeFileActions file={onlyFile} onDone={onClose} />
        ) : (
          <Button kind="primary" onPress={onClose}>
            {t('controls.done')}
          </Button>
        )
      }
    >
      <div className={styles.body}>
        <p>{source === undefined ? t('faces.hide.inside') : t('faces.hide.keepText', { name: source.name })}</p>
        {source !== undefined && source.leftOut > 0 && (
          <p className={styles.caution}>{t('faces.hide.pagesLeftOut', { count: source.leftOut })}</p>
        )}
        {source === undefined && count > 1 && (
          <div inert={stage.is === 'making'}>
            <Segmented
              label={t('faces.hide.together')}
              value={together}
              choices={(['zip', 'files'] as const).map((value) => ({ value, label: t(`faces.hide.as.${value}`) }))}
              onChange={(value) => {
                setTogether(value);
                setStage({ is: 'choosing' });
              }}
            />
          </div>
        )}
        <FileOutcome
          failure={
            stage.is === 'choosing' && stage.failure !== undefined
              ? faceFailureSentence(t, stage.failure, 'file')
              : undefined
          }
        >
          {stage.is === 'making' && (
            <>
              <p>
                {t('faces.hide.makingPicture', { done: Math.min(stage.total, stage.done + 1), total: stage.total })}
              </p>
              <ProgressBar label={t('exporting.making')} share={stage.done / Math.max(1, stage.total)} />
            </>
          )}
          {stage.is === 'made' && <Files files={stage.files} />}
        </FileOutcome>
      </div>
    </Sheet>
  );
}

/** One file by its name; of several, each with its own button. */
function Files({ files }: { readonly files: readonly File[] }) {
  const { t } = useTranslation();
  const saveFile = useSaveFile();
  const [only, ...others] = files;
  if (only === undefined) return null;
  if (others.length === 0) return <MadeFileLine file={only} announcement={t('exporting.ready')} />;
  return (
    <ul className={styles.files}>
      {files.map((file) => (
        <li key={file.name}>
          <MadeFileLine file={file} />
          <Button
            icon={Download}
            aria-label={t('faces.hide.saveOne', { name: file.name })}
            onPress={() => void saveFile(file)}
          >
            {t('controls.save')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
