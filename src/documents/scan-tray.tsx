import { CircleAlert, CirclePause, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { Failure } from '#contract/failures.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { ProgressBar } from '#src/ui/controls/progress-bar.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { deletePages, stopScanning, theQueue, tryAgain } from './flow.ts';
import { useBatch, usePaused } from './scan-batch.ts';
import styles from './scan-tray.module.css';

const pausingCodes = ['runtime-unavailable', 'model-unavailable', 'storage-full', 'storage-blocked'] as const;

function pausedCode(failure: Failure | undefined) {
  return failure === undefined ? undefined : pausingCodes.find((code) => code === failure.code);
}

/** Tells the layout how much of the window's end the tray covers, so that nothing lies under it. */
function reportHeight(tray: HTMLElement | null) {
  if (tray === null) return undefined;
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => style.setProperty('--tray-height', `${tray.offsetHeight + 8}px`));
  observer.observe(tray);
  return () => {
    observer.disconnect();
    style.removeProperty('--tray-height');
  };
}

const idsOf = (pages: readonly { readonly id: string }[]) => pages.map(({ id }) => id);

/** Scanning in the background: how far it is, how to stop it, and what did not become a page. */
export function ScanTray() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { done, total, stopped, failed } = useBatch();
  const paused = pausedCode(usePaused());
  // What was looked at and closed; something new shows the tray again.
  const [closed, setClosed] = useState('');
  const problems = idsOf([...stopped, ...failed]).join(' ');
  const isRunning = done < total;

  useEffect(() => {
    if (paused !== 'runtime-unavailable' && paused !== 'model-unavailable') return undefined;
    const goOn = () => void theQueue().resume();
    window.addEventListener('online', goOn);
    return () => window.removeEventListener('online', goOn);
  }, [paused]);

  let content: ReactNode;
  if (paused !== undefined && isRunning) {
    content = (
      <>
        <CirclePause size={20} aria-hidden className={styles.caution} />
        <p className={styles.text}>{t(`tray.paused.${paused}`)}</p>
        <Button onPress={() => void theQueue().resume()}>{t('tray.goOn')}</Button>
      </>
    );
  } else if (isRunning) {
    content = (
      <>
        <div className={styles.text}>
          <p className={styles.count}>{t('tray.scanning', { done: done + 1, total })}</p>
          <ProgressBar label={t('tray.label')} share={done / total} />
          {total > 1 && <p className={styles.safe}>{t('tray.safe')}</p>}
        </div>
        <Button onPress={() => void stopScanning()}>{t('tray.stop')}</Button>
      </>
    );
  } else if (stopped.length > 0 && closed !== problems) {
    const remove = async () => {
      const undo = await deletePages(idsOf(stopped));
      showToast({
        text: t('pages.deleted', { count: stopped.length }),
        action: { label: t('controls.undo'), onAction: () => void undo() },
      });
    };
    content = (
      <>
        <CirclePause size={20} aria-hidden className={styles.caution} />
        <p className={styles.text}>{t('tray.stopped', { count: stopped.length })}</p>
        <Button onPress={() => void tryAgain(idsOf(stopped))}>{t('tray.goOn')}</Button>
        <Button kind="quiet" onPress={() => void remove()}>
          {t('controls.remove')}
        </Button>
        <IconButton icon={X} label={t('controls.close')} onPress={() => setClosed(problems)} />
      </>
    );
  } else if (failed[0] !== undefined && closed !== problems) {
    const { documentId } = failed[0];
    content = (
      <>
        <CircleAlert size={20} aria-hidden className={styles.caution} />
        <p className={styles.text}>{t('tray.failed', { count: failed.length })}</p>
        <Button onPress={() => void navigate(`/documents/${documentId}`)}>{t('tray.show')}</Button>
        <IconButton icon={X} label={t('controls.close')} onPress={() => setClosed(problems)} />
      </>
    );
  }

  return (
    <>
      {content !== undefined && (
        <section ref={reportHeight} className={styles.tray} aria-label={t('tray.label')}>
          {content}
        </section>
      )}
      <BatchAnnouncement isRunning={isRunning} total={total} problems={stopped.length + failed.length} />
    </>
  );
}

/** Said at the beginning and at the end; the count in between would talk over everything. */
function BatchAnnouncement({
  isRunning,
  total,
  problems,
}: {
  readonly isRunning: boolean;
  readonly total: number;
  readonly problems: number;
}) {
  const { t } = useTranslation();
  const hasBegun = total > 0;
  const end = problems > 0 ? t('tray.failed', { count: problems }) : t('tray.allDone');
  return (
    <output className={styles.unseen}>{hasBegun && (isRunning ? t('tray.scanning', { done: 1, total }) : end)}</output>
  );
}
