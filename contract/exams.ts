/**
 * Exams: the questions, how their sheet is printed, what is right, and what it is worth. One shape for the screens, the
 * worker that lays sheets out, the store and the file that a colleague gets.
 *
 * An answer is a string, as it would be typed: `B`, `BC` for two marks, `T`, `-12.5`, one character a prompt for matching
 * (`-` where a prompt has none), the points for what is marked by hand. Nothing answered is the empty string.
 */
import * as v from 'valibot';

export const versionLetters = ['A', 'B', 'C', 'D'] as const;
export type VersionLetter = (typeof versionLetters)[number];

export const mostQuestions = 200;
/** Letters A to J, or digits 1 to 9 and 0. */
export const optionLimits = { least: 2, most: 10 } as const;

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const identifier = v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/));
const points = v.pipe(v.number(), v.minValue(-1000), v.maxValue(1000));
const optionCount = v.pipe(v.number(), v.integer(), v.minValue(optionLimits.least), v.maxValue(optionLimits.most));

/**
 * What a question expects on paper.
 * - `matching`: `prompts` rows, each marked with one of `options`.
 * - `numeric`: columns of digits; `decimals` of them stand behind a printed decimal point.
 * - `inBoxes`, of `single` and `numeric`: the letter or digits are written by hand, one a box, instead of marked.
 * - `free`: a box for writing, `lines` high, marked by a person on the screen.
 * - `rubric`: bubbles 0 to `most`, marked by the teacher on the paper.
 * - `given`: the fields of an imported sheet; `values` are what its bubbles say.
 */
const questionForm = v.variant('kind', [
  v.object({ kind: v.literal('single'), options: optionCount, inBoxes: v.exactOptional(v.boolean()) }),
  v.object({ kind: v.literal('multiple'), options: optionCount }),
  v.object({ kind: v.literal('true-false') }),
  v.object({
    kind: v.literal('matching'),
    options: optionCount,
    prompts: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
  }),
  v.object({
    kind: v.literal('numeric'),
    digits: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8)),
    decimals: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4)),
    sign: v.boolean(),
    inBoxes: v.exactOptional(v.boolean()),
  }),
  v.object({ kind: v.literal('free'), lines: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)) }),
  v.object({ kind: v.literal('rubric'), most: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)) }),
  v.object({
    kind: v.literal('given'),
    fields: v.array(text(80)),
    values: v.array(text(20)),
    multiple: v.boolean(),
  }),
]);
export type QuestionForm = Readonly<v.InferOutput<typeof questionForm>>;

/** `bonus`: everyone gets its points. `cancelled`: nobody does, and it does not count towards the most. */
export const questionStandings = ['counts', 'bonus', 'cancelled'] as const;

const questionSchema = v.object({
  id: identifier,
  /** What is printed beside it; unique in the exam. */
  label: text(40),
  form: questionForm,
  points: v.pipe(points, v.minValue(0)),
  standing: v.picklist(questionStandings),
  /** Of the sections below; empty for none. */
  section: text(40),
  /** For the analysis: a topic or an outcome. */
  tags: v.array(text(40)),
});
export type Question = Readonly<v.InferOutput<typeof questionSchema>>;

/** How answers of a section, or of the whole exam, count. */
const markingRule = v.object({
  /** Added for a wrong answer, as a share of the question's points: -0.25 takes a quarter away. */
  wrongShare: v.pipe(v.number(), v.minValue(-10), v.maxValue(0)),
  /** Added where nothing is marked, likewise. */
  blankShare: v.pipe(v.number(), v.minValue(-10), v.maxValue(1)),
  /**
   * For several marks and for matching. `none`: all or nothing. `each`: a share for each right one, less one for each
   * wrong one, never below none. `no-wrong`: a share for each right one, nothing once a wrong one is marked.
   */
  partial: v.picklist(['none', 'each', 'no-wrong']),
  /** Of a section: its points never fall below none. */
  floorAtZero: v.boolean(),
});
export type MarkingRule = Readonly<v.InferOutput<typeof markingRule>>;

const sectionSchema = v.object({
  id: text(40),
  name: text(80),
  /** Where it differs from the exam's own. */
  rule: v.optional(markingRule),
  /** Only so many answered questions count, in their order; all without it. */
  bestOf: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});
export type ExamSection = Readonly<v.InferOutput<typeof sectionSchema>>;

/** Any of `accepted` is right. */
const answerKey = v.object({
  accepted: v.array(
    v.object({
      answer: text(80),
      /** Instead of the question's points. */
      points: v.optional(points),
    }),
  ),
  /** How far a number may be off. */
  tolerance: v.optional(v.pipe(v.number(), v.minValue(0))),
});
export type AnswerKey = Readonly<v.InferOutput<typeof answerKey>>;

const keySchema = v.record(identifier, answerKey);
/** By question id. A question without an entry has no key yet. */
export type ExamKey = Readonly<Record<string, AnswerKey>>;

/** One version of an exam: which question stands at which place, and which option at which. */
const versionSchema = v.object({
  letter: v.picklist(versionLetters),
  /** Question ids as they are printed; all of them, each once. */
  questionOrder: v.array(identifier),
  /** By question id: `order[place]` is the option of version A that stands there. Without an entry: as in version A. */
  optionOrder: v.record(identifier, v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9)))),
});
export type ExamVersion = Readonly<v.InferOutput<typeof versionSchema>>;

export const sheetPapers = ['a4', 'letter', 'a5', 'a5-on-a4'] as const;
export type SheetPaper = (typeof sheetPapers)[number];

const numberForms = ['none', 'bubbles', 'boxes', 'both'] as const;

const sheetLook = v.object({
  paper: v.picklist(sheetPapers),
  /** Columns of questions; `auto` takes as many as fit. */
  columns: v.union([v.literal('auto'), v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8))]),
  optionSigns: v.picklist(['letters', 'digits']),
  studentNumber: v.object({
    form: v.picklist(numberForms),
    digits: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12)),
  }),
  nameBox: v.boolean(),
  /** The name is written in capitals, one a box. */
  nameInBoxes: v.exactOptional(v.boolean()),
  sectionBox: v.boolean(),
});
export type SheetLook = Readonly<v.InferOutput<typeof sheetLook>>;

/** From how many per cent on a grade is given. */
const gradeBand = v.object({ name: text(40), fromPercent: v.pipe(v.number(), v.minValue(-1000), v.maxValue(1000)) });
const gradingSchema = v.object({
  /** Decimals that points and percentages are rounded to, halves away from zero. */
  decimals: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3)),
  /** `transmuted`: DepEd Order 8, s. 2015, appendix B: 60 % is a 75. */
  scale: v.picklist(['percent', 'transmuted', 'bands']),
  /** Highest first. */
  bands: v.array(gradeBand),
  /** Of the scale's own numbers (per cent or transmuted grade). */
  passFrom: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
});
export type Grading = Readonly<v.InferOutput<typeof gradingSchema>>;

/** Where the sheet comes from. `own` is laid out by Papel; the others were imported or drawn over a photo. */
const sheetOrigins = ['own', 'omrchecker', 'drawn'] as const;

/** How a student may take a mark back. `none`: two marks are two marks. `cross-out`: a filled bubble with a cross over it counts as empty. */
export const correctionRules = ['none', 'cross-out'] as const;
export type CorrectionRule = (typeof correctionRules)[number];

export const examSchema = v.object({
  title: text(120),
  subject: text(80),
  /** ISO 8601 date, or empty. */
  date: v.pipe(v.string(), v.regex(/^(?:\d{4}-\d{2}-\d{2})?$/)),
  className: text(80),
  origin: v.picklist(sheetOrigins),
  look: sheetLook,
  questions: v.pipe(v.array(questionSchema), v.maxLength(mostQuestions)),
  sections: v.array(sectionSchema),
  rule: markingRule,
  correction: v.picklist(correctionRules),
  versions: v.pipe(v.array(versionSchema), v.minLength(1), v.maxLength(versionLetters.length)),
  /**
   * `papel`: the versions' orders are known, so the key of A is the key of all. `own`: the teacher shuffled; each version
   * has a key of its own by place, and the analysis is by version.
   */
  shuffledBy: v.picklist(['papel', 'own']),
  /** By version letter; `A` always, the others where `shuffledBy` is `own`. */
  keys: v.record(v.string(), keySchema),
  grading: gradingSchema,
});
export type Exam = Readonly<v.InferOutput<typeof examSchema>>;

const studentSchema = v.object({
  id: identifier,
  /** As written on the sheet; digits with leading zeros count. */
  number: text(20),
  lastName: text(80),
  firstName: text(80),
  section: text(80),
});
export type Student = Readonly<v.InferOutput<typeof studentSchema>>;

export const rosterSchema = v.object({ name: text(80), students: v.pipe(v.array(studentSchema), v.maxLength(5000)) });
export type Roster = Readonly<v.InferOutput<typeof rosterSchema>>;
