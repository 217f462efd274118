/** Which fields of a printed sheet a question has, what their bubbles say, and how their values make an answer. */
import {
  versionLetters,
  type Exam,
  type ExamVersion,
  type Question,
  type QuestionForm,
  type SheetLook,
  type VersionLetter,
} from './exams.ts';
import { capitals } from './handwriting.ts';
import type { FieldKind, FieldState } from './sheets.ts';

const letters = 'ABCDEFGHIJ';
const digits = '1234567890';
const decimalDigits = Array.from('0123456789');

/** A field as the sheet prints it: `values` in printed order. */
export interface PlannedField {
  readonly label: string;
  readonly kind: FieldKind;
  readonly values: readonly string[];
  /** Written by hand into a box instead of marked: `values` are the characters that may be in it. */
  readonly isWritten?: true;
}

const byHand = { isWritten: true } as const;

/** Fields of a question in reading order; none for what is written freely. Labels begin with the question's id. */
export function planFields(id: string, form: QuestionForm, signs: SheetLook['optionSigns']): readonly PlannedField[] {
  const options = (count: number) => Array.from((signs === 'letters' ? letters : digits).slice(0, count));
  switch (form.kind) {
    case 'single':
      return [{ label: id, kind: 'single', values: options(form.options), ...(form.inBoxes === true ? byHand : {}) }];
    case 'multiple':
      return [{ label: id, kind: 'multiple', values: options(form.options) }];
    case 'true-false':
      return [{ label: id, kind: 'single', values: ['T', 'F'] }];
    case 'matching':
      return Array.from({ length: form.prompts }, (_, prompt) => ({
        label: `${id}.${prompt + 1}`,
        kind: 'single' as const,
        values: options(form.options),
      }));
    case 'numeric':
      return [
        ...(form.sign ? [{ label: `${id}.sign`, kind: 'multiple' as const, values: ['-'] }] : []),
        ...Array.from({ length: form.digits + form.decimals }, (_, place) => ({
          label: `${id}.${place + 1}`,
          kind: 'digits' as const,
          values: decimalDigits,
          // The sign stays a bubble: a short dash is no character that could be told from a slip of the pen.
          ...(form.inBoxes === true ? byHand : {}),
        })),
      ];
    case 'rubric':
      return [
        { label: id, kind: 'single', values: Array.from({ length: form.most + 1 }, (_, points) => String(points)) },
      ];
    case 'given':
      return form.fields.map((label) => ({
        label,
        kind: form.multiple ? ('multiple' as const) : ('single' as const),
        values: form.values,
      }));
    case 'free':
      break;
  }
  return [];
}

/** Fields of the student number as bubbles, a digit each. */
export function planNumberFields({ form, digits: count }: SheetLook['studentNumber']): readonly PlannedField[] {
  if (form !== 'bubbles' && form !== 'both') return [];
  return Array.from({ length: count }, (_, place) => ({
    label: `number.${place + 1}`,
    kind: 'digits' as const,
    values: decimalDigits,
  }));
}

/** Fields of the student number as boxes to write in, a digit each. */
export function planNumberBoxes({ form, digits: count }: SheetLook['studentNumber']): readonly PlannedField[] {
  if (form !== 'boxes' && form !== 'both') return [];
  return Array.from({ length: count }, (_, place) => ({
    label: `${boxLabels.number}${place + 1}`,
    kind: 'digits' as const,
    values: decimalDigits,
    ...byHand,
  }));
}

/** Fields of a name in as many boxes as there is room for. */
export function planNameBoxes(count: number): readonly PlannedField[] {
  return Array.from({ length: count }, (_, place) => ({
    label: `${boxLabels.name}${place + 1}`,
    kind: 'single' as const,
    values: Array.from(capitals),
    ...byHand,
  }));
}

/** What labels of these boxes begin with; places follow, from 1. */
export const boxLabels = { number: 'numberBox.', name: 'nameBox.' } as const;

/** `missing`: its page was not read. */
export type AnswerState = 'answered' | 'blank' | 'multiple' | 'doubtful' | 'missing';

export interface FieldValue {
  readonly value: string;
  readonly state: FieldState;
}

export interface ComposedAnswer {
  /** As printed on the sheet's own version. */
  readonly answer: string;
  readonly state: AnswerState;
}

/**
 * Puts the values of a question's fields together. A number with a gap between its digits is doubtful; so is any answer
 * with a doubtful field. Matching writes `-` for a prompt without a mark.
 *
 * @param values of the fields of `planFields`, in their order; `undefined` for one that was not read
 */
export function composeAnswer(form: QuestionForm, values: readonly (FieldValue | undefined)[]): ComposedAnswer {
  if (values.length === 0) return { answer: '', state: 'blank' };
  const read = values.filter((value) => value !== undefined);
  if (read.length < values.length) return { answer: '', state: 'missing' };
  const answer = form.kind === 'numeric' ? joinNumber(form, read) : joinValues(form, read);
  if (read.some(({ state }) => state === 'doubtful') || answer === undefined)
    return { answer: answer ?? read.map(({ value }) => value || ' ').join(''), state: 'doubtful' };
  const several = form.kind !== 'multiple' && !(form.kind === 'given' && form.multiple);
  if (several && read.some(({ state }) => state === 'multiple')) return { answer, state: 'multiple' };
  return { answer, state: read.every(({ state }) => state === 'blank') ? 'blank' : 'answered' };
}

function joinValues(form: QuestionForm, read: readonly FieldValue[]): string {
  if (form.kind !== 'matching') return read.map(({ value }) => value).join('');
  if (read.every(({ value }) => value === '')) return '';
  return read.map(({ value }) => (value.length === 1 ? value : value === '' ? '-' : '*')).join('');
}

/** @returns the number as it is typed, without zeros that say nothing; `undefined` where a digit is missing between others. */
function joinNumber(form: Extract<QuestionForm, { kind: 'numeric' }>, read: readonly FieldValue[]): string | undefined {
  const [sign, places] = form.sign ? [read[0]?.value ?? '', read.slice(1)] : ['', read];
  const whole = places.slice(0, form.digits).map(({ value }) => value);
  const behind = places.slice(form.digits).map(({ value }) => value);
  const written = [...whole, ...behind];
  if (written.every((digit) => digit === '')) return sign === '' ? '' : undefined;
  if (written.some((digit) => digit.length > 1)) return written.map((digit) => digit || ' ').join('');
  const start = whole.findIndex((digit) => digit !== '');
  // Whole numbers are also written from the left: without a printed point, only a blank between digits is a gap.
  const stop = form.decimals === 0 ? whole.findLastIndex((digit) => digit !== '') + 1 : whole.length;
  const numberWhole = start === -1 ? [] : whole.slice(start, stop);
  const end = behind.findLastIndex((digit) => digit !== '');
  const numberBehind = behind.slice(0, end + 1);
  if (numberWhole.includes('') || numberBehind.includes('')) return undefined;
  const front = numberWhole.join('').replace(/^0+(?=\d)/, '') || '0';
  const back = numberBehind.join('').replace(/0+$/, '');
  const number = back === '' ? front : `${front}.${back}`;
  return number === '0' ? number : `${sign}${number}`;
}

export function findVersion(exam: Exam, letter: string): ExamVersion | undefined {
  return exam.versions.find((version) => version.letter === letter);
}

/** Questions of a version in printed order. */
export function orderQuestions(exam: Exam, version: ExamVersion): readonly Question[] {
  const byId = new Map(exam.questions.map((question) => [question.id, question]));
  return version.questionOrder.flatMap((id) => byId.get(id) ?? []);
}

/**
 * An answer as it is marked on a version's sheet, said in the options of version A. Only single and multiple choice and
 * matching have options to shuffle.
 */
export function toFirstVersion(
  answer: string,
  question: Question,
  version: ExamVersion,
  signs: SheetLook['optionSigns'],
): string {
  return mapOptions(answer, question, version, signs, (order, place) => order[place]);
}

/** The other way round: what an answer of version A looks like on a version's sheet. */
export function fromFirstVersion(
  answer: string,
  question: Question,
  version: ExamVersion,
  signs: SheetLook['optionSigns'],
): string {
  return mapOptions(answer, question, version, signs, (order, option) => order.indexOf(option));
}

function mapOptions(
  answer: string,
  { id, form }: Question,
  { optionOrder }: ExamVersion,
  signs: SheetLook['optionSigns'],
  map: (order: readonly number[], at: number) => number | undefined,
): string {
  const order = Object.hasOwn(optionOrder, id) ? optionOrder[id] : undefined;
  if (order === undefined || !['single', 'multiple', 'matching'].includes(form.kind)) return answer;
  const alphabet = signs === 'letters' ? letters : digits;
  const mapped = Array.from(answer, (sign) => alphabet[map(order, alphabet.indexOf(sign)) ?? -1] ?? sign);
  // Several marks are written in the order of the options.
  if (form.kind !== 'matching') mapped.sort((a, b) => alphabet.indexOf(a) - alphabet.indexOf(b));
  return mapped.join('');
}

/** A version with everything as in the exam's own order. */
export function plainVersion(exam: Pick<Exam, 'questions'>, letter: VersionLetter = versionLetters[0]): ExamVersion {
  return { letter, questionOrder: exam.questions.map(({ id }) => id), optionOrder: {} };
}
