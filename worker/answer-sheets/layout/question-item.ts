import { planFields, type PlannedField } from '#contract/exam-fields.ts';
import type { SheetLook } from '#contract/exams.ts';
import type { PlannedQuestion, Position, SheetField, SheetWords } from '#contract/sheets.ts';
import {
  baselineFor,
  bubbleMm,
  drawBox,
  drawCharacterBox,
  drawField,
  drawFrame,
  greys,
  stepMm,
  writeText,
  type Sketch,
} from './sketch.ts';
import { textWidth } from './text-width.ts';

/** What all questions of a sheet share. */
export interface ItemStyle {
  readonly words: SheetWords;
  readonly signs: SheetLook['optionSigns'];
  /** Millimetres for the labels, of all questions alike so that bubbles stand in line. */
  readonly labelMm: number;
}

/** A question as it is put into a column. Lengths are millimetres. */
export interface QuestionItem {
  readonly id: string;
  /** Items of one shape can stand in the same columns without waste. */
  readonly shape: string;
  /** One row of bubbles, which stands close to the next. */
  readonly isRow: boolean;
  /** With bubbles at their usual and at their least distance. */
  readonly width: { readonly usual: number; readonly least: number };
  /** As wide as its column. */
  readonly fills: boolean;
  /** As wide as the page: a box for more than a line. */
  readonly spans: boolean;
  readonly height: number;
  /** The least height that it can be cut down to where a page is lower. */
  readonly leastHeight: number;
  /** Draws it into a rectangle of the column and returns its fields. */
  readonly draw: (sketch: Sketch, place: ItemPlace) => readonly SheetField[];
}

export interface ItemPlace extends Position {
  readonly width: number;
  readonly height: number;
  /** From one bubble's middle to the next one's. */
  readonly step: number;
}

const labelTextMm = 3.3;
const labelGapMm = 1.8;
/** Longer labels are cut. */
const mostLabelMm = 24;

/** Rows of digits stand a little closer: ten of them are one field. */
export const digitStepMm = 6.2;

export const digitBoxMm = 8;

/** From one box for a character to the next, which share a line. */
const characterStepMm = 7;

/** White between the boxes to write digits into and their bubbles. */
export const digitGapMm = 1.4;

/** White above and below what is not a row of bubbles: as much as there is in a row, so that tops are in line. */
const paddingMm = (stepMm.usual - bubbleMm) / 2;

const lineMm = 8;
const headMm = 5;

/** Room for the decimal point, and for the sign's own column. */
const pointMm = 3;

export function labelWidth(questions: readonly PlannedQuestion[]): number {
  const widest = Math.max(0, ...questions.map((question) => Math.max(...labelsOf(question).map(measureLabel))));
  return Math.min(mostLabelMm, Math.max(6, widest)) + labelGapMm;
}

function measureLabel(label: string): number {
  return textWidth(label, labelTextMm, true);
}

/** `3`, or `3a`, `3b` for the prompts of matching. */
function labelsOf({ label, form }: PlannedQuestion): readonly string[] {
  if (form.kind !== 'matching' || form.prompts === 1) return [label];
  return Array.from({ length: form.prompts }, (_, prompt) => `${label}${String.fromCodePoint(97 + prompt)}`);
}

export function planItem(question: PlannedQuestion, style: ItemStyle): QuestionItem {
  switch (question.form.kind) {
    case 'numeric':
      return question.form.inBoxes === true
        ? planWrittenRow(question, question.form.decimals, style)
        : planNumber(question, question.form, style);
    case 'single':
      return question.form.inBoxes === true ? planWrittenRow(question, 0, style) : planRows(question, style);
    case 'free':
      return planBox(question, question.form.lines, style);
    default:
      return planRows(question, style);
  }
}

function planRows(question: PlannedQuestion, { words, signs, labelMm }: ItemStyle): QuestionItem {
  const { id, form } = question;
  const fields = planFields(id, form, signs);
  const labels = labelsOf(question);
  const most = Math.max(1, ...fields.map(({ values }) => values.length));
  const isRubric = form.kind === 'rubric';
  const bubblesAt = (step: number) => labelMm + (most - 1) * step + bubbleMm;
  const widthAt = (step: number) => bubblesAt(step) + (isRubric ? labelGapMm : 0);
  const isRow = fields.length === 1 && !isRubric;
  const above = isRubric ? headMm : 0;
  const padding = isRubric ? paddingMm : 0;
  const heightAt = (row: number) => fields.length * row + above + 2 * padding;
  return {
    id,
    shape: `${isRubric ? 'rubric' : 'rows'} ${most}`,
    isRow,
    width: { usual: widthAt(stepMm.usual), least: widthAt(stepMm.least) },
    fills: false,
    spans: false,
    height: heightAt(stepMm.usual),
    leastHeight: isRow ? stepMm.usual : heightAt(stepMm.least),
    draw(sketch, { x, y, width, height, step }) {
      const rowMm = (height - above - 2 * padding) / Math.max(1, fields.length);
      if (isRubric) {
        drawFrame(sketch, { left: x, top: y + padding, width: widthAt(step), height: height - 2 * padding });
        const at = { x: x + labelMm, y: baselineFor(y + padding + headMm / 2, 2.5) };
        writeText(sketch, words.forTeacher, at, {
          heightMm: 2.5,
          grey: greys.caption,
          mostWidthMm: bubblesAt(step) - labelMm,
        });
      }
      return fields.map((field, row) => {
        const middle = y + padding + above + (row + 0.5) * rowMm;
        writeLabel(sketch, labels[row] ?? '', { x, y: middle }, labelMm);
        // A last field that is wider than its column keeps inside it.
        const fit = Math.min(step, (width - labelMm - bubbleMm) / Math.max(1, field.values.length - 1));
        const middles = field.values.map((_, at) => ({ x: x + labelMm + bubbleMm / 2 + at * fit, y: middle }));
        return drawField(
          sketch,
          field,
          middles,
          form.kind === 'true-false' ? [words.trueSign, words.falseSign] : undefined,
        );
      });
    },
  };
}

function writeLabel(sketch: Sketch, label: string, { x, y }: Position, labelMm: number): void {
  const at = { x: x + labelMm - labelGapMm, y: baselineFor(y, labelTextMm) };
  writeText(sketch, label, at, {
    heightMm: labelTextMm,
    align: 'right',
    bold: true,
    mostWidthMm: labelMm - labelGapMm,
  });
}

function planNumber(
  { id, label, form: plannedForm }: PlannedQuestion,
  form: Extract<PlannedQuestion['form'], { kind: 'numeric' }>,
  { signs, labelMm }: ItemStyle,
): QuestionItem {
  const fields = planFields(id, plannedForm, signs);
  const widthAt = (step: number) => labelMm + fields.length * step + (form.decimals > 0 ? pointMm : 0);
  const height = digitBoxMm + digitGapMm + 10 * digitStepMm + 2 * paddingMm;
  return {
    id,
    shape: `number ${fields.length}`,
    isRow: false,
    width: { usual: widthAt(stepMm.usual), least: widthAt(stepMm.least) },
    fills: false,
    spans: false,
    height,
    leastHeight: height,
    draw(sketch, { x, y, step }) {
      const top = y + paddingMm;
      writeLabel(sketch, label, { x, y: top + digitBoxMm / 2 }, labelMm);
      const firstDecimal = fields.length - form.decimals;
      return fields.map((field, at) => {
        const left = x + labelMm + at * step + (form.decimals > 0 && at >= firstDecimal ? pointMm : 0);
        if (form.decimals > 0 && at === firstDecimal) drawPoint(sketch, { x: left - pointMm / 2, y: top + digitBoxMm });
        drawFrame(sketch, { left, top, width: step, height: digitBoxMm });
        return drawDigits(sketch, field, { x: left + step / 2, y: top + digitBoxMm + digitGapMm });
      });
    },
  };
}

/** One box a character, behind a bubble for the sign where there is one. */
function planWrittenRow(
  { id, label, form }: PlannedQuestion,
  decimals: number,
  { signs, labelMm }: ItemStyle,
): QuestionItem {
  const fields = planFields(id, form, signs);
  const pointWidth = decimals > 0 ? pointMm : 0;
  const width = labelMm + fields.length * characterStepMm + pointWidth;
  const height = digitBoxMm + 2 * paddingMm;
  return {
    id,
    shape: `written ${fields.length}`,
    isRow: false,
    width: { usual: width, least: width },
    fills: false,
    spans: false,
    height,
    leastHeight: height,
    draw(sketch, { x, y }) {
      const top = y + paddingMm;
      const middle = top + digitBoxMm / 2;
      writeLabel(sketch, label, { x, y: middle }, labelMm);
      const firstDecimal = fields.length - decimals;
      return fields.flatMap((field, at) => {
        const isBehind = decimals > 0 && at >= firstDecimal;
        const left = x + labelMm + at * characterStepMm + (isBehind ? pointWidth : 0);
        if (isBehind && at === firstDecimal) drawPoint(sketch, { x: left - pointWidth / 2, y: top + digitBoxMm });
        if (field.isWritten === undefined)
          return [drawField(sketch, field, [{ x: left + characterStepMm / 2 - 0.6, y: middle }])];
        drawCharacterBox(sketch, field, { left, top, width: characterStepMm, height: digitBoxMm });
        return [];
      });
    },
  };
}

/** A printed decimal point on the line that `y` is. */
function drawPoint(sketch: Sketch, { x, y }: Position): void {
  const point = { left: x - 0.6, top: y - 1.4, width: 1.2, height: 1.2 };
  sketch.printed.push({ kind: 'ellipse', ...point, fill: { grey: greys.ink } });
}

/** A column of bubbles, its middle at `x`, its top at `y`. */
export function drawDigits(sketch: Sketch, field: PlannedField, { x, y }: Position): SheetField {
  const middles = field.values.map((_, at) => ({ x, y: y + (at + 0.5) * digitStepMm }));
  return drawField(sketch, field, middles);
}

function boxHeight(lines: number): number {
  return headMm + lines * lineMm + 2 * paddingMm;
}

function planBox({ id, label, points }: PlannedQuestion, lines: number, { words, labelMm }: ItemStyle): QuestionItem {
  return {
    id,
    shape: lines === 1 ? 'line' : 'box',
    isRow: false,
    width: { usual: 84, least: 84 },
    fills: true,
    spans: lines > 1,
    height: boxHeight(lines),
    leastHeight: boxHeight(Math.min(lines, 2)),
    draw(sketch, { x, y, width, height }) {
      const top = y + paddingMm;
      writeLabel(sketch, label, { x, y: top + headMm / 2 }, labelMm);
      const caption = { x: x + width, y: baselineFor(top + headMm / 2, 2.7) };
      writeText(sketch, `${words.points}: ____ / ${points}`, caption, {
        heightMm: 2.7,
        align: 'right',
        grey: greys.caption,
        mostWidthMm: width - labelMm,
      });
      const box = { left: x, top: top + headMm, width, height: height - headMm - 2 * paddingMm };
      drawBox(sketch, { kind: 'answer', of: id, ...box });
      for (let line = 1; line * lineMm < box.height - 1; line++) {
        const lineY = box.top + line * lineMm;
        sketch.printed.push({
          kind: 'line',
          from: { x: box.left + 2, y: lineY },
          to: { x: box.left + box.width - 2, y: lineY },
          grey: greys.rule,
          widthMm: 0.2,
        });
      }
      return [];
    },
  };
}
