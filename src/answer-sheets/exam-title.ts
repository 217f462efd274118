import { useTranslation } from 'react-i18next';

import type { ExamRecord } from '#src/store/records.ts';
import { useFormats } from '#src/ui/use-formats.ts';

/** What an exam is called: its title, or when it was begun in the reader's language. */
export function useExamTitle(): (record: Pick<ExamRecord, 'exam' | 'createdAt'>) => string {
  const { t } = useTranslation();
  const { moment } = useFormats();
  return ({ exam, createdAt }) =>
    exam.title.trim() === '' ? t('exams.untitled', { date: moment(createdAt) }) : exam.title;
}

/** An ISO date as the reader's language writes it; empty for none. */
export function useExamDate(): (date: string) => string {
  const { day } = useFormats();
  return (date) => {
    const [year = 0, month = 1, of = 1] = date.split('-').map(Number);
    return date === '' ? '' : day(new Date(year, month - 1, of).getTime());
  };
}
