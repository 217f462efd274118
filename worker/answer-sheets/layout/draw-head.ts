import { planNumberFields } from '#contract/exam-fields.ts';
import type { SheetPlan, SheetRectangle } from '#contract/sheets.ts';
import type { HeadSize } from './flow-questions.ts';
import { digitBoxMm, digitGapMm, digitStepMm, drawDigits } from './question-item.ts';
import type { PaperFrame } from './paper-frame.ts';
import { baselineFor, bubbleMm, drawBox, greys, stepMm, writeText, type Sketch } from './sketch.ts';
import { textWidth, wrapText } from './text-width.ts';

const captionMm = 2.4;
const captionRowMm = 4;
const boxMm = 11;
const gapMm = 4;

/** Beside the number there is room for a name. */
const leastNameMm = 70;

/** From here on name and section have room beside each other. */
const leastBothMm = 80;

export interface Heading {
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly head: HeadSize;
}

/** What a page's head takes, for the questions to flow around. */
export interface Head {
  readonly bottom: number;
  readonly taken: readonly SheetRectangle[];
}

/**
 * Title, version and page between the marks of the top edge; below, name, section and number beside the code. Every page has it,
 * as pages get separated.
 */
export function drawHead(sketch: Sketch, plan: SheetPlan, frame: PaperFrame, heading: Heading): Head {
  drawTitle(sketch, plan, frame, heading);
  const { content, code } = frame;
  const codeBottom = code.top + code.height;
  const { studentNumber } = plan.look;
  const fields = heading.head === 'compact' ? [] : planNumberFields(studentNumber);
  const leftOf = (right: number) => right - gapMm - content.left;
  const left = { x: content.left, y: content.top };
  if (fields.length === 0) {
    let bottom = drawWho(sketch, plan, left, leftOf(code.left));
    if (studentNumber.form !== 'none') {
      const step = Math.min(stepMm.usual, leftOf(code.left) / studentNumber.digits);
      drawNumberBoxes(sketch, plan, { x: left.x, y: bottom }, step);
      bottom += captionRowMm + digitBoxMm + gapMm / 2;
    }
    bottom = drawInstruction(sketch, plan, { x: left.x, y: bottom }, leftOf(code.left));
    return { bottom: Math.max(bottom, codeBottom), taken: [] };
  }
  const height = captionRowMm + digitBoxMm + digitGapMm + 10 * digitStepMm;
  const beside = [stepMm.usual, stepMm.least].find(
    (step) => leftOf(code.left - gapMm - fields.length * step) >= leastNameMm,
  );
  const step = beside ?? stepMm.least;
  const width = fields.length * step;
  const place =
    beside === undefined
      ? { left: content.left + content.width - width, top: codeBottom }
      : { left: code.left - gapMm - width, top: content.top };
  drawNumberBoxes(sketch, plan, { x: place.left, y: place.top }, step);
  sketch.blocks.push({
    name: 'number',
    fields: fields.map((field, at) =>
      drawDigits(sketch, field, {
        x: place.left + (at + 0.5) * step,
        y: place.top + captionRowMm + digitBoxMm + digitGapMm,
      }),
    ),
  });
  const number = { ...place, width, height };
  const who = drawWho(sketch, plan, left, leftOf(beside === undefined ? code.left : place.left));
  const bottom = drawInstruction(sketch, plan, { x: left.x, y: who }, leftOf(place.left));
  if (beside === undefined) return { bottom, taken: [code, number] };
  return { bottom: Math.max(bottom, codeBottom, place.top + height), taken: [] };
}

function drawTitle(sketch: Sketch, plan: SheetPlan, { title: strip }: PaperFrame, { page, pages }: Heading): void {
  const isNarrow = strip.width < 130;
  const heightMm = isNarrow ? 4.2 : 5;
  const small = isNarrow ? 2.7 : 3.1;
  const right = strip.left + strip.width;
  const upper = strip.top + 0.8 * heightMm;
  const lower = strip.top + strip.height - 0.8;
  const version = plan.namesVersion ? `${plan.words.version} ${plan.version}` : '';
  const count = pages > 1 ? `${plan.words.page} ${page} / ${pages}` : '';
  const room = (text: string, height: number, bold: boolean) =>
    strip.width - (text === '' ? 0 : textWidth(text, height, bold) + gapMm);
  writeText(
    sketch,
    plan.title,
    { x: strip.left, y: upper },
    {
      heightMm,
      bold: true,
      mostWidthMm: room(version, heightMm, true),
    },
  );
  writeText(sketch, version, { x: right, y: upper }, { heightMm, bold: true, align: 'right' });
  const about = [plan.subject, plan.className, plan.date].filter((text) => text !== '').join('  ·  ');
  writeText(
    sketch,
    about,
    { x: strip.left, y: lower },
    {
      heightMm: small,
      grey: greys.caption,
      mostWidthMm: room(count, small, false),
    },
  );
  writeText(sketch, count, { x: right, y: lower }, { heightMm: small, align: 'right' });
}

/** Boxes for name and section, beside each other where there is room. @returns the y below them */
function drawWho(sketch: Sketch, plan: SheetPlan, { x, y }: { x: number; y: number }, width: number): number {
  const { nameBox, sectionBox } = plan.look;
  const isWide = nameBox && sectionBox && width >= leastBothMm;
  const nameWidth = isWide ? width * 0.66 : width;
  let top = y;
  if (nameBox) {
    drawCaptionedBox(sketch, plan.words.name, 'name', { left: x, top, width: nameWidth, height: boxMm });
    if (!isWide) top += boxMm + gapMm / 2;
  }
  if (sectionBox) {
    const left = isWide ? x + nameWidth + gapMm / 2 : x;
    drawCaptionedBox(sketch, plan.words.section, 'section', { left, top, width: x + width - left, height: boxMm });
    if (!isWide) top += boxMm + gapMm / 2;
  }
  return isWide ? top + boxMm + gapMm / 2 : top;
}

function drawCaptionedBox(sketch: Sketch, caption: string, kind: 'name' | 'section', place: SheetRectangle): void {
  drawBox(sketch, { kind, of: kind, ...place });
  writeText(
    sketch,
    caption,
    { x: place.left + 1.4, y: place.top + 3 },
    {
      heightMm: captionMm,
      grey: greys.caption,
      mostWidthMm: place.width - 2.8,
    },
  );
}

function drawNumberBoxes(sketch: Sketch, plan: SheetPlan, { x, y }: { x: number; y: number }, step: number): void {
  const { digits } = plan.look.studentNumber;
  writeText(
    sketch,
    plan.words.studentNumber,
    { x, y: y + 2.8 },
    {
      heightMm: captionMm,
      grey: greys.caption,
      mostWidthMm: digits * step,
    },
  );
  for (let at = 0; at < digits; at++) {
    const place = { left: x + at * step, top: y + captionRowMm, width: step, height: digitBoxMm };
    drawBox(sketch, { kind: 'digit', of: String(at), ...place });
  }
}

/**
 * A filled bubble and how to mark. Takes the same room whatever the words are: a sheet printed in one language is read in another.
 *
 * @returns the y below it
 */
function drawInstruction(sketch: Sketch, plan: SheetPlan, { x, y }: { x: number; y: number }, width: number): number {
  const heightMm = 2.9;
  const lineMm = 4;
  const textLeft = x + bubbleMm + 2;
  const count = width >= 100 ? 2 : width >= 55 ? 3 : 6;
  const lines = wrapText(plan.words.howToMark, heightMm, x + width - textLeft, count);
  sketch.printed.push({
    kind: 'ellipse',
    left: x + 0.3,
    top: y + (lineMm - bubbleMm) / 2 + 0.5,
    width: bubbleMm,
    height: bubbleMm,
    fill: { grey: greys.ink },
  });
  lines.forEach((line, at) => {
    const at0 = { x: textLeft, y: baselineFor(y + 0.5 + (at + 0.5) * lineMm, heightMm) };
    writeText(sketch, line, at0, { heightMm, mostWidthMm: x + width - textLeft });
  });
  return y + count * lineMm + 1;
}
