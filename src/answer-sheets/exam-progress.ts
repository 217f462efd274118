import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';

import type { Exam } from '#contract/exams.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { countAllKeyed } from './key-entry.ts';
import { type AssembledView, useAssembled } from './use-exams.ts';

export const examSteps = ['design', 'key', 'read', 'review', 'results'] as const;
export type ExamStep = (typeof examSteps)[number];

interface StepState {
  readonly state: string;
  readonly isDone: boolean;
}

/** What a person still has to look at: marks, whose sheets they are, and written answers without points. */
function countLeft({ questions }: Exam, { assembled, scores }: AssembledView): number {
  const written = new Set(questions.filter(({ form }) => form.kind === 'free').map(({ id }) => id));
  const open = new Map(
    scores.map(({ key, questions: each }) => [key, each.filter(({ verdict }) => verdict === 'open')]),
  );
  const unmarked = assembled.papers.flatMap(({ key, answers }) => {
    const read = new Set(answers.filter(({ state }) => state !== 'missing').map(({ questionId }) => questionId));
    return (open.get(key) ?? []).filter(({ questionId }) => written.has(questionId) && read.has(questionId));
  });
  return assembled.doubts.length + assembled.problems.length + unmarked.length;
}

/** How many things are left to review; undefined while sheets are looked up. */
export function useLeftToReview(record: ExamRecord): number | undefined {
  const view = useAssembled(record);
  return view === undefined ? undefined : countLeft(record.exam, view);
}

/** How far each step of an exam is, in a word or two. */
export function useExamProgress(record: ExamRecord): Readonly<Record<ExamStep, StepState>> {
  const { t } = useTranslation();
  // A typed key comes first; what it means for hundreds of sheets may come a moment later.
  const view = useAssembled(useDeferredValue(record));
  const { done, of } = countAllKeyed(record.exam);
  const sheets = view?.sheets.length ?? 0;
  const isReading = view?.sheets.some(({ state }) => state === 'waiting' || state === 'reading') ?? false;
  const left = view === undefined ? 0 : countLeft(record.exam, view);
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
