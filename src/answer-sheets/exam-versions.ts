/** Versions as the design says them: how many, and what differs between them. */
import { plainVersion } from '#contract/exam-fields.ts';
import { type Exam, versionLetters } from '#contract/exams.ts';
import { shuffleVersions } from './versions-shuffle.ts';

export interface Shuffling {
  /** 1 to 4. */
  readonly count: number;
  readonly by: Exam['shuffledBy'];
  readonly questions: boolean;
  readonly options: boolean;
}

/** What an exam's versions say of how they were made; what the first version more begins with where there is only one. */
export function shufflingOf({ versions, shuffledBy }: Exam): Shuffling {
  const [first, ...others] = versions;
  const order = first?.questionOrder.join(' ');
  return {
    count: versions.length,
    by: shuffledBy,
    questions: others.length === 0 || others.some(({ questionOrder }) => questionOrder.join(' ') !== order),
    options: others.some(({ optionOrder }) => Object.keys(optionOrder).length > 0),
  };
}

/** Makes the versions anew. Keys of versions that the teacher shuffled stay, should they come back. */
export function setVersions(exam: Exam, { count, by, questions, options }: Shuffling, seed: number): Exam {
  if (by === 'papel') {
    return { ...exam, shuffledBy: by, versions: shuffleVersions(exam, count, seed, { questions, options }) };
  }
  const letters = versionLetters.slice(0, count);
  return {
    ...exam,
    shuffledBy: by,
    versions: letters.map((letter) => plainVersion(exam, letter)),
    keys: { ...Object.fromEntries(letters.map((letter) => [letter, {}])), ...exam.keys },
  };
}
