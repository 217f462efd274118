import { useTranslation } from 'react-i18next';

import type { ExamRecord } from '#src/store/records.ts';
import { countAllKeyed } from './key-entry.ts';
import { useAssembled } from './use-exams.ts';

export const examSteps = ['design', 'key', 'read', 'review', 'results'] as const;
export type ExamStep = (typeof examSteps)[number];

interface StepState {
  readonly state: string;
  readonly isDone: boolean;
}

/** How far each step of an exam is, in a word or two. */
export function useExamProgress(record: ExamRecord): Readonly<Record<ExamStep, StepState>> {
  const { t } = useTranslation();
  const view = useAssembled(record);
  const { done, of } = countAllKeyed(record.exam);
  const sheets = view?.sheets.length ?? 0;
  const isReading = view?.sheets.some(({ state }) => state === 'waiting' || state === 'reading') ?? false;
  const left = view === undefined ? 0 : view.assembled.doubts.length + view.assembled.problems.length;
  const isPrinted = record.printedAt !== undefined;
  const isRead = sheets > 0 && !isReading;
  return {
    design: { state: isPrinted ? t('exams.states.printed') : '', isDone: isPrinted },
    key: { state: of === 0 ? '' : t('exams.states.counted', { done, of }), isDone: of > 0 && done === of },
    read: { state: sheets === 0 ? '' : t('exams.states.sheets', { count: sheets }), isDone: isRead },
    review: {
      state:
        sheets === 0
          ? ''
          : left > 0
            ? t('exams.states.toReview', { count: left })
            : isRead
              ? t('exams.states.reviewed')
              : '',
      isDone: isRead && left === 0,
    },
    results: { state: '', isDone: false },
  };
}
