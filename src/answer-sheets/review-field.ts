/** A field as a person decides it: what can be marked, what its marks are called, and what a key means for it. */
import { boxLabels, planFields } from '#contract/exam-fields.ts';
import type { Exam, Question } from '#contract/exams.ts';
import type { FieldAnswer, FieldKind, ReadablePage, WrittenReading } from '#contract/sheets.ts';
import type { FieldCorrection } from '#src/store/records.ts';

export interface ReviewField {
  readonly label: string;
  readonly kind: FieldKind;
  /** In printed order. */
  readonly values: readonly string[];
  /** What stands for "nothing is marked". */
  readonly emptyValue: string;
  /** A box that is written in. */
  readonly isWritten: boolean;
}

/** @param page the page that the field was read on; without it what was read is all that is known of the field */
export function describeField(reading: FieldAnswer, page: ReadablePage | undefined): ReviewField {
  if (reading.written !== undefined) {
    const box = page?.design.written?.find(({ label }) => label === reading.label);
    const known = reading.written.alternatives.map(({ character }) => character).toSorted();
    return {
      label: reading.label,
      kind: box?.kind ?? 'single',
      values: box?.values ?? known,
      emptyValue: '',
      isWritten: true,
    };
  }
  const design = page?.design.blocks.flatMap(({ fields }) => fields).find(({ label }) => label === reading.label);
  return {
    label: reading.label,
    kind: design?.kind ?? 'single',
    values: reading.bubbles.map(({ value }) => value),
    emptyValue: design?.emptyValue ?? '',
    isWritten: false,
  };
}

/** Of characters in boxes of 12 to 16 pixels of the photo 11 in 100 are misread, of those in boxes from 25 on 2. */
const smallBoxPx = 16;

/** Whether a box shows so small in its photo that one taken from closer would be read better. */
export function isSmallBox({ corners }: Pick<WrittenReading, 'corners'>): boolean {
  const sides = corners.map(({ x, y }, at) => {
    const next = corners[(at + 1) % corners.length];
    return next === undefined ? 0 : Math.hypot(next.x - x, next.y - y);
  });
  return Math.min(...sides) < smallBoxPx;
}

/** The question that each field belongs to, by its label. The digits of a student number belong to none. */
export function mapQuestions({ questions, look }: Pick<Exam, 'questions' | 'look'>): ReadonlyMap<string, Question> {
  return new Map(
    questions.flatMap((question) =>
      planFields(question.id, question.form, look.optionSigns).map(({ label }) => [label, question] as const),
    ),
  );
}

/** The marks that a value is made of, in printed order. */
export function splitMarks(value: string, { values, emptyValue }: ReviewField): readonly string[] {
  if (value === emptyValue) return [];
  let rest = value;
  return values.filter((each) => {
    if (!rest.startsWith(each)) return false;
    rest = rest.slice(each.length);
    return true;
  });
}

/** The other way round. */
export function joinMarks(marks: readonly string[], { values, emptyValue }: ReviewField): string {
  const joined = values.filter((value) => marks.includes(value)).join('');
  return joined === '' ? emptyValue : joined;
}

/** A tap on a bubble: the only mark of a field that has one at most, one of several in others. Again, and it is gone. */
export function toggleMark(
  marks: readonly string[],
  value: string,
  { kind }: Pick<ReviewField, 'kind'>,
): readonly string[] {
  if (marks.includes(value)) return kind === 'multiple' ? marks.filter((each) => each !== value) : [];
  return kind === 'multiple' ? [...marks, value] : [value];
}

/** What counts: a person's word, or else what was read. */
export function currentValue(reading: FieldAnswer, correction: FieldCorrection | undefined): string {
  return correction?.corrected ?? reading.value;
}

export type FieldKey =
  | { readonly does: 'mark'; readonly value: string }
  | { readonly does: 'blank' | 'accept' | 'back' | 'later' };

/**
 * What a key does. A value is its own key. Space and 0 leave the field blank, unless 0 is one of its values. Where no
 * value is a digit, 1 is the first one.
 *
 * @param key as in `KeyboardEvent.key`
 */
export function readFieldKey(key: string, { values }: Pick<ReviewField, 'values'>): FieldKey | undefined {
  const own = values.find((value) => value.toLowerCase() === key.toLowerCase());
  if (own !== undefined) return { does: 'mark', value: own };
  switch (key) {
    case 'Enter':
      return { does: 'accept' };
    case ' ':
    case '0':
      return { does: 'blank' };
    case 'Backspace':
    case 'ArrowLeft':
      return { does: 'back' };
    case 'ArrowRight':
      return { does: 'later' };
  }
  const hasDigits = values.some((value) => /^\d$/.test(value));
  const nth = hasDigits || !/^[1-9]$/.test(key) ? undefined : values[Number(key) - 1];
  return nth === undefined ? undefined : { does: 'mark', value: nth };
}

/** As many as a question may have rows. */
const rowLetters = 'abcdefghijklmnopqrst';

/** What a label is called: the question's own label, with the row or the digit where it has several fields. */
export interface FieldName {
  readonly kind: 'question' | 'digit' | 'sign' | 'part' | 'number' | 'numberBox' | 'other';
  readonly label: string;
  readonly place: number;
}

/** Labels are those of `planFields` and `planNumberFields` in contract/exam-fields.ts. */
export function nameField(label: string, question: Question | undefined): FieldName {
  const [front = '', behind] = label.split('.');
  const place = Number(behind ?? 0);
  if (question === undefined) {
    const kind = `${front}.` === boxLabels.number ? 'numberBox' : front === 'number' ? 'number' : undefined;
    return kind !== undefined && place > 0 ? { kind, label, place } : { kind: 'other', label, place: 0 };
  }
  if (question.form.kind === 'given') {
    const { fields } = question.form;
    return fields.length > 1
      ? { kind: 'part', label: question.label, place: fields.indexOf(label) + 1 }
      : { kind: 'question', label: question.label, place: 0 };
  }
  if (behind === undefined) return { kind: 'question', label: question.label, place: 0 };
  if (behind === 'sign') return { kind: 'sign', label: question.label, place: 0 };
  // Rows of matching have letters on the sheet: 19a, 19b.
  if (question.form.kind === 'matching')
    return { kind: 'question', label: `${question.label}${rowLetters[place - 1] ?? ''}`, place: 0 };
  return { kind: 'digit', label: question.label, place };
}
