import { CircleAlert, CirclePause, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { documentRecords } from '#src/store/document-records.ts';
import { theStore } from '#src/store/store.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { ProgressBar } from '#src/ui/controls/progress-bar.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { stopReading, theTextQueue, turnBack, watchTurns } from './flow.ts';
import { useTextBatch } from './text-batch.ts';
import { failureText } from './text-notices.tsx';
import styles from './text-tray.module.css';
import { usePausedReading, useReadingProgress } from './use-texts.ts';

/** Tells other trays how much of the window's end this one covers. */
function reportHeight(tray: HTMLElement | null) {
  if (tray === null) return undefined;
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => style.setProperty('--text-tray-height', `${tray.offsetHeight + 8}px`));
  observer.observe(tray);
  return () => {
    observer.disconnect();
    style.removeProperty('--text-tray-height');
  };
}

/** Reading in the background: how far it is, how to stop it, and what could not be read. Says when a page was turned. */
export function TextTray({ isHidden }: { readonly isHidden: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { done, total, failed } = useTextBatch();
  const progress = useReadingProgress();
  const paused = usePausedReading();
  const [closed, setClosed] = useState('');
  const problems = failed.map(({ id }) => id).join(' ');
  const isRunning = done < total;

  useEffect(
    () =>
      watchTurns((pageId) =>
        showToast({
          text: t('text.turned'),
          action: { label: t('text.turnBack'), onAction: () => void turnBack(pageId) },
        }),
      ),
    [t],
  );

  useEffect(() => {
    if (paused === undefined) return undefined;
    const goOn = () => void theTextQueue().resume();
    window.addEventListener('online', goOn);
    return () => window.removeEventListener('online', goOn);
  }, [paused]);

  async function show() {
    const [first] = failed;
    const page = first && (await documentRecords(theStore().db).getPage(first.id));
    setClosed(problems);
    if (page !== undefined) await navigate(`/documents/${page.documentId}/text/${page.id}`);
  }

  let content: ReactNode;
  if (paused !== undefined && isRunning) {
    content = (
      <>
        <CirclePause size={20} aria-hidden className={styles.caution} />
        <p className={styles.text}>{failureText(t, paused)}</p>
        <Button onPress={() => void theTextQueue().resume()}>{t('tray.goOn')}</Button>
        <Button kind="quiet" onPress={() => void stopReading()}>
          {t('text.stop')}
        </Button>
      </>
    );
  } else if (isRunning) {
    const begun = [...progress.values()];
    const isFetching = begun.some(({ stage }) => stage === 'download');
    // Pages in the worker count by how far they are.
    const shares = begun.reduce((sum, { stage, share }) => sum + (stage === 'read' ? share : 0), 0);
    content = (
      <>
        <div className={styles.text}>
          <p className={styles.count}>
            {isFetching ? t('text.stages.download') : t('text.tray.reading', { done: done + 1, total })}
          </p>
          <ProgressBar label={t('text.tray.label')} share={(done + shares) / total} />
        </div>
        <Button onPress={() => void stopReading()}>{t('text.stop')}</Button>
      </>
    );
  } else if (failed.length > 0 && closed !== problems) {
    content = (
      <>
        <CircleAlert size={20} aria-hidden className={styles.caution} />
        <p className={styles.text}>{t('text.tray.failed', { count: failed.length })}</p>
        <Button onPress={() => void show()}>{t('tray.show')}</Button>
        <IconButton icon={X} label={t('controls.close')} onPress={() => setClosed(problems)} />
      </>
    );
  }

  return (
    <>
      {content !== undefined && !isHidden && (
        <section ref={reportHeight} className={styles.tray} aria-label={t('text.tray.label')}>
          {content}
        </section>
      )}
      <output className={styles.unseen}>{total > 0 && !isRunning && failed.length === 0 && t('text.tray.done')}</output>
    </>
  );
}
