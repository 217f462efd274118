import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { deleteEverything } from '#src/documents/flow.ts';
import { useDocuments, useStoredBytes } from '#src/documents/use-documents.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { SettingsSection } from './settings-section.tsx';
import styles from './settings-screen.module.css';

/** What is kept of the user's own, and the way to be rid of all of it. */
export function StorageSection() {
  const { t } = useTranslation();
  const { size } = useFormats();
  const documents = useDocuments();
  const bytes = useStoredBytes();
  const [isAsking, setIsAsking] = useState(false);
  const count = documents?.length ?? 0;
  const pages = (documents ?? []).reduce((sum, { pageIds }) => sum + pageIds.length, 0);

  async function deleteAll() {
    await deleteEverything();
    setIsAsking(false);
    showToast({ text: t('settings.storage.deleted') });
  }

  return (
    <SettingsSection title={t('settings.storage.title')}>
      <p>{count === 0 ? t('settings.storage.none') : t('settings.storage.used', { count, size: size(bytes ?? 0) })}</p>
      {count > 0 && <p className={styles.help}>{t('settings.storage.shared')}</p>}
      {(count > 0 || (bytes ?? 0) > 0) && (
        <div className={styles.actions}>
          <Button kind="danger" icon={Trash2} onPress={() => setIsAsking(true)}>
            {t('settings.storage.deleteAll')}
          </Button>
        </div>
      )}
      <Dialog
        isAlert
        title={t('settings.storage.deleteTitle')}
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        actions={
          <>
            <Button onPress={() => setIsAsking(false)}>{t('common.cancel')}</Button>
            <Button kind="danger" onPress={() => void deleteAll()}>
              {t('settings.storage.deleteNow')}
            </Button>
          </>
        }
      >
        <p>{t('settings.storage.deleteText', { count, pages })}</p>
      </Dialog>
    </SettingsSection>
  );
}
