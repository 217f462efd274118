/** Changes of an exam's questions that keep its labels, versions and keys in step. All pure: an exam in, an exam out. */
import { plainVersion, planFields } from '#contract/exam-fields.ts';
import {
  mostQuestions,
  type Exam,
  type ExamKey,
  type ExamVersion,
  type Question,
  type QuestionForm,
  type SheetPaper,
} from '#contract/exams.ts';
import type { Market } from '#contract/regions.ts';
import { gradingPresets, usualGrading } from './grading-presets.ts';
import { readTypedAnswer } from './key-answer.ts';

export interface NewExamDefaults {
  readonly title: string;
  /** How many, of single choice. */
  readonly questions: number;
  /** 4 without it. */
  readonly options?: number;
  /** Grades as there; percentages without it. */
  readonly market?: Market;
  /** A4 without it. */
  readonly paper?: SheetPaper;
  /** ISO 8601 date, or empty. */
  readonly date?: string;
}

/** An exam to begin with: one version, one point a question, nothing taken away for wrong answers. */
export function newExam({ title, questions, options = 4, market, paper = 'a4', date = '' }: NewExamDefaults): Exam {
  const empty: Exam = {
    title,
    subject: '',
    date,
    className: '',
    origin: 'own',
    look: {
      paper,
      columns: 'auto',
      optionSigns: 'letters',
      studentNumber: { form: 'bubbles', digits: 6 },
      nameBox: true,
      sectionBox: true,
    },
    questions: [],
    sections: [],
    rule: { wrongShare: 0, blankShare: 0, partial: 'none', floorAtZero: false },
    correction: 'none',
    versions: [plainVersion({ questions: [] })],
    shuffledBy: 'papel',
    keys: { A: {} },
    grading: market === undefined ? gradingPresets.percent : usualGrading(market),
  };
  return addQuestions(empty, questions, { kind: 'single', options });
}

/**
 * Adds questions behind the last one, like it unless a form is given.
 *
 * @param count fewer are added where the exam would have more than `mostQuestions`
 */
export function addQuestions(exam: Exam, count: number, form?: QuestionForm): Exam {
  const like = exam.questions.at(-1);
  const firstFree = 1 + Math.max(0, ...exam.questions.map(({ id }) => Number(/^q(\d+)$/.exec(id)?.[1] ?? 0)));
  const added = Array.from({ length: Math.max(0, Math.min(count, mostQuestions - exam.questions.length)) }, (_, at) => {
    const plain: Question = {
      id: `q${firstFree + at}`,
      label: String(exam.questions.length + at + 1),
      form: form ?? like?.form ?? { kind: 'single', options: 4 },
      points: like?.points ?? 1,
      standing: 'counts',
      section: like?.section ?? '',
      tags: [],
    };
    return form === undefined ? plain : withForm(plain, form);
  });
  return withQuestions(exam, [...exam.questions, ...added]);
}

/** Their keys go with them, and sections that nothing is left of. */
export function removeQuestions(exam: Exam, ids: readonly string[]): Exam {
  const removed = new Set(ids);
  const kept = exam.questions.filter(({ id }) => !removed.has(id));
  return withoutEmptySections(withQuestions(exam, kept));
}

/** @param to its place among all questions, from 0 */
export function moveQuestion(exam: Exam, id: string, to: number): Exam {
  const moved = exam.questions.find((question) => question.id === id);
  if (moved === undefined) return exam;
  const others = exam.questions.filter((question) => question !== moved);
  return withQuestions(exam, others.toSpliced(Math.max(0, to), 0, moved));
}

/** Gives questions another form. What their keys accept stays as far as it can still be marked. */
export function changeForm(exam: Exam, ids: readonly string[], form: QuestionForm): Exam {
  const meant = new Set(ids);
  const isMeant = ({ id }: Question) => meant.has(id);
  const questions = exam.questions.map((question) => (isMeant(question) ? withForm(question, form) : question));
  const changed = new Set(
    exam.questions.filter((question) => isMeant(question) && !hasSameOptions(question.form, form)).map(({ id }) => id),
  );
  const keepKey = (key: ExamKey): Exam['keys'][string] =>
    Object.fromEntries(
      Object.entries(key).flatMap(([id, answers]) => {
        if (!changed.has(id)) return [[id, answers]];
        const accepted = answers.accepted.filter(
          ({ answer }) => answer !== '' && readTypedAnswer(form, answer, exam.look.optionSigns) === answer,
        );
        return accepted.length === 0 ? [] : [[id, { ...answers, accepted }]];
      }),
    );
  return {
    ...exam,
    questions,
    versions: exam.versions.map((version) => ({ ...version, optionOrder: omit(version.optionOrder, changed) })),
    keys: Object.fromEntries(Object.entries(exam.keys).map(([letter, key]) => [letter, keepKey(key)])),
  };
}

/** Prints letters or digits in the bubbles; keys are said in the new ones. */
export function changeOptionSigns(exam: Exam, signs: Exam['look']['optionSigns']): Exam {
  const from = exam.look.optionSigns;
  if (from === signs) return exam;
  const forms = new Map(exam.questions.map(({ id, form }) => [id, form]));
  const translate = (id: string, answer: string) => {
    const form = forms.get(id);
    if (form?.kind !== 'single' && form?.kind !== 'multiple' && form?.kind !== 'matching') return answer;
    const [before, after] = [planFields(id, form, from)[0]?.values, planFields(id, form, signs)[0]?.values];
    return Array.from(answer, (sign) => after?.[before?.indexOf(sign) ?? -1] ?? sign).join('');
  };
  const keys = Object.entries(exam.keys).map(([letter, key]) => [
    letter,
    Object.fromEntries(
      Object.entries(key).map(([id, answers]) => [
        id,
        { ...answers, accepted: answers.accepted.map((each) => ({ ...each, answer: translate(id, each.answer) })) },
      ]),
    ),
  ]);
  return { ...exam, look: { ...exam.look, optionSigns: signs }, keys: Object.fromEntries(keys) };
}

/** Changes what questions are worth and where they belong. */
export function changeQuestions(
  exam: Exam,
  ids: readonly string[],
  change: Partial<Pick<Question, 'label' | 'points' | 'standing' | 'section' | 'tags'>>,
): Exam {
  const meant = new Set(ids);
  const questions = exam.questions.map((question) => (meant.has(question.id) ? { ...question, ...change } : question));
  return withoutEmptySections({ ...exam, questions });
}

/**
 * The section of that name, made where there is none.
 *
 * @returns its id in `section`; empty for no name
 */
export function nameSection(exam: Exam, name: string): { readonly exam: Exam; readonly section: string } {
  if (name === '') return { exam, section: '' };
  const known = exam.sections.find((section) => section.name === name);
  if (known !== undefined) return { exam, section: known.id };
  const ids = new Set(exam.sections.map(({ id }) => id));
  let count = ids.size + 1;
  while (ids.has(`s${count}`)) count++;
  const section = `s${count}`;
  return { exam: { ...exam, sections: [...exam.sections, { id: section, name }] }, section };
}

function withForm(question: Question, form: QuestionForm): Question {
  if (form.kind === 'rubric') return { ...question, form, points: form.most };
  // Points that came from the rubric's bubbles say nothing of another form.
  const points = question.form.kind === 'rubric' && question.points === question.form.most ? 1 : question.points;
  return { ...question, form, points };
}

/** Whether an option is marked or written makes no other option of it. */
function hasSameOptions(a: QuestionForm, b: QuestionForm): boolean {
  return JSON.stringify({ ...a, inBoxes: undefined }) === JSON.stringify({ ...b, inBoxes: undefined });
}

/**
 * The exam with other questions. Labels that are numbers by place are counted anew; versions in the exam's order go on
 * following it, shuffled ones lose what is gone and get what is new at their end.
 */
function withQuestions(exam: Exam, questions: readonly Question[]): Exam {
  const before = exam.questions.map(({ id }) => id);
  const after = questions.map(({ id }) => id);
  const gone = new Set(before.filter((id) => !after.includes(id)));
  return {
    ...exam,
    questions: labelAnew(exam.questions, questions),
    versions: exam.versions.map((version) => ({
      ...version,
      questionOrder: reorder(version, before, after),
      optionOrder: omit(version.optionOrder, gone),
    })),
    keys: Object.fromEntries(Object.entries(exam.keys).map(([letter, key]) => [letter, omit(key, gone)])),
  };
}

function reorder({ questionOrder }: ExamVersion, before: readonly string[], after: readonly string[]): string[] {
  const isPlain = questionOrder.length === before.length && questionOrder.every((id, place) => id === before[place]);
  if (isPlain) return [...after];
  const kept = questionOrder.filter((id) => after.includes(id));
  return [...kept, ...after.filter((id) => !kept.includes(id))];
}

function labelAnew(before: readonly Question[], after: readonly Question[]): Question[] {
  const counted = new Set(before.flatMap(({ id, label }, place) => (label === String(place + 1) ? [id] : [])));
  const known = new Set(before.map(({ id }) => id));
  const isCounted = ({ id }: Question) => counted.has(id) || !known.has(id);
  const taken = new Set(after.filter((question) => !isCounted(question)).map(({ label }) => label));
  return after.map((question, place) => {
    if (!isCounted(question)) return question;
    // A label that somebody typed stays: 3 and 3a where two would be 3.
    let label = String(place + 1);
    while (taken.has(label)) label += 'a';
    taken.add(label);
    return { ...question, label };
  });
}

function withoutEmptySections(exam: Exam): Exam {
  const used = new Set(exam.questions.map(({ section }) => section));
  return { ...exam, sections: exam.sections.filter(({ id }) => used.has(id)) };
}

function omit<T>(record: Readonly<Record<string, T>>, ids: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([id]) => !ids.has(id)));
}
