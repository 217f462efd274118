import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ExamRecord } from '#src/store/records.ts';
import type { AssembledExam, PaperScore } from './papers.ts';
import styles from './results-step.module.css';

interface ResultsBannerProps {
  readonly record: ExamRecord;
  readonly assembled: AssembledExam;
  readonly scores: readonly PaperScore[];
}

/** Why these scores may still change. Nothing where they are final. */
export function ResultsBanner({ record: { id, exam }, assembled, scores }: ResultsBannerProps) {
  const { t } = useTranslation();
  const handMarked = new Set(exam.questions.filter(({ form }) => form.kind === 'free').map(({ id: each }) => each));
  const unmarked = scores
    .flatMap(({ questions }) => questions)
    .filter(({ questionId, verdict, most }) => verdict === 'open' && most > 0 && handMarked.has(questionId)).length;
  const hasKey = Object.values(exam.keys).some((key) => Object.keys(key).length > 0);
  const needsKey = exam.questions.some(({ form, standing }) => standing === 'counts' && !isMarkedByHand(form.kind));
  const notes = [
    assembled.doubts.length > 0 && t('results.open', { count: assembled.doubts.length }),
    unmarked > 0 && t('results.openHand', { count: unmarked }),
    assembled.problems.length > 0 && t('results.problems', { count: assembled.problems.length }),
  ].filter((note) => note !== false);
  if (!hasKey && needsKey) {
    return (
      <output className={styles.banner}>
        <TriangleAlert size={20} aria-hidden />
        <span>{t('results.noKey')}</span>
        <Link to={`/sheets/${id}/key`}>{t('results.toKey')}</Link>
      </output>
    );
  }
  if (notes.length === 0) return null;
  // Sheets that do not count are listed where they came in.
  const step = assembled.doubts.length > 0 || unmarked > 0 ? 'review' : 'read';
  return (
    <output className={styles.banner}>
      <TriangleAlert size={20} aria-hidden />
      <span>{notes.join(' ')}</span>
      <Link to={`/sheets/${id}/${step}`}>{t('results.toReview')}</Link>
    </output>
  );
}

function isMarkedByHand(kind: ExamRecord['exam']['questions'][number]['form']['kind']): boolean {
  return kind === 'free' || kind === 'rubric';
}
