/** What is marked by hand, question by question, so that one question is judged alike in all papers. Pure. */
import type { Exam, Question } from '#contract/exams.ts';
import type { ReadablePage, SheetRectangle } from '#contract/sheets.ts';
import type { ListedSheet } from '#src/store/records.ts';

export interface HandMarkedItem {
  readonly sheetId: string;
  /** Where it was written, in units of the sheet's design. */
  readonly box: SheetRectangle;
  readonly points: number | undefined;
}

export interface HandMarkedQuestion {
  readonly question: Question;
  readonly items: readonly HandMarkedItem[];
}

/** @returns questions with a box for writing, in the exam's order, each with the sheets that have it, as they came */
export function listHandMarked(
  exam: Exam,
  sheets: readonly ListedSheet[],
  pageOf: (sheet: ListedSheet) => ReadablePage | undefined,
): readonly HandMarkedQuestion[] {
  const counting = sheets.filter(({ isSetAside, reading }) => !isSetAside && reading?.found === true);
  return exam.questions
    .filter(({ form }) => form.kind === 'free')
    .map((question) => ({
      question,
      items: counting.flatMap((sheet) => {
        const box = pageOf(sheet)?.boxes.find(({ kind, of }) => kind === 'answer' && of === question.id);
        return box === undefined ? [] : [{ sheetId: sheet.id, box, points: sheet.pointsByHand[question.id]?.points }];
      }),
    }))
    .filter(({ items }) => items.length > 0);
}

export interface HandPlace {
  readonly questionId: string;
  readonly sheetId: string;
}

/** The first one without points after this place, in this question and then in the next ones; from the top at the end. */
export function findUnmarked(
  questions: readonly HandMarkedQuestion[],
  after: HandPlace | undefined,
): HandPlace | undefined {
  const all = listPlaces(questions);
  const start = after === undefined ? 0 : all.findIndex((place) => isAt(place, after)) + 1;
  return [...all.slice(start), ...all.slice(0, start)].find(
    (place) => place.points === undefined && !(after !== undefined && isAt(place, after)),
  );
}

/** The place so many steps from this one, whether it has points or not; undefined beyond either end. */
export function stepFrom(questions: readonly HandMarkedQuestion[], from: HandPlace, by: number): HandPlace | undefined {
  const all = listPlaces(questions);
  const at = all.findIndex((place) => isAt(place, from));
  return at === -1 ? undefined : all[at + by];
}

function listPlaces(questions: readonly HandMarkedQuestion[]) {
  return questions.flatMap(({ question, items }) =>
    items.map(({ sheetId, points }) => ({ questionId: question.id, sheetId, points })),
  );
}

function isAt(a: HandPlace, b: HandPlace): boolean {
  return a.questionId === b.questionId && a.sheetId === b.sheetId;
}

/** Points that have a key each: all whole ones, as long as one digit says them. */
export function listPointKeys(most: number): readonly number[] | undefined {
  return most <= 9 ? Array.from({ length: Math.floor(most) + 1 }, (_, points) => points) : undefined;
}
