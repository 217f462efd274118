import type { QuestionForm, SheetLook } from '#contract/exams.ts';
import type { SheetWords } from '#contract/sheets.ts';
import { layOutSheet } from '#worker/answer-sheets/layout/lay-out-sheet.ts';
import type { PrintedDesign } from './printed-design.ts';

const words: SheetWords = {
  name: 'Name',
  section: 'Section',
  studentNumber: 'Student number',
  version: 'Version',
  page: 'Page',
  howToMark: 'Fill the bubble of your answer. Use a dark pencil or pen.',
  trueSign: 'T',
  falseSign: 'F',
  points: 'Points',
  forTeacher: 'For the teacher',
};

const usualLook: SheetLook = {
  paper: 'a4',
  columns: 'auto',
  optionSigns: 'letters',
  studentNumber: { form: 'bubbles', digits: 8 },
  nameBox: true,
  sectionBox: true,
};

interface ExamPlan {
  readonly name: string;
  readonly look?: Partial<SheetLook>;
  readonly questions: readonly (readonly [count: number, form: QuestionForm])[];
}

const single = (options: number) => ({ kind: 'single', options }) as const;

/** Eight exams of different papers, kinds of questions, columns and numbers. */
const exams: readonly ExamPlan[] = [
  { name: 'sixty', questions: [[60, single(4)]] },
  { name: 'hundred', look: { studentNumber: { form: 'both', digits: 6 } }, questions: [[100, single(5)]] },
  {
    name: 'small-card',
    look: { paper: 'a5', studentNumber: { form: 'none', digits: 1 } },
    questions: [[30, single(4)]],
  },
  {
    name: 'true-false',
    look: { paper: 'letter', studentNumber: { form: 'boxes', digits: 6 } },
    questions: [[100, { kind: 'true-false' }]],
  },
  {
    name: 'many-choices',
    look: { studentNumber: { form: 'none', digits: 1 }, columns: 2 },
    questions: [[44, { kind: 'multiple', options: 8 }]],
  },
  {
    name: 'numbers',
    look: { studentNumber: { form: 'bubbles', digits: 5 } },
    questions: [
      [10, single(4)],
      [4, { kind: 'numeric', digits: 3, decimals: 2, sign: true }],
      [2, { kind: 'free', lines: 1 }],
    ],
  },
  {
    name: 'matching',
    look: { paper: 'letter', optionSigns: 'digits', columns: 3 },
    questions: [
      [3, { kind: 'matching', options: 6, prompts: 5 }],
      [24, single(5)],
    ],
  },
  {
    name: 'mixed',
    look: { paper: 'a5-on-a4', studentNumber: { form: 'bubbles', digits: 4 } },
    questions: [
      [16, single(5)],
      [4, { kind: 'true-false' }],
      [2, { kind: 'rubric', most: 4 }],
    ],
  },
];

/** Four exams with boxes for characters: numbers, names, single letters and numbers as answers. */
const writtenExams: readonly ExamPlan[] = [
  {
    name: 'written-number',
    look: { studentNumber: { form: 'boxes', digits: 8 }, nameInBoxes: true },
    questions: [[30, single(4)]],
  },
  {
    name: 'written-answers',
    look: { studentNumber: { form: 'both', digits: 6 }, sectionBox: false },
    questions: [
      [20, { ...single(5), inBoxes: true }],
      [8, { kind: 'numeric', digits: 3, decimals: 1, sign: true, inBoxes: true }],
    ],
  },
  {
    name: 'written-letter',
    look: { paper: 'letter', studentNumber: { form: 'boxes', digits: 10 }, nameInBoxes: true, sectionBox: false },
    questions: [
      [20, { ...single(4), inBoxes: true }],
      [20, single(4)],
    ],
  },
  {
    name: 'written-a5',
    look: { paper: 'a5', studentNumber: { form: 'boxes', digits: 6 }, nameInBoxes: true },
    questions: [[12, { kind: 'numeric', digits: 2, decimals: 0, sign: false, inBoxes: true }]],
  },
];

/** The first pages of sheets of ours, printed as `layout` lays them out. */
export const ownDesigns = exams.flatMap(printFirstPage);
export const writtenDesigns = writtenExams.flatMap(printFirstPage);

function printFirstPage({ name, look, questions }: ExamPlan): readonly PrintedDesign[] {
  const forms = questions.flatMap(([count, form]) => Array.from({ length: count }, () => form));
  const [page] = layOutSheet({
    examCode: '7K3M9XQ2',
    title: name,
    subject: 'Science',
    date: '2026-11-27',
    className: '8 Narra',
    version: 'A',
    namesVersion: false,
    look: { ...usualLook, ...look },
    questions: forms.map((form, at) => ({ id: `q${at + 1}`, label: String(at + 1), form, points: 1 })),
    words,
  });
  if (page === undefined) return [];
  const { location, ...design } = page.design;
  if (location.by !== 'fiducials') return [];
  const fiducials = location.fiducials.flatMap((mark) => (mark.kind === 'aruco' ? [mark] : []));
  return [
    {
      design: { ...design, name, location: { by: 'fiducials', fiducials } },
      shape: 'circle',
      print: page.printed,
    },
  ];
}
