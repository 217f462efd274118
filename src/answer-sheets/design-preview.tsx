import { Printer } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { VersionLetter } from '#contract/exams.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { PrintSheet } from './design-print.tsx';
import styles from './design-step.module.css';
import { useLaidOutSheets } from './sheet-preview-layout.ts';
import { SheetPreviewPages } from './sheet-preview-pages.tsx';

/** The printed page itself, and the way to paper. */
export function DesignPreview({ record }: { readonly record: ExamRecord }) {
  const { t } = useTranslation();
  const { day } = useFormats();
  const [isPrinting, setIsPrinting] = useState(false);
  const [wanted, setWanted] = useState<VersionLetter>('A');
  const laidOut = useLaidOutSheets(record);
  const version = record.exam.versions.some(({ letter }) => letter === wanted) ? wanted : 'A';

  return (
    <aside className={styles.preview} aria-label={t('exams.preview.heading')}>
      <div className={styles.printBar}>
        <Button kind="primary" icon={Printer} wide onPress={() => setIsPrinting(true)}>
          {t('exams.print.open')}
        </Button>
      </div>
      {record.printedAt !== undefined && (
        <p className={styles.caution}>{t('exams.print.printedAt', { date: day(record.printedAt) })}</p>
      )}
      <SheetPreviewPages sheets={laidOut} look={record.exam.look} version={version} onVersionChange={setWanted} />
      {isPrinting && <PrintSheet record={record} onClose={() => setIsPrinting(false)} />}
    </aside>
  );
}
