import { planNameBoxes, planNumberBoxes, planNumberFields } from '#contract/exam-fields.ts';
import type { Position, SheetPlan, SheetRectangle } from '#contract/sheets.ts';
import type { HeadSize } from './flow-questions.ts';
import { digitBoxMm, digitGapMm, digitStepMm, drawDigits } from './question-item.ts';
import type { PaperFrame } from './paper-frame.ts';
import { baselineFor, bubbleMm, drawBox, drawCharacterBox, greys, stepMm, writeText, type Sketch } from './sketch.ts';
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
  if (beside === undefined) {
    const y = drawWho(sketch, plan, left, leftOf(code.left));
    return {
      bottom: drawInstruction(sketch, plan, { x: left.x, y }, leftOf(place.left)),
      taken: [code, number],
    };
  }
  // Beside the bubbles there is room for examples.
  const y = drawWho(sketch, plan, left, leftOf(place.left), true);
  const bottom = drawHowToMark(sketch, plan, { x: left.x, y }, leftOf(place.left));
  drawExamples(sketch, { x: left.x, y: bottom + 1 });
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

/**
 * Boxes for name and section, beside each other where that leaves room to write, unless there is height enough.
 *
 * @returns the y below them
 */
function drawWho(sketch: Sketch, plan: SheetPlan, { x, y }: Position, width: number, isHigh = false): number {
  const { nameBox, nameInBoxes, sectionBox } = plan.look;
  const isSpelt = nameBox && nameInBoxes === true;
  const isWide = !isHigh && !isSpelt && nameBox && sectionBox && width >= leastBothMm;
  const nameWidth = isWide ? width * 0.66 : width;
  let top = y;
  if (isSpelt) {
    drawNameBoxes(sketch, plan, { x, y }, width);
    top += captionRowMm + digitBoxMm + gapMm / 2;
  } else if (nameBox) {
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

/** Longer names are cut off, and found in the class list all the same. */
const mostNameBoxes = 24;

/** As many boxes for characters as there is room for. */
function drawNameBoxes(sketch: Sketch, { words }: SheetPlan, { x, y }: Position, width: number): void {
  const fields = planNameBoxes(Math.min(mostNameBoxes, Math.floor(width / stepMm.least)));
  const row = { left: x, top: y + captionRowMm, width: fields.length * stepMm.least, height: digitBoxMm };
  writeBoxCaption(sketch, words.name, { x, y }, row.width);
  fields.forEach((field, at) =>
    drawCharacterBox(sketch, field, { ...row, left: x + at * stepMm.least, width: stepMm.least }),
  );
  // One place for a name that is printed.
  sketch.boxes.push({ kind: 'name', of: 'name', ...row });
}

function writeBoxCaption(sketch: Sketch, caption: string, { x, y }: Position, width: number): void {
  const look = { heightMm: captionMm, grey: greys.caption, mostWidthMm: width } as const;
  writeText(sketch, caption, { x, y: y + 2.8 }, look);
}

function drawNumberBoxes(sketch: Sketch, plan: SheetPlan, { x, y }: Position, step: number): void {
  const { digits } = plan.look.studentNumber;
  const fields = planNumberBoxes(plan.look.studentNumber);
  writeBoxCaption(sketch, plan.words.studentNumber, { x, y }, digits * step);
  for (let at = 0; at < digits; at++) {
    const place = { left: x + at * step, top: y + captionRowMm, width: step, height: digitBoxMm };
    drawBox(sketch, { kind: 'digit', of: String(at), ...place });
    const field = fields[at];
    // Above the bubbles of a number that is only marked, boxes help the writer and are not read.
    if (field !== undefined)
      sketch.written.push({ label: field.label, kind: field.kind, values: field.values, ...place });
  }
}

/** A filled bubble and how to mark. @returns the y below it */
function drawInstruction(sketch: Sketch, plan: SheetPlan, { x, y }: Position, width: number): number {
  const top = y + (howToMark.lineMm - bubbleMm) / 2 + 0.5;
  const place = { left: x + 0.3, top, width: bubbleMm, height: bubbleMm };
  sketch.printed.push({ kind: 'ellipse', ...place, fill: { grey: greys.ink } });
  const indent = bubbleMm + 2;
  return drawHowToMark(sketch, plan, { x: x + indent, y }, width - indent);
}

const howToMark = { heightMm: 2.9, lineMm: 4 } as const;

/**
 * How to mark, in words. Takes the same room whatever the words are: a sheet printed in one language is read in another.
 *
 * @returns the y below it
 */
function drawHowToMark(sketch: Sketch, { words }: SheetPlan, { x, y }: Position, width: number): number {
  const { heightMm, lineMm } = howToMark;
  const count = width >= 90 ? 2 : width >= 48 ? 3 : 6;
  wrapText(words.howToMark, heightMm, width, count).forEach((line, at) => {
    const baseline = baselineFor(y + 0.5 + (at + 0.5) * lineMm, heightMm);
    writeText(sketch, line, { x, y: baseline }, { heightMm, mostWidthMm: width });
  });
  return y + count * lineMm + 1;
}

/** Where there is room: a mark as it should be, ticked off, and three as they should not be. Needs no words. */
function drawExamples(sketch: Sketch, { x, y }: Position): void {
  const middle = y + bubbleMm / 2;
  const at = (step: number) => x + bubbleMm / 2 + step * stepMm.usual;
  const bubble = (centre: number, radius: number, paint: 'outline' | 'full') => {
    const place = { left: centre - radius, top: middle - radius, width: 2 * radius, height: 2 * radius };
    const look = paint === 'full' ? { fill: { grey: greys.ink } } : { stroke: { grey: greys.outline, widthMm: 0.28 } };
    sketch.printed.push({ kind: 'ellipse', ...place, ...look });
  };
  const strokes = (centre: number, widthMm: number, ...points: readonly (readonly [number, number])[]) => {
    points.slice(1).forEach(([toX, toY], index) => {
      const [fromX, fromY] = points[index] ?? [toX, toY];
      sketch.printed.push({
        kind: 'line',
        from: { x: centre + fromX, y: middle + fromY },
        to: { x: centre + toX, y: middle + toY },
        grey: greys.ink,
        widthMm,
      });
    });
  };
  const tick = [
    [-1.4, 0.1],
    [-0.3, 1.2],
    [1.6, -1.4],
  ] as const;
  const cross = (centre: number, widthMm: number) => {
    strokes(centre, widthMm, [-1.2, -1.2], [1.2, 1.2]);
    strokes(centre, widthMm, [-1.2, 1.2], [1.2, -1.2]);
  };
  bubble(at(0), bubbleMm / 2, 'full');
  strokes(at(1), 0.6, ...tick);
  for (const step of [3, 4, 5]) bubble(at(step), bubbleMm / 2, 'outline');
  strokes(at(3), 0.3, ...tick);
  cross(at(4), 0.3);
  bubble(at(5), 0.9, 'full');
  cross(at(6), 0.6);
}
