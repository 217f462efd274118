/** How far a test measures one thing: would its halves rank the students alike? */
import { findVariance } from './describe-values.ts';

export interface Reliability {
  /** Cronbach's alpha over the points of each question. */
  readonly alpha: number | undefined;
  /** Over right and not right; only where no question was partly right. */
  readonly kr20: number | undefined;
  /** Standard error of measurement, in points. */
  readonly error: number | undefined;
}

/** Scores of one question, one for each paper, papers in the same order everywhere. */
export interface ScoredQuestion {
  readonly points: readonly number[];
  /** Of the question's points what was earned, 0 to 1; what was taken away counts as 0. */
  readonly shares: readonly number[];
}

export function measureReliability(questions: readonly ScoredQuestion[]): Reliability {
  const points = questions.map((question) => question.points);
  const alpha = findAlpha(points);
  const shares = questions.map((question) => question.shares);
  const isRightOrNot = shares.every((list) => list.every((share) => share === 0 || share === 1));
  const variance = findVariance(sumByPaper(points));
  return {
    alpha,
    kr20: isRightOrNot ? findKr20(shares) : undefined,
    error: alpha === undefined || variance === undefined ? undefined : Math.sqrt(variance * Math.max(0, 1 - alpha)),
  };
}

/**
 * Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16 (1951), formula 2:
 * k / (k - 1) * (1 - sum of the questions' variances / variance of the totals).
 *
 * @returns `undefined` for fewer than two questions or papers, and where all totals are the same
 */
function findAlpha(questions: readonly (readonly number[])[]): number | undefined {
  const count = questions.length;
  const ofTotals = findVariance(sumByPaper(questions));
  if (count < 2 || ofTotals === undefined || ofTotals === 0) return undefined;
  const ofQuestions = questions.reduce((sum, points) => sum + (findVariance(points) ?? 0), 0);
  return (count / (count - 1)) * (1 - ofQuestions / ofTotals);
}

/**
 * Kuder and Richardson, "The theory of the estimation of test reliability", Psychometrika 2 (1937), formula 20:
 * k / (k - 1) * (1 - sum of p * q / variance of the totals), the variance over n as p * q is.
 *
 * @param questions 1 for right and 0 for not
 */
function findKr20(questions: readonly (readonly number[])[]): number | undefined {
  const count = questions.length;
  const totals = sumByPaper(questions);
  const ofTotals = findVariance(totals);
  if (count < 2 || ofTotals === undefined || ofTotals === 0) return undefined;
  const overAll = (ofTotals * (totals.length - 1)) / totals.length;
  const ofQuestions = questions.reduce((sum, shares) => {
    const right = shares.reduce((all, share) => all + share, 0) / shares.length;
    return sum + right * (1 - right);
  }, 0);
  return (count / (count - 1)) * (1 - ofQuestions / overAll);
}

/** The total of each paper. */
export function sumByPaper(questions: readonly (readonly number[])[]): readonly number[] {
  const papers = questions[0]?.length ?? 0;
  return Array.from({ length: papers }, (_, paper) => questions.reduce((sum, points) => sum + (points[paper] ?? 0), 0));
}
