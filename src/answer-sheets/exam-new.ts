import { asFailure } from '#contract/failures.ts';
import { useTranslation } from 'react-i18next';
import { useRegion } from '#src/regions/regions.ts';
import { usualPaper } from '#src/regions/usual-paper.ts';
import { showToast } from '#src/ui/controls/toast.tsx';
import { newExam } from './edit-exam.ts';
import { createExam } from './flow.ts';

/** A quiz on one page: a beginning to change, not a guess. */
const firstQuestions = 20;

/** Makes an exam at once, with what is usual here; a wizard would only ask what the design shows. */
export function useNewExam(): () => Promise<string | undefined> {
  const { t } = useTranslation();
  const { config } = useRegion();
  return async () => {
    try {
      return await createExam(
        newExam({
          title: '',
          questions: firstQuestions,
          market: config.market,
          paper: usualPaper(config, navigator.language),
          date: today(),
        }),
      );
    } catch (cause) {
      console.error(cause);
      showToast({ text: t(asFailure(cause).code === 'storage-full' ? 'exams.notKeptFull' : 'exams.notKept') });
      return undefined;
    }
  };
}

/** The day on the wall, as ISO 8601. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
