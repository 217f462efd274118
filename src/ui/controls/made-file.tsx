import { Download, FileCheck2, Share2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { asFailure } from '#contract/failures.ts';
import { useFormats } from '../use-formats.ts';
import { useSaveFile } from '../use-save-file.ts';
import { Button } from './button.tsx';
import styles from './made-file.module.css';
import { showToast } from './toast.tsx';

interface FileOutcomeProps {
  /** Why there is no file, as a sentence; undefined where nothing went wrong. */
  readonly failure: string | undefined;
  /** The progress, or the file that was made. */
  readonly children?: ReactNode;
}

/** What becomes of the making of a file, also said by screen readers. */
export function FileOutcome({ failure, children }: FileOutcomeProps) {
  return (
    <div className={styles.outcome} aria-live="polite">
      {children}
      {failure !== undefined && <p className={styles.failure}>{failure}</p>}
    </div>
  );
}

interface MadeFileLineProps {
  readonly file: File;
  /** Said by screen readers before the name. */
  readonly announcement?: string;
  /** Stands before the size. */
  readonly about?: string;
}

/** The name and the size of a file that was made. */
export function MadeFileLine({ file, announcement, about }: MadeFileLineProps) {
  const { size } = useFormats();
  return (
    <p className={styles.line}>
      <FileCheck2 size={22} aria-hidden />
      <span>
        {announcement !== undefined && <span className={styles.unseen}>{announcement}</span>}
        <span className={styles.name}>{file.name}</span>{' '}
        <span className={styles.facts}>
          {about !== undefined && `${about}, `}
          {size(file.size)}
        </span>
      </span>
    </p>
  );
}

/** The button that was pressed is gone: the next one takes its place for the keyboard. */
function takeFocus(button: HTMLButtonElement | null) {
  button?.focus();
}

interface MadeFileActionsProps {
  readonly file: File;
  /** Runs once the file was saved or shared. */
  readonly onDone: () => void | Promise<void>;
  /** What else can be done with it: buttons before the one that saves. */
  readonly children?: ReactNode;
}

/** The buttons of a file that was made: share it where the device can, and save it. */
export function MadeFileActions({ file, onDone, children }: MadeFileActionsProps) {
  const { t } = useTranslation();
  const saveFile = useSaveFile();

  async function save() {
    if (await saveFile(file)) await onDone();
  }

  async function share() {
    try {
      await navigator.share({ files: [file], title: file.name });
      await onDone();
    } catch (cause) {
      // Closing the system's sheet is no failure; refusing a file is, and the file can still be saved.
      if (asFailure(cause).code !== 'cancelled') showToast({ text: t('exporting.notSaved') });
    }
  }

  const canShare = 'canShare' in navigator && navigator.canShare({ files: [file] });
  return (
    <>
      {canShare && (
        <Button icon={Share2} onPress={() => void share()}>
          {t('exporting.share')}
        </Button>
      )}
      {children}
      <Button kind="primary" icon={Download} ref={takeFocus} onPress={() => void save()}>
        {t('controls.save')}
      </Button>
    </>
  );
}
