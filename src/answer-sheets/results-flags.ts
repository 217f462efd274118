/** What is worth a look about a question, from how it did. */
import type { MarkedChoice, QuestionAnalysis } from './analysis/analyse-questions.ts';

export type QuestionFlag =
  | { readonly kind: 'check-key' | 'too-easy' | 'too-hard' | 'does-not-tell' }
  | { readonly kind: 'unused'; readonly options: readonly string[] };

/**
 * Ebel and Frisbie, Essentials of Educational Measurement, 5th edition 1991, chapter 13: a discrimination below 0.20 is poor,
 * and no question that nearly all or few answer can do better.
 */
const poorDiscrimination = 0.2;
const easyFrom = 0.9;
const hardBelow = 0.3;

/** Upper and lower groups of fewer than three papers say nothing. */
export const leastPapers = 10;

/** The gravest first. */
export function flagQuestion(analysis: QuestionAnalysis): readonly QuestionFlag[] {
  const { count, difficulty, itemRest, upperLower, choices } = analysis;
  if (count < leastPapers || difficulty === undefined) return [];
  const flags: QuestionFlag[] = [];
  const isBackwards = (itemRest !== undefined && itemRest < 0 && (upperLower ?? 0) < 0) || favoursWrong(choices);
  if (isBackwards) flags.push({ kind: 'check-key' });
  if (difficulty > easyFrom) flags.push({ kind: 'too-easy' });
  if (difficulty < hardBelow) flags.push({ kind: 'too-hard' });
  if (flags.length === 0 && upperLower !== undefined && upperLower < poorDiscrimination) {
    flags.push({ kind: 'does-not-tell' });
  }
  const unused = choices.filter((choice) => choice.kind === 'option' && !choice.isRight && choice.count === 0);
  // Of an easy question that is to be expected.
  if (unused.length > 0 && difficulty <= easyFrom) {
    flags.push({ kind: 'unused', options: unused.map(({ answer }) => answer) });
  }
  return flags;
}

/** More of the best papers have one wrong option than have a right one. */
function favoursWrong(choices: readonly MarkedChoice[]): boolean {
  const right = Math.max(0, ...choices.filter(({ isRight }) => isRight).map(({ upper }) => upper));
  const options = choices.filter(({ kind }) => kind === 'option');
  // Several marks of one question are no rivals of each other.
  if (options.filter(({ isRight }) => isRight).length !== 1) return false;
  return options.some((choice) => !choice.isRight && choice.upper > right);
}
