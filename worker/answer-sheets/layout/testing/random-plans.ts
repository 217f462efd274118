import { optionLimits, sheetPapers, type QuestionForm } from '#contract/exams.ts';
import type { PlannedQuestion, SheetPlan, SheetWords } from '#contract/sheets.ts';

/** Words of a sheet in English. */
export const words: SheetWords = {
  name: 'Name',
  section: 'Section',
  studentNumber: 'Student number',
  version: 'Version',
  page: 'Page',
  howToMark:
    'Fill in the whole bubble with a pencil or a dark pen. To change an answer, erase the old mark completely.',
  trueSign: 'T',
  falseSign: 'F',
  points: 'Points',
  forTeacher: 'For the teacher',
};

/** A sheet of some questions of one kind. */
export function planOf(count: number, form: QuestionForm, look: Partial<SheetPlan['look']> = {}): SheetPlan {
  return {
    examCode: 'ABCDEFGH',
    title: 'Science quarterly test',
    subject: 'Science 8',
    date: '2026-11-27',
    className: '8 - Sampaguita',
    version: 'A',
    namesVersion: false,
    look: {
      paper: 'a4',
      columns: 'auto',
      optionSigns: 'letters',
      studentNumber: { form: 'bubbles', digits: 6 },
      nameBox: true,
      sectionBox: true,
      ...look,
    },
    questions: Array.from({ length: count }, (_, at) => questionAt(at, form)),
    words,
  };
}

function questionAt(at: number, form: QuestionForm): PlannedQuestion {
  return { id: `q${at + 1}`, label: String(at + 1), form, points: 1 };
}

/** A number from 0 to below 1, always the same one for a seed (mulberry32, by Tommy Ettinger, public domain). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Any sheet that the contract allows: questions of one kind, in groups, or shuffled. */
export function randomPlan(seed: number): SheetPlan {
  const random = randomFrom(seed);
  const from = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const oneOf = <T>(choices: readonly T[]): T => {
    const chosen = choices[from(0, choices.length - 1)];
    if (chosen === undefined) throw new RangeError('There is nothing to choose from');
    return chosen;
  };
  const options = () => from(optionLimits.least, optionLimits.most);
  const anyForm = (): QuestionForm =>
    oneOf<() => QuestionForm>([
      () => ({ kind: 'single', options: options() }),
      () => ({ kind: 'single', options: options(), inBoxes: true }),
      () => ({ kind: 'multiple', options: options() }),
      () => ({ kind: 'true-false' }),
      () => ({ kind: 'matching', options: options(), prompts: from(1, 20) }),
      () => ({ kind: 'numeric', digits: from(1, 8), decimals: from(0, 4), sign: random() < 0.5 }),
      () => ({
        kind: 'numeric',
        digits: from(1, 8),
        decimals: from(0, 4),
        sign: random() < 0.5,
        inBoxes: true,
      }),
      () => ({ kind: 'free', lines: from(1, 20) }),
      () => ({ kind: 'rubric', most: from(1, 10) }),
    ])();
  const most = oneOf([from(1, 20), from(1, 60), from(1, 200)]);
  const groupLength = oneOf([1, 3, 10, 200]);
  const labelled = oneOf([(at: number) => String(at + 1), (at: number) => `Part II item ${at + 1} of the test`]);
  const questions: PlannedQuestion[] = [];
  while (questions.length < most) {
    const form = anyForm();
    const length = Math.min(most - questions.length, from(1, groupLength));
    for (let at = 0; at < length; at++) {
      const place = questions.length;
      questions.push({ ...questionAt(place, form), label: labelled(place), points: from(0, 20) });
    }
  }
  const plan = planOf(
    0,
    { kind: 'true-false' },
    {
      paper: oneOf(sheetPapers),
      columns: oneOf<SheetPlan['look']['columns']>(['auto', 1, 2, 3, 4, 5, 6, 8]),
      optionSigns: oneOf(['letters', 'digits']),
      studentNumber: { form: oneOf(['none', 'bubbles', 'boxes', 'both'] as const), digits: from(1, 12) },
      nameBox: random() < 0.8,
      nameInBoxes: random() < 0.3,
      sectionBox: random() < 0.6,
    },
  );
  return { ...plan, namesVersion: random() < 0.5, questions };
}
