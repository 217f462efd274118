import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '#src/ui/controls/button.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { EraseExamDialog } from './erase-exam-dialog.tsx';
import styles from './exam-keeping.module.css';
import { useExamTitle } from './exam-title.ts';
import { keepAYearLonger } from './keep-longer.ts';
import { type ListedExam, useDueExams } from './use-exams.ts';

/** Exams whose sheets were kept as long as planned: a person decides what becomes of them. Nothing where there are none. */
export function DueExams() {
  const { t } = useTranslation();
  const due = useDueExams() ?? [];
  if (due.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2>{t('keeping.due.title')}</h2>
      <p className={styles.help}>{t('keeping.due.text')}</p>
      <ul className={styles.rows}>
        {due.map((exam) => (
          <DueExam key={exam.record.id} exam={exam} />
        ))}
      </ul>
    </section>
  );
}

function DueExam({ exam: { record, sheets } }: { readonly exam: ListedExam }) {
  const { t } = useTranslation();
  const { day } = useFormats();
  const title = useExamTitle()(record);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <li className={styles.row}>
      <div>
        <strong>{title}</strong>
        <p className={styles.help}>
          {t('keeping.due.row', { count: sheets.total, day: day(record.keepPupilsUntil ?? 0) })}
        </p>
      </div>
      <div className={styles.actions}>
        <Button onPress={() => void keepAYearLonger(record)}>{t('keeping.longer')}</Button>
        <Button kind="danger" icon={Trash2} onPress={() => setIsAsking(true)}>
          {t('keeping.due.erase')}
        </Button>
      </div>
      <EraseExamDialog record={record} sheets={sheets.total} isOpen={isAsking} onOpenChange={setIsAsking} />
    </li>
  );
}
