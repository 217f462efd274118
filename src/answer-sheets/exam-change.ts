import { useTranslation } from 'react-i18next';

import { asFailure } from '#contract/failures.ts';
import type { Exam } from '#contract/exams.ts';
import { showToast } from '#src/ui/controls/toast.tsx';
import { changeExam } from './flow.ts';

export type ChangeExam = (change: (exam: Exam) => Exam) => void;

/** Changes an exam from a screen; what could not be kept (a full disk) is said. */
export function useChangeExam(examId: string): ChangeExam {
  const { t } = useTranslation();
  return (change) => {
    changeExam(examId, change).catch((cause: unknown) => {
      console.error(cause);
      const isFull = asFailure(cause).code === 'storage-full';
      showToast({ text: t(isFull ? 'exams.notKeptFull' : 'exams.notKept') });
    });
  };
}
