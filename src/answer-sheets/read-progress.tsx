import type { TFunction } from 'i18next';
import { CirclePause } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ListedSheet } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { ProgressBar } from '#src/ui/controls/progress-bar.tsx';
import { readAgain, stopReading, theSheetQueue } from './flow.ts';
import styles from './read-step.module.css';
import { usePausedReading } from './use-exams.ts';

interface ReadProgressProps {
  readonly examId: string;
  /** Undefined while they are looked up. */
  readonly sheets: readonly Pick<ListedSheet, 'state'>[] | undefined;
  /** Files are being looked at and stored. */
  readonly isTakingIn: boolean;
  /** Sheets that the user stopped. */
  readonly stopped: readonly Pick<ListedSheet, 'id'>[];
}

const pausingCodes = ['runtime-unavailable', 'model-unavailable', 'storage-full', 'storage-blocked'] as const;

/** How far reading is, how long it takes, and how to stop it. */
export function ReadProgress({ examId, sheets, isTakingIn, stopped }: ReadProgressProps) {
  const { t } = useTranslation();
  const { done, left, leftMs } = useBatch(sheets);
  const paused = usePausedReading();
  const pausedCode = pausingCodes.find((code) => code === paused?.code);
  const total = done + left;

  if (left > 0 && pausedCode !== undefined) {
    return (
      <section className={styles.progress}>
        <CirclePause size={20} aria-hidden />
        <p className={styles.grows}>{t(`tray.paused.${pausedCode}`)}</p>
        <Button onPress={() => void theSheetQueue().resume()}>{t('sheets.read.goOn')}</Button>
      </section>
    );
  }
  if (left > 0) {
    return (
      <section className={styles.progress} aria-label={t('sheets.read.progress')}>
        <div className={styles.grows}>
          <p className={styles.count}>
            <strong>{t('sheets.read.reading', { number: Math.min(total, done + 1), total })}</strong>
            {leftMs !== undefined && ` · ${sayTimeLeft(t, leftMs)}`}
          </p>
          <ProgressBar label={t('sheets.read.progress')} share={done / total} />
          <p className={styles.help}>{t('sheets.read.safe')}</p>
        </div>
        <Button onPress={() => void stopReading(examId)}>{t('sheets.read.stop')}</Button>
        <output className={styles.unseen}>{t('sheets.read.reading', { number: 1, total })}</output>
      </section>
    );
  }
  if (isTakingIn) {
    return (
      <section className={styles.progress}>
        <output className={styles.grows}>{t('sheets.read.takingIn')}</output>
      </section>
    );
  }
  if (stopped.length > 0) {
    return (
      <section className={styles.progress}>
        <CirclePause size={20} aria-hidden />
        <output className={styles.grows}>{t('sheets.read.stopped', { count: stopped.length })}</output>
        <Button onPress={() => void readAgain(stopped.map(({ id }) => id))}>{t('sheets.read.goOn')}</Button>
      </section>
    );
  }
  return <output className={styles.unseen}>{done > 0 && t('sheets.read.allRead', { count: done })}</output>;
}

function sayTimeLeft(t: TFunction, ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  // Rounded to what nobody counts along with.
  return seconds < 60
    ? t('sheets.read.left.seconds', { count: seconds < 10 ? seconds : 5 * Math.ceil(seconds / 5) })
    : t('sheets.read.left.minutes', { count: Math.round(seconds / 60) });
}

interface Batch {
  /** Sheets that were through before it began. */
  readonly before: number;
  readonly startedAt: number;
}

/** Fewer say nothing of the others: the first one waits for the reader to start. */
const enoughForPace = 3;

/** What was read since reading began last, and how long the rest takes at this pace. */
function useBatch(sheets: ReadProgressProps['sheets']): {
  readonly done: number;
  readonly left: number;
  readonly leftMs: number | undefined;
} {
  const [batch, setBatch] = useState<Batch>();
  const [leftMs, setLeftMs] = useState<number>();
  const left = sheets?.filter(({ state }) => state === 'waiting' || state === 'reading').length ?? 0;
  const through = (sheets?.length ?? 0) - left;
  const done = batch === undefined ? 0 : Math.max(0, through - batch.before);
  const isRunning = left > 0;

  useEffect(() => {
    if (isRunning) setBatch((now) => (now?.startedAt === undefined ? { before: through, startedAt: Date.now() } : now));
    // Begins with the first sheet, whatever has been read by then.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isRunning]);
  useEffect(() => {
    if (!isRunning) return undefined;
    return () => {
      setBatch(undefined);
      setLeftMs(undefined);
    };
  }, [isRunning]);
  useEffect(() => {
    if (batch !== undefined && done >= enoughForPace) setLeftMs(((Date.now() - batch.startedAt) / done) * left);
  }, [batch, done, left]);

  return { done, left, leftMs };
}
