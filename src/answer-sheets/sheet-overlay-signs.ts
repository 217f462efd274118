/** What is drawn over each bubble of a sheet: right, wrong, missed, not decided yet. Pure. */
import type { BubbleSign } from '#contract/annotations.ts';
import { fromFirstVersion, planFields } from '#contract/exam-fields.ts';
import type { Exam, ExamVersion, Question } from '#contract/exams.ts';
import type { FieldReading } from '#contract/sheets.ts';
import type { FieldCorrection } from '#src/store/records.ts';
import type { Verdict } from './papers.ts';
import { type ReviewField, currentValue, splitMarks } from './review-field.ts';

/** `marked`: counts, but is neither right nor wrong, such as a digit of the student's number. */
export type FieldSign = BubbleSign | 'marked';

/**
 * The marks of one field that the key asks for, as they lie on this version's sheet.
 *
 * @returns undefined where the key does not say it mark by mark: numbers, rubrics, questions without a key
 */
export function findRightMarks(
  exam: Exam,
  version: ExamVersion,
  question: Question,
  field: ReviewField,
): ReadonlySet<string> | undefined {
  const { form } = question;
  if (form.kind === 'numeric' || form.kind === 'rubric' || form.kind === 'free') return undefined;
  const keys = exam.keys[exam.shuffledBy === 'own' ? version.letter : 'A'];
  const accepted = keys?.[question.id]?.accepted ?? [];
  if (accepted.length === 0) return undefined;
  const signs = exam.look.optionSigns;
  const right = accepted.map(({ answer }) =>
    exam.shuffledBy === 'papel' ? fromFirstVersion(answer, question, version, signs) : answer,
  );
  if (form.kind === 'matching') {
    const prompt = planFields(question.id, form, signs).findIndex(({ label }) => label === field.label);
    return new Set(right.flatMap((answer) => answer[prompt] ?? []).filter((mark) => mark !== '-'));
  }
  // An imported question of several fields has its answer put together from all of them.
  if (form.kind === 'given' && form.fields.length > 1) return undefined;
  return new Set(right.flatMap((answer) => splitMarks(answer, field)));
}

interface SignedField {
  readonly reading: FieldReading;
  readonly correction: FieldCorrection | undefined;
  readonly field: ReviewField;
  readonly rightMarks: ReadonlySet<string> | undefined;
  /** Of its question; undefined where it belongs to none, or to nobody yet. */
  readonly verdict: Verdict | undefined;
}

/** One for each bubble, in printed order; undefined where nothing is drawn. */
export function signField({
  reading,
  correction,
  field,
  rightMarks,
  verdict,
}: SignedField): readonly (FieldSign | undefined)[] {
  const isOpen = reading.state === 'doubtful' && correction === undefined;
  const marks = splitMarks(currentValue(reading, correction), field);
  const countsMarks = verdict !== undefined && verdict !== 'cancelled' && verdict !== 'bonus';
  return field.values.map((value) => {
    const isMarked = marks.includes(value);
    if (isOpen) return isMarked || marks.length === 0 ? 'open' : undefined;
    if (!countsMarks) return isMarked ? 'marked' : undefined;
    if (rightMarks === undefined) {
      if (!isMarked) return undefined;
      return verdict === 'right' ? 'right' : verdict === 'wrong' ? 'wrong' : 'marked';
    }
    if (isMarked) return rightMarks.has(value) ? 'right' : 'wrong';
    return verdict !== 'right' && rightMarks.has(value) ? 'missed' : undefined;
  });
}

/** The one sign of a box, of those of all characters that may be in it. */
export function signBox(signs: readonly (FieldSign | undefined)[]): FieldSign | undefined {
  return signs.find((sign) => sign !== undefined && sign !== 'missed') ?? signs.find((sign) => sign !== undefined);
}
