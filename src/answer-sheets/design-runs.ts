/** Questions as a teacher speaks of them: "1 to 40 are alike". */
import type { Question, QuestionForm } from '#contract/exams.ts';

/** Neighbours that differ in nothing but their number. */
export interface QuestionRun {
  /** Places in the exam, from 0; both belong to it. */
  readonly first: number;
  readonly last: number;
  readonly like: Question;
}

export function findRuns(questions: readonly Question[]): readonly QuestionRun[] {
  const runs: QuestionRun[] = [];
  for (const [place, question] of questions.entries()) {
    const run = runs.at(-1);
    if (run !== undefined && areAlike(run.like, question)) runs[runs.length - 1] = { ...run, last: place };
    else runs.push({ first: place, last: place, like: question });
  }
  return runs;
}

function areAlike(a: Question, b: Question): boolean {
  return (
    isSameForm(a.form, b.form) &&
    a.points === b.points &&
    a.standing === b.standing &&
    a.section === b.section &&
    a.tags.join('\n') === b.tags.join('\n')
  );
}

export function isSameForm(a: QuestionForm, b: QuestionForm): boolean {
  return JSON.stringify(sortEntries(a)) === JSON.stringify(sortEntries(b));
}

function sortEntries(form: QuestionForm) {
  return Object.entries(form).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** What a teacher may choose; `given` comes with an imported sheet only. */
export const chosenKinds = [
  'single',
  'multiple',
  'true-false',
  'matching',
  'numeric',
  'free',
  'rubric',
] as const satisfies readonly QuestionForm['kind'][];
export type ChosenKind = (typeof chosenKinds)[number];

/** A form of this kind that keeps what the one before already says. */
export function formOfKind(kind: ChosenKind, before: QuestionForm): QuestionForm {
  const options = 'options' in before ? before.options : 4;
  const forms: { readonly [Kind in ChosenKind]: Extract<QuestionForm, { kind: Kind }> } = {
    single: { kind: 'single', options },
    multiple: { kind: 'multiple', options },
    'true-false': { kind: 'true-false' },
    matching: { kind: 'matching', options: Math.max(options, 5), prompts: 5 },
    numeric: { kind: 'numeric', digits: 3, decimals: 0, sign: false },
    free: { kind: 'free', lines: 3 },
    rubric: { kind: 'rubric', most: 5 },
  };
  return forms[kind];
}

/** Tags as typed: "fractions, area". */
export function parseTags(text: string): readonly string[] {
  return [
    ...new Set(
      text
        .split(',')
        .map((tag) => tag.trim().slice(0, 40))
        .filter((tag) => tag !== ''),
    ),
  ];
}
