/** The answer to each question of a paper, from the fields of its pages. */
import { composeAnswer, planFields, toFirstVersion } from '#contract/exam-fields.ts';
import type { Exam, ExamVersion, Question } from '#contract/exams.ts';
import type { ListedSheet } from '#src/store/records.ts';
import type { SettledField } from './assemble-papers-fields.ts';
import type { PaperAnswer } from './papers.ts';

/** A page that counts, with its settled fields. */
export interface CountingPage {
  readonly sheet: ListedSheet;
  readonly page: number;
  readonly fields: ReadonlyMap<string, SettledField>;
}

export interface AnsweredQuestion {
  readonly answer: PaperAnswer;
  /** Labels of the fields that a person has to look at. */
  readonly doubtful: readonly string[];
}

/** @param pages of one student and one version */
export function answerQuestion(
  exam: Exam,
  question: Question,
  labels: readonly string[],
  version: ExamVersion,
  pages: readonly CountingPage[],
): AnsweredQuestion {
  if (question.form.kind === 'free') return { answer: answerByHand(question, pages), doubtful: [] };
  const read = labels.map((label) => findField(label, pages));
  const fields = read.map((each) => each?.field);
  const composed = composeAnswer(question.form, fields);
  const known = fields.filter((field) => field !== undefined);
  const doubtful = known.filter(({ state }) => state === 'doubtful').map(({ label }) => label);
  let { state } = composed;
  if (question.form.kind === 'rubric' && (state === 'blank' || state === 'multiple')) {
    // The teacher marks these points: none or two of them are a slip, not an answer.
    const slips = known.filter((field) => !field.isSettled || field.state === 'multiple').map(({ label }) => label);
    doubtful.push(...slips);
    if (slips.length > 0) state = 'doubtful';
  } else if (state === 'doubtful' && doubtful.length === 0) {
    // Its fields are sure, but make no number: a person has to see the gap, and may leave it.
    const gap = findGap(question, known);
    if (gap?.isSettled === true) state = 'answered';
    else if (gap !== undefined) doubtful.push(gap.label);
  }
  const marked = state === 'blank' ? '' : composed.answer;
  const sheetId = read.find((each) => each !== undefined)?.page.sheet.id;
  return {
    answer: {
      questionId: question.id,
      answer: exam.shuffledBy === 'papel' ? toFirstVersion(marked, question, version, exam.look.optionSigns) : marked,
      marked,
      state,
      confidence: state === 'missing' ? 0 : Math.min(1, ...known.map(({ confidence }) => confidence)),
      ...(sheetId === undefined ? {} : { sheetId }),
      isCorrected: known.some(({ isChanged }) => isChanged),
    },
    doubtful,
  };
}

/** Labels of a question's fields. */
export function labelsOf(exam: Exam, { id, form }: Question): readonly string[] {
  return planFields(id, form, exam.look.optionSigns).map(({ label }) => label);
}

/** What a person gave for it. Which page it is on is known only where the paper has one, or once points were given. */
function answerByHand({ id }: Question, pages: readonly CountingPage[]): PaperAnswer {
  const given = pages.find(({ sheet }) => Object.hasOwn(sheet.pointsByHand, id));
  const points = given?.sheet.pointsByHand[id]?.points;
  const sheetId = (given ?? (pages.length === 1 ? pages[0] : undefined))?.sheet.id;
  const answer = points === undefined ? '' : String(points);
  return {
    questionId: id,
    answer,
    marked: answer,
    state: points === undefined ? 'blank' : 'answered',
    confidence: 1,
    ...(sheetId === undefined ? {} : { sheetId }),
    isCorrected: false,
  };
}

function findField(label: string, pages: readonly CountingPage[]) {
  for (const page of pages) {
    const field = page.fields.get(label);
    if (field !== undefined) return { field, page };
  }
  return undefined;
}

/** The first unmarked place between a number's digits, or its sign where it has no digit. */
function findGap({ form }: Question, fields: readonly SettledField[]): SettledField | undefined {
  if (form.kind !== 'numeric') return undefined;
  const places = form.sign ? fields.slice(1) : fields;
  const first = places.findIndex(({ state }) => state !== 'blank');
  if (first === -1) return fields[0];
  return places.slice(Math.min(first, form.digits)).find(({ state }) => state === 'blank');
}
