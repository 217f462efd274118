import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { DueExams } from '#src/answer-sheets/due-exams.tsx';
import { useExams, useRosters, useSheetBytes } from '#src/answer-sheets/use-exams.ts';
import { useDocuments, useStoredBytes } from '#src/documents/use-documents.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { deleteEverything } from './delete-everything.ts';
import { SettingsSection } from './settings-section.tsx';
import styles from './settings-screen.module.css';

/** What is kept of the user's own, and the way to be rid of all of it. */
export function StorageSection() {
  const { t } = useTranslation();
  const { size } = useFormats();
  const documents = useDocuments() ?? [];
  const exams = useExams() ?? [];
  const lists = useRosters() ?? [];
  const documentBytes = useStoredBytes() ?? 0;
  const sheetBytes = useSheetBytes() ?? 0;
  const [isAsking, setIsAsking] = useState(false);
  const pages = documents.reduce((sum, { pageIds }) => sum + pageIds.length, 0);
  const isEmpty = documents.length + exams.length + lists.length === 0;

  async function deleteAll() {
    await deleteEverything();
    setIsAsking(false);
    showToast({ text: t('settings.storage.deleted') });
  }

  return (
    <SettingsSection title={t('settings.storage.title')}>
      {isEmpty && <p>{t('settings.storage.none')}</p>}
      {documents.length > 0 && (
        <p>{t('settings.storage.used', { count: documents.length, size: size(documentBytes) })}</p>
      )}
      {exams.length > 0 && <p>{t('settings.storage.usedByExams', { count: exams.length, size: size(sheetBytes) })}</p>}
      <DueExams />
      {!isEmpty && <p className={styles.help}>{t('settings.storage.shared')}</p>}
      {(!isEmpty || documentBytes + sheetBytes > 0) && (
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
            <Button onPress={() => setIsAsking(false)}>{t('controls.cancel')}</Button>
            <Button kind="danger" onPress={() => void deleteAll()}>
              {t('settings.storage.deleteNow')}
            </Button>
          </>
        }
      >
        {documents.length > 0 && <p>{t('settings.storage.deleteText', { count: documents.length, pages })}</p>}
        {exams.length > 0 && <p>{t('settings.storage.deleteExams', { count: exams.length })}</p>}
        {exams.length === 0 && lists.length > 0 && <p>{t('settings.storage.deleteLists')}</p>}
      </Dialog>
    </SettingsSection>
  );
}
