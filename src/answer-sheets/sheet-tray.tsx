import { CirclePause } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';

import { Button } from '#src/ui/controls/button.tsx';
import { theSheetQueue } from './flow.ts';
import styles from './sheet-tray.module.css';
import { usePausedReading, useReadingLine } from './use-exams.ts';

const pausingCodes = ['runtime-unavailable', 'model-unavailable', 'storage-full', 'storage-blocked'] as const;

/** Reading that goes on while other things are done. The exam's own screens say it themselves. */
export function SheetTray() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const failure = usePausedReading();
  const paused = pausingCodes.find((code) => code === failure?.code);
  const line = useReadingLine();

  useEffect(() => {
    if (paused !== 'runtime-unavailable' && paused !== 'model-unavailable') return undefined;
    const goOn = () => void theSheetQueue().resume();
    window.addEventListener('online', goOn);
    return () => window.removeEventListener('online', goOn);
  }, [paused]);

  if (line === undefined || pathname.startsWith(`/sheets/${line.examId}`)) return null;
  return (
    <section className={styles.tray} aria-label={t('keeping.tray.label')}>
      {paused === undefined ? (
        <p className={styles.text}>{t('keeping.tray.reading', { count: line.left })}</p>
      ) : (
        <>
          <CirclePause size={20} aria-hidden className={styles.caution} />
          <p className={styles.text}>{t(`tray.paused.${paused}`)}</p>
          <Button onPress={() => void theSheetQueue().resume()}>{t('tray.goOn')}</Button>
        </>
      )}
      <Button kind="quiet" onPress={() => void navigate(`/sheets/${line.examId}/read`)}>
        {t('keeping.tray.show')}
      </Button>
    </section>
  );
}
