import { useTranslation } from 'react-i18next';

import type { ExamRecord, ListedSheet } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import { assignPage } from './flow.ts';
import styles from './problem-list.module.css';
import { useReadablePages } from './read-pages.ts';

interface PageDialogProps {
  readonly record: ExamRecord;
  readonly sheet: ListedSheet;
  readonly number: number;
  readonly onClose: () => void;
}

/** Which page of which version a sheet is, where its code cannot say it. */
export function PageDialog({ record, sheet, number, onClose }: PageDialogProps) {
  const { t } = useTranslation();
  const pages = useReadablePages(record) ?? [];
  return (
    <Dialog title={t('sheets.problem.pageTitle', { number })} isOpen onOpenChange={onClose}>
      <p className={styles.help}>{t('sheets.problem.pageHelp')}</p>
      <div className={styles.pages}>
        {pages.map(({ version, page }) => (
          <Button
            key={`${version} ${page}`}
            onPress={() => {
              onClose();
              void assignPage(sheet.id, { version, page });
            }}
          >
            {record.exam.versions.length > 1 ? t('sheets.versionPage', { version, page }) : t('sheets.page', { page })}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
