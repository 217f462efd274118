import type { LaidOutPage, PrintedItem, SheetBlock, SheetField, SheetPlan } from '#contract/sheets.ts';
import { arucoRows } from './aruco-marks.ts';
import { drawCode } from './draw-code.ts';
import { drawHead, type Heading } from './draw-head.ts';
import { flowQuestions, type FlowedPage, type HeadSize, type PageSpace, type PlacedItem } from './flow-questions.ts';
import { frameOf, type PaperFrame } from './paper-frame.ts';
import { labelWidth, planItem } from './question-item.ts';
import { greys, writeText, type Sketch } from './sketch.ts';

/** White between the head and the questions. */
const headGapMm = 3.5;

/** A block of bubbles is no longer than this: so much paper bends as one. */
const mostBlockFields = 25;

/** Lays out the sheet of one version: as many pages as its questions need, one at least. */
export function layOutSheet(plan: SheetPlan): readonly LaidOutPage[] {
  const frame = frameOf(plan.look.paper);
  const style = { words: plan.words, signs: plan.look.optionSigns, labelMm: labelWidth(plan.questions) };
  const items = plan.questions.map((question) => planItem(question, style));
  const { content } = frame;
  const spaceBelow = (head: HeadSize): PageSpace => {
    const { bottom, taken } = drawHead(openSketch(), plan, frame, { page: 1, pages: 1, head });
    const { left, top, width, height } = content;
    return { left, width, top: bottom + headGapMm, bottom: top + height, taken };
  };
  const pages = flowQuestions(items, plan.look.columns, spaceBelow);
  return pages.map((flowed, at) =>
    drawPage(plan, frame, flowed, { page: at + 1, pages: pages.length, head: flowed.head }),
  );
}

function openSketch(): Sketch {
  return { printed: [], blocks: [], written: [], boxes: [] };
}

function drawPage(plan: SheetPlan, frame: PaperFrame, { placed }: FlowedPage, heading: Heading): LaidOutPage {
  const { page, pages } = heading;
  const sketch = openSketch();
  sketch.printed.push(...frame.marks.map(drawMark));
  sketch.printed.push(drawCode({ exam: plan.examCode, version: plan.version, page }, frame.code));
  drawHead(sketch, plan, frame, heading);
  drawQuestions(sketch, placed);
  const { size } = frame;
  writeText(
    sketch,
    `Papel ${plan.examCode} ${plan.version}${page}`,
    { x: size.width / 2, y: size.height - 8.5 },
    {
      heightMm: 2.2,
      align: 'center',
      grey: greys.outline,
    },
  );
  return {
    version: plan.version,
    page,
    pages,
    design: {
      name: `${plan.title} ${plan.version}${page}`,
      unit: 'mm',
      size,
      location: { by: 'fiducials', fiducials: frame.marks },
      blocks: sketch.blocks,
      ...(sketch.written.length === 0 ? {} : { written: sketch.written }),
      customLabels: [],
      outputColumns: [...sketch.blocks.flatMap(({ fields }) => fields), ...sketch.written].map(({ label }) => label),
    },
    printed: sketch.printed,
    code: frame.code,
    boxes: sketch.boxes,
  };
}

function drawMark(mark: PaperFrame['marks'][number]): PrintedItem {
  const { x, y, width } = mark;
  return { kind: 'modules', rows: arucoRows(mark.id), left: x - width / 2, top: y - width / 2, width, height: width };
}

/** Rows that stand below each other are one block; anything else is a block of its own. */
function drawQuestions(sketch: Sketch, placed: readonly PlacedItem[]): void {
  let fields: SheetField[] = [];
  let before: PlacedItem | undefined;
  const close = () => {
    const block: SheetBlock = { name: fields[0]?.label ?? '', fields };
    if (fields.length > 0) sketch.blocks.push(block);
    fields = [];
  };
  for (const each of placed) {
    const goesOn = before !== undefined && before.column === each.column && before.item.isRow && each.item.isRow;
    if (!goesOn || before?.item.shape !== each.item.shape || fields.length >= mostBlockFields) close();
    fields.push(...each.item.draw(sketch, each.place));
    before = each;
  }
  close();
}
