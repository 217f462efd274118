import { versionLetters, type AnswerKey, type Exam, type VersionLetter } from '#contract/exams.ts';

/** The key that holds for a version's sheets: the first version's, unless the teacher shuffled. */
function keyVersion({ shuffledBy }: Pick<Exam, 'shuffledBy'>, version: VersionLetter): VersionLetter {
  return shuffledBy === 'papel' ? versionLetters[0] : version;
}

/**
 * What is right for a question on a version's sheet, in the options of version A where Papel shuffled.
 *
 * @returns `undefined` while it has no key.
 */
export function findKey(exam: Exam, version: VersionLetter, questionId: string): AnswerKey | undefined {
  const key = exam.keys[keyVersion(exam, version)];
  if (key === undefined || !Object.hasOwn(key, questionId)) return undefined;
  const answers = key[questionId];
  return answers === undefined || answers.accepted.length === 0 ? undefined : answers;
}
