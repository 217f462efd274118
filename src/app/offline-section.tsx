import { CloudDownload, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useOfflineState } from '#src/offline/keep-offline.ts';
import { capabilities } from '#src/offline/service-worker/runtime-files.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { OfflineRow } from './offline-row.tsx';
import { SettingsSection } from './settings-section.tsx';
import styles from './settings-screen.module.css';

/** Keeping what Papel needs on the device, all of it or one capability: how much it is, how far, how to be rid of it. */
export function OfflineSection() {
  const { t } = useTranslation();
  const { size } = useFormats();
  const { status, files, freeBytes, start, cancel, remove } = useOfflineState();
  const states = capabilities.map((capability) => files[capability].status);
  return (
    <SettingsSection title={t('settings.offline.title')} help={t('settings.offline.help')}>
      {status === 'unavailable' && <p>{t('settings.offline.unavailable')}</p>}
      {status === 'measuring' && <p>{t('settings.offline.measuring')}</p>}
      {status === 'measured' && (
        <>
          <ul className={styles.rows}>
            {capabilities.map((capability) => (
              <OfflineRow
                key={capability}
                name={t(`settings.offline.capability.${capability}`)}
                files={files[capability]}
                onStart={() => void start([capability])}
                onCancel={() => void cancel(capability)}
                onRemove={() => void remove([capability])}
              />
            ))}
          </ul>
          {freeBytes !== undefined && (
            <p className={styles.help}>{t('settings.offline.free', { free: size(freeBytes) })}</p>
          )}
          <div className={styles.actions}>
            {states.includes('incomplete') && (
              <Button kind="primary" icon={CloudDownload} onPress={() => void start(capabilities)}>
                {t('settings.offline.keep')}
              </Button>
            )}
            {states.every((state) => state === 'kept') && (
              <Button icon={Trash2} onPress={() => void remove(capabilities)}>
                {t('settings.offline.remove')}
              </Button>
            )}
          </div>
        </>
      )}
    </SettingsSection>
  );
}
