import { CloudDownload, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useOfflineState } from '#src/offline/keep-offline.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { ProgressBar } from '#src/ui/controls/progress-bar.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { SettingsSection } from './settings-section.tsx';
import styles from './settings-screen.module.css';

/** Keeping all that Papel needs on the device: how much it is, how far, and how to give the space back. */
export function OfflineSection() {
  const { t } = useTranslation();
  const { size } = useFormats();
  const { status, bytes, total, freeBytes, failure, start, cancel, remove } = useOfflineState();
  const figures = { bytes: size(bytes), total: size(total) };
  const sentences = {
    unavailable: t('settings.offline.unavailable'),
    measuring: t('settings.offline.measuring'),
    incomplete: t('settings.offline.incomplete', figures),
    fetching: t('settings.offline.fetching', figures),
    kept: t('settings.offline.kept', figures),
  };
  return (
    <SettingsSection title={t('settings.offline.title')} help={t('settings.offline.help')}>
      <p>{sentences[status]}</p>
      {status === 'fetching' && (
        <ProgressBar label={t('settings.offline.title')} share={total === 0 ? undefined : bytes / total} />
      )}
      {failure !== undefined && status === 'incomplete' && (
        <p role="alert" className={styles.caution}>
          {failure.code === 'storage-full' ? t('settings.offline.full') : t('settings.offline.failed')}
        </p>
      )}
      {freeBytes !== undefined && status !== 'unavailable' && (
        <p className={styles.help}>{t('settings.offline.free', { free: size(freeBytes) })}</p>
      )}
      <div className={styles.actions}>
        {status === 'incomplete' && (
          <Button kind="primary" icon={CloudDownload} onPress={() => void start()}>
            {t('settings.offline.keep')}
          </Button>
        )}
        {status === 'fetching' && <Button onPress={() => void cancel()}>{t('settings.offline.cancel')}</Button>}
        {status === 'kept' && (
          <Button icon={Trash2} onPress={() => void remove()}>
            {t('settings.offline.remove')}
          </Button>
        )}
      </div>
    </SettingsSection>
  );
}
