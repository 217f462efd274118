import { CircleCheck, CloudDownload } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useOfflineState } from '#src/offline/keep-offline.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { ProgressBar } from '#src/ui/controls/progress-bar.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import styles from './keep-offer.module.css';

/**
 * What most people come for, scanning and answer sheets, to be fetched now so that it works without internet later: with its
 * price on the line, and not before somebody agrees. The rest is in the settings.
 */
export function KeepOffer() {
  const { t } = useTranslation();
  const { size } = useFormats();
  const { status, files, start } = useOfflineState();
  // Reading answer sheets needs all that scanning needs: its sizes are those of both.
  const { scan, sheets } = files;
  const failure = scan.failure ?? sheets.failure;
  if (status !== 'measured') return undefined;
  if (sheets.status === 'kept') {
    return (
      <p className={styles.kept}>
        <CircleCheck size={20} aria-hidden />
        {t('app.keep.kept')}
      </p>
    );
  }
  // One follows the other: in between, the second waits.
  if ([scan, sheets].some((one) => one.status === 'fetching' || one.status === 'waiting')) {
    const bytes = Math.max(scan.bytes, sheets.bytes);
    const text = t('settings.offline.state.fetching', { bytes: size(bytes), total: size(sheets.total) });
    return (
      <div className={styles.offer}>
        <p>{text}</p>
        <ProgressBar label={t('settings.offline.title')} share={bytes / sheets.total} />
      </div>
    );
  }
  return (
    <div className={styles.offer}>
      <p>{t('app.keep.text', { line: size(sheets.lineBytes) })}</p>
      {failure !== undefined && (
        <p role="alert" className={styles.caution}>
          {failure.code === 'storage-full' ? t('settings.offline.full') : t('settings.offline.failed')}
        </p>
      )}
      <Button kind="quiet" icon={CloudDownload} onPress={() => void start(['scan', 'sheets'])}>
        {failure === undefined ? t('settings.offline.keep') : t('settings.offline.again')}
      </Button>
    </div>
  );
}
