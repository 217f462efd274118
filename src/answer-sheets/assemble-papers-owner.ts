/** Whose a sheet is, and what may be wrong about it. */
import { boxLabels } from '#contract/exam-fields.ts';
import type { Exam, ExamVersion, Roster, Student } from '#contract/exams.ts';
import type { CountingPage } from './assemble-papers-answers.ts';
import { keepUnchanged } from './keep-unchanged.ts';
import {
  boxedNumber,
  doNumbersDiffer,
  joinNumbers,
  listPlaces,
  markedNumber,
  readStudentNumber,
  type NumberFields,
  type ReadNumber,
  type StudentMatcher,
} from './match-students.ts';
import { matchWrittenName, matchWrittenNumber, sureFrom, type StudentChance } from './match-written.ts';
import type { Doubt, SheetProblem } from './papers.ts';

/** A readable sheet and whose it seems to be. */
export interface OwnedPage extends CountingPage {
  readonly version: ExamVersion;
  readonly key: string;
  readonly student: Student | undefined;
  readonly number: ReadNumber;
  /** By what is written in boxes, where the sheet has some for the number. */
  readonly likely: StudentChance | undefined;
  /** By the name in boxes. */
  readonly named: StudentChance | undefined;
  /** As shown: what the code says, or what was marked. */
  readonly numberRead: string;
}

interface JudgedAgainst extends Owners {
  readonly exam: Exam;
  /** Keys of those who have a sheet. */
  readonly present: ReadonlySet<string>;
}

interface Owners {
  readonly matcher: StudentMatcher;
  readonly roster: Roster | undefined;
  /** The same text for the same students. */
  readonly rosterSign: string | undefined;
}

interface Chances {
  readonly likely: StudentChance | undefined;
  readonly named: StudentChance | undefined;
}

/** Each sheet is compared with the whole list, which is done again only when either has changed. */
const keepChances = keepUnchanged<Chances>();

export function findOwner(
  page: CountingPage & { readonly version: ExamVersion },
  { matcher, roster, rosterSign }: Owners,
): OwnedPage {
  const { sheet, fields } = page;
  const said = numberFieldsOf(page);
  const read = readStudentNumber(said);
  const printed = sheet.identity?.student;
  const number = printed === undefined ? read : { digits: printed, places: printed };
  const byHand = sheet.studentByHand === undefined ? undefined : matcher.findById(sheet.studentByHand);
  const isWritten = printed === undefined && said.some(({ written }) => written !== undefined);
  const { likely, named } = keepChances(sheet, [rosterSign], () => ({
    likely: isWritten ? matchWrittenNumber(said, roster) : undefined,
    named: printed === undefined ? matchWrittenName(listPlaces(fields, boxLabels.name), roster) : undefined,
  }));
  const found = matcher.find(number.digits);
  // Chances that were kept name a student of the list as it was read before: the same one, another object.
  const isFound = likely !== undefined && likely.student.id === found?.id;
  const isLikely = !isWritten || (isFound && likely.probability >= sureFrom);
  const student = byHand ?? (isLikely ? found : undefined);
  // A number that may as well be another's is nobody's for now.
  const isSure = number.digits !== '' && !number.digits.includes('?') && (found === undefined || isLikely);
  return {
    ...page,
    student,
    number,
    likely,
    named,
    numberRead: student !== undefined || isSure ? number.digits : number.digits === '' ? '' : number.places,
    key: student?.id ?? (isSure ? `number:${number.digits}` : `sheet:${sheet.id}`),
  };
}

/** On a sheet that was printed for somebody, the number is printed in the boxes, too: only bubbles say something of their own. */
function numberFieldsOf({ sheet, fields }: Pick<CountingPage, 'sheet' | 'fields'>): NumberFields {
  const marked = markedNumber(fields);
  return sheet.identity?.student === undefined ? joinNumbers(marked, boxedNumber(fields)) : marked;
}

export function judgeOwner(page: OwnedPage, against: JudgedAgainst): readonly SheetProblem[] {
  const { sheet, student } = page;
  const unread = hasUnread(page) ? [{ kind: 'boxes-unread', sheetId: sheet.id } as const] : [];
  if (sheet.studentByHand !== undefined && student?.id === sheet.studentByHand) return unread;
  return [...unread, ...(student === undefined ? judgeNobody(page, against) : judgeStudent(page, student, against))];
}

function hasUnread({ sheet, fields }: OwnedPage): boolean {
  // Whose it is was printed on it: what is written in those boxes is print, and not asked for.
  const isAsked = (label: string) =>
    sheet.identity?.student === undefined || !Object.values(boxLabels).some((prefix) => label.startsWith(prefix));
  return [...fields.values()].some(
    ({ label, written, isSettled }) => written?.state === 'unread' && !isSettled && isAsked(label),
  );
}

function judgeStudent(
  { sheet, fields, named }: OwnedPage,
  student: Student,
  { matcher }: JudgedAgainst,
): readonly SheetProblem[] {
  const sheetId = sheet.id;
  const marked = readStudentNumber(markedNumber(fields)).digits;
  if (sheet.identity?.student !== undefined) {
    const numbered = matcher.find(marked);
    return numbered === undefined || numbered.id === student.id
      ? []
      : [{ kind: 'number-differs', sheetId, student, numbered }];
  }
  const differing = judgeDifferingBoxes(sheetId, fields, matcher);
  if (differing.length > 0) return differing;
  return named === undefined || named.student.id === student.id || named.probability < sureFrom
    ? []
    : [{ kind: 'name-differs', sheetId, student, named: named.student }];
}

function judgeDifferingBoxes(
  sheetId: string,
  fields: CountingPage['fields'],
  matcher: StudentMatcher,
): readonly SheetProblem[] {
  const [bubbles, boxes] = [markedNumber(fields), boxedNumber(fields)];
  if (!doNumbersDiffer(bubbles, boxes)) return [];
  const [marked, boxed] = [readStudentNumber(bubbles).digits, readStudentNumber(boxes).digits];
  const students = [...new Set([matcher.find(marked), matcher.find(boxed)])].filter((each) => each !== undefined);
  return [{ kind: 'boxes-differ', sheetId, marked, boxed, students }];
}

function judgeNobody(
  { sheet, number, numberRead, fields, likely, named }: OwnedPage,
  { exam, roster, matcher, present }: JudgedAgainst,
): readonly SheetProblem[] {
  const sheetId = sheet.id;
  const differing = sheet.identity?.student === undefined ? judgeDifferingBoxes(sheetId, fields, matcher) : [];
  if (differing.length > 0) return differing;
  const byName = named && { kind: 'student-by-name' as const, sheetId, numberRead, ...proposalOf(named) };
  if (number.digits === '') {
    if (byName !== undefined) return [byName];
    // Nobody can say whose it is where there is no list and no number was asked for.
    const isAsked = exam.look.studentNumber.form !== 'none';
    return roster !== undefined || isAsked ? [{ kind: 'number-missing', sheetId }] : [];
  }
  if (roster === undefined) return number.digits.includes('?') ? [{ kind: 'number-unsure', sheetId, numberRead }] : [];
  if (likely !== undefined && matcher.find(number.digits)?.id === likely.student.id)
    return [{ kind: 'student-likely', sheetId, numberRead: number.digits, ...proposalOf(likely) }];
  // On a sheet that was printed for somebody else, the marked number may say more.
  const marked = matcher.find(readStudentNumber(markedNumber(fields)).digits);
  if (likely !== undefined && marked === undefined)
    return [{ kind: 'student-unknown', sheetId, numberRead, ...proposalOf(likely) }];
  const proposal = marked ?? chooseNear(matcher.findNear(number), present);
  return proposal === undefined && byName !== undefined
    ? [byName]
    : [{ kind: 'student-unknown', sheetId, numberRead, proposal }];
}

function proposalOf({ student, probability }: StudentChance) {
  return { proposal: student, probability };
}

/** Of several that are near, the only one without a sheet. */
function chooseNear(near: readonly Student[], present: ReadonlySet<string>): Student | undefined {
  const candidates = near.length === 1 ? near : near.filter(({ id }) => !present.has(id));
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Digits that are not sure matter only while they are all that says whose the sheet is. */
export function doubtsOfNumber(page: OwnedPage): readonly Doubt[] {
  const { sheet, student } = page;
  if (student !== undefined || sheet.identity?.student !== undefined) return [];
  return numberFieldsOf(page).flatMap(({ label, state, confidence }) =>
    state === 'doubtful' ? [{ sheetId: sheet.id, label, question: undefined, confidence }] : [],
  );
}
