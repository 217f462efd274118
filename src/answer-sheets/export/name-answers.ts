/** Answers as they are said on the sheet that a student had. */
import { findVersion, fromFirstVersion } from '#contract/exam-fields.ts';
import type { Exam, Question, VersionLetter } from '#contract/exams.ts';
import { findKey } from '../key-find.ts';

/**
 * What the key takes for right, as it lies on this version's sheet: `B`, or `B / C` where either is. Empty where there is no
 * key.
 */
export function nameRightAnswer(exam: Exam, letter: VersionLetter, question: Question): string {
  const version = findVersion(exam, letter);
  const accepted = findKey(exam, letter, question.id)?.accepted ?? [];
  return accepted
    .map(({ answer }) =>
      exam.shuffledBy === 'papel' && version !== undefined
        ? fromFirstVersion(answer, question, version, exam.look.optionSigns)
        : answer,
    )
    .join(' / ');
}
