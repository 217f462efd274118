import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { ExamRecord, ListedSheet } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { EraseExamDialog } from './erase-exam-dialog.tsx';
import styles from './exam-keeping.module.css';
import { keepPupilsUntil, setKeptPhotos } from './flow.ts';
import { keepAYearLonger } from './keep-longer.ts';

const photoSizes = ['as-taken', 'reduced'] as const;

interface ExamKeepingProps {
  readonly record: ExamRecord;
  readonly sheets: readonly Pick<ListedSheet, 'bytes'>[];
}

/** How large photos stay, how long pupils' sheets do, and the way to be rid of the whole exam. */
export function ExamKeeping({ record, sheets }: ExamKeepingProps) {
  const { t } = useTranslation();
  const { day, size } = useFormats();
  const navigate = useNavigate();
  const [isAsking, setIsAsking] = useState(false);
  const bytes = sheets.reduce((sum, sheet) => sum + sheet.bytes, 0);
  const { id, keptPhotos, keepPupilsUntil: until } = record;

  return (
    <section className={styles.section}>
      <h2>{t('keeping.title')}</h2>
      {sheets.length > 0 && <p>{t('keeping.used', { count: sheets.length, size: size(bytes) })}</p>}
      <Segmented
        label={t('keeping.photos')}
        value={keptPhotos}
        choices={photoSizes.map((value) => ({ value, label: t(`keeping.photoSizes.${value}`) }))}
        onChange={(value) => void setKeptPhotos(id, value)}
      />
      <p className={styles.help}>{t('keeping.photosHelp')}</p>
      <p>{until === undefined ? t('keeping.noEnd') : t('keeping.until', { day: day(until) })}</p>
      <div className={styles.actions}>
        <Button onPress={() => void keepAYearLonger(record)}>{t('keeping.longer')}</Button>
        {until !== undefined && (
          <Button kind="quiet" onPress={() => void keepPupilsUntil(id, undefined)}>
            {t('keeping.neverAsk')}
          </Button>
        )}
        <Button kind="danger" icon={Trash2} onPress={() => setIsAsking(true)}>
          {t('keeping.erase')}
        </Button>
      </div>
      <EraseExamDialog
        record={record}
        sheets={sheets.length}
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        onErased={() => void navigate('/sheets')}
      />
    </section>
  );
}
