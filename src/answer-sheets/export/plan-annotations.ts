/** Which sign lies over which bubble, and what is written beside: what the worker draws. */
import type { AnnotatedSheet, SheetNote } from '#contract/annotations.ts';
import { findVersion, planFields } from '#contract/exam-fields.ts';
import type { Exam, Question } from '#contract/exams.ts';
import type { ReadablePage, SheetDesign, SheetRectangle } from '#contract/sheets.ts';
import type { SheetRecord } from '#src/store/records.ts';
import type { Paper, PaperScore, QuestionScore } from '../papers.ts';
import { describeField } from '../review-field.ts';
import { findRightMarks, signBox, signField } from '../sheet-overlay-signs.ts';
import { nameRightAnswer } from './name-answers.ts';

export interface MarkedSheet {
  readonly exam: Exam;
  readonly page: ReadablePage;
  readonly sheet: SheetRecord;
  readonly paper: Paper;
  readonly score: PaperScore;
  readonly heading: AnnotatedSheet['heading'];
  /** `1.5` as the language writes it. */
  readonly formatPoints: (points: number) => string;
}

/** @returns undefined where nothing was read: there is no place to draw at */
export function planAnnotations({
  exam,
  page,
  sheet,
  paper,
  score,
  heading,
  formatPoints,
}: MarkedSheet): Omit<AnnotatedSheet, 'photo'> | undefined {
  const { reading, photoSize } = sheet;
  if (reading?.found !== true || photoSize === undefined) return undefined;
  const version = findVersion(exam, page.version);
  const scores = new Map(score.questions.map((each) => [each.questionId, each]));
  const questionOf = new Map(
    exam.questions.flatMap((question) =>
      planFields(question.id, question.form, exam.look.optionSigns).map(({ label }) => [label, question] as const),
    ),
  );
  const signs = reading.fields.flatMap((field) => {
    const question = questionOf.get(field.label);
    if (question === undefined || version === undefined) return [];
    const described = describeField(field, page);
    const signed = signField({
      reading: field,
      correction: sheet.corrections[field.label],
      field: described,
      rightMarks: findRightMarks(exam, version, question, described),
      verdict: scores.get(question.id)?.verdict,
    });
    if (field.written !== undefined) {
      const sign = signBox(signed);
      return sign === undefined || sign === 'marked' ? [] : [{ sign, at: field.written.corners[2] }];
    }
    return field.bubbles.flatMap(({ center }, index) => {
      const sign = signed[index];
      return sign === undefined || sign === 'marked' ? [] : [{ sign, at: center }];
    });
  });
  const notes = exam.questions.flatMap((question): readonly SheetNote[] => {
    const text = noteQuestion(exam, paper, question, scores.get(question.id), formatPoints);
    const at = text === undefined ? undefined : placeNote(exam, page, question);
    return text === undefined || at === undefined ? [] : [{ at, text }];
  });
  return {
    photoSize,
    corners: reading.corners,
    frame: page.design.size,
    marginUnits: marginOf(page.design),
    bubbleUnits: medianWidth(bubblesOf(page.design)),
    signs,
    notes,
    heading,
  };
}

/** Our frame is the paper. That of other sheets ends at their marks, and names are written outside of it. */
function marginOf({ unit, size }: SheetDesign): number {
  return unit === 'mm' ? 0 : 0.05 * size.width;
}

/** What the signs do not say: points of what is marked by hand, of a part, and right numbers. */
function noteQuestion(
  exam: Exam,
  paper: Paper,
  question: Question,
  score: QuestionScore | undefined,
  formatPoints: (points: number) => string,
): string | undefined {
  if (score === undefined || score.verdict === 'bonus' || score.verdict === 'cancelled') return undefined;
  const { kind } = question.form;
  const points = `${formatPoints(score.points)} / ${formatPoints(score.most)}`;
  if (kind === 'free') return score.verdict === 'open' ? '?' : points;
  if (score.verdict === 'partial') return points;
  const needsAnswer = kind === 'numeric' || (kind === 'given' && question.form.fields.length > 1);
  if (!needsAnswer || (score.verdict !== 'wrong' && score.verdict !== 'blank')) return undefined;
  const right = nameRightAnswer(exam, paper.version, question);
  return right === '' ? undefined : `= ${right}`;
}

/** Right of the question's bubbles, at the first row; in the corner of a box for writing. */
function placeNote(exam: Exam, page: ReadablePage, question: Question): SheetNote['at'] | undefined {
  const box = page.boxes.find(({ kind, of }) => kind === 'answer' && of === question.id);
  const unit = medianWidth(bubblesOf(page.design));
  if (box !== undefined) return { x: box.left + box.width - 3.5 * unit, y: box.top + 1.4 * unit };
  const labels = new Set(planFields(question.id, question.form, exam.look.optionSigns).map(({ label }) => label));
  const bubbles: readonly SheetRectangle[] = [
    ...page.design.blocks
      .flatMap(({ fields }) => fields)
      .filter(({ label }) => labels.has(label))
      .flatMap((field) => field.bubbles),
    ...(page.design.written ?? []).filter(({ label }) => labels.has(label)),
  ];
  if (bubbles.length === 0) return undefined;
  const right = Math.max(...bubbles.map(({ left, width }) => left + width));
  const top = Math.min(...bubbles.map((bubble) => bubble.top + bubble.height / 2));
  return { x: right + 0.6 * unit, y: top };
}

/** Of a sheet that is only written on, the boxes. */
function bubblesOf({ blocks, written = [] }: SheetDesign): readonly SheetRectangle[] {
  const bubbles = blocks.flatMap(({ fields }) => fields.flatMap((field) => field.bubbles));
  return bubbles.length > 0 ? bubbles : written;
}

function medianWidth(bubbles: readonly SheetRectangle[]): number {
  const widths = bubbles.map(({ width, height }) => Math.min(width, height)).toSorted((a, b) => a - b);
  return widths[widths.length >> 1] ?? 1;
}
