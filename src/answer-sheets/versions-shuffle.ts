/** Versions of an exam whose questions and options stand in other places. */
import { plainVersion } from '#contract/exam-fields.ts';
import { versionLetters, type Exam, type ExamVersion, type Question } from '#contract/exams.ts';

export interface ShuffleChoice {
  readonly questions: boolean;
  /** Of single and multiple choice and of matching; true before false stays. */
  readonly options: boolean;
}

/**
 * Version A in the exam's own order, the others shuffled. Questions stay among the neighbours of their section; those that
 * a person marks stay in their place, as their boxes are of different sizes.
 *
 * @param count of versions, 1 to 4
 * @param seed the same seed gives the same versions
 */
export function shuffleVersions(
  exam: Pick<Exam, 'questions'>,
  count: number,
  seed: number,
  { questions, options }: ShuffleChoice,
): ExamVersion[] {
  const random = seededRandom(seed);
  const versions: ExamVersion[] = [];
  for (const letter of versionLetters.slice(0, Math.max(1, count))) {
    const plain = plainVersion(exam, letter);
    if (letter === versionLetters[0]) {
      versions.push(plain);
      continue;
    }
    versions.push({
      letter,
      questionOrder: questions ? drawNewOrder(exam.questions, versions, random) : plain.questionOrder,
      optionOrder: options ? Object.fromEntries(exam.questions.flatMap((each) => shuffleOptions(each, random))) : {},
    });
  }
  return versions;
}

/** Tries that a short exam gets to be unlike its other versions; with three questions, one of six orders is taken. */
const mostDraws = 20;

function drawNewOrder(
  questions: readonly Question[],
  versions: readonly ExamVersion[],
  random: () => number,
): string[] {
  const taken = new Set(versions.map(({ questionOrder }) => questionOrder.join(' ')));
  let order = shuffleQuestions(questions, random);
  for (let draw = 1; draw < mostDraws && taken.has(order.join(' ')); draw++)
    order = shuffleQuestions(questions, random);
  return order;
}

function shuffleQuestions(questions: readonly Question[], random: () => number): string[] {
  const order = questions.map(({ id }) => id);
  for (let start = 0; start < questions.length;) {
    const section = questions[start]?.section;
    let end = start;
    while (end < questions.length && questions[end]?.section === section) end++;
    const places = Array.from({ length: end - start }, (_, at) => start + at).filter((place) => {
      const kind = questions[place]?.form.kind;
      return kind !== 'free' && kind !== 'rubric';
    });
    const shuffled = shuffle(
      places.flatMap((place) => order[place] ?? []),
      random,
    );
    for (const [at, place] of places.entries()) order[place] = shuffled[at] ?? '';
    start = end;
  }
  return order;
}

function shuffleOptions({ id, form }: Question, random: () => number): (readonly [string, number[]])[] {
  if (form.kind !== 'single' && form.kind !== 'multiple' && form.kind !== 'matching') return [];
  const options = Array.from({ length: form.options }, (_, option) => option);
  return [[id, shuffle(options, random)]];
}

/** Fisher and Yates, as in Knuth, The Art of Computer Programming, volume 2, algorithm 3.4.2P. */
function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1));
    const [a, b] = [shuffled[pick], shuffled[last]];
    if (a !== undefined && b !== undefined) [shuffled[last], shuffled[pick]] = [a, b];
  }
  return shuffled;
}

/** mulberry32 by Tommy Ettinger, public domain: 0 to below 1, the same row of numbers for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
