import type { SheetLook } from '#contract/exams.ts';
import type { SheetRectangle } from '#contract/sheets.ts';
import type { ItemPlace, QuestionItem } from './question-item.ts';
import { stepMm } from './sketch.ts';

/** An item in its place. `column` tells items apart that do not stand right below each other. */
export interface PlacedItem {
  readonly item: QuestionItem;
  readonly place: ItemPlace;
  readonly column: string;
}

/** What is free on a page: everything below `top` and above `bottom` but for what is taken. */
export interface PageSpace {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly bottom: number;
  readonly taken: readonly SheetRectangle[];
}

/** Beside the white that labels have on their left. */
const gutterMm = 4.5;
const bandGapMm = 4;
const itemGapMm = 2.6;

/** A little more white after every fifth row, for the eye. */
const fiveGapMm = 1;
const five = 5;

/** Questions that stand in the same columns. */
interface Band {
  readonly items: readonly QuestionItem[];
  readonly columns: number;
  readonly step: number;
}

/** `compact` leaves out the bubbles of the student number, for what is too large to stand beside or below them. */
export type HeadSize = 'full' | 'compact';

export interface FlowedPage {
  readonly head: HeadSize;
  readonly placed: readonly PlacedItem[];
}

/**
 * Puts questions in columns, in their order, page after page. Questions of unlike width stand in bands one below the other
 * where that saves paper.
 *
 * @param spaceBelow what is free on a page with such a head.
 * @returns one page at least
 */
export function flowQuestions(
  items: readonly QuestionItem[],
  columns: SheetLook['columns'],
  spaceBelow: (head: HeadSize) => PageSpace,
): readonly FlowedPage[] {
  const pages: { head: HeadSize; placed: PlacedItem[] }[] = [];
  let space = spaceBelow('full');
  let page = { head: 'full' as HeadSize, placed: [] as PlacedItem[] };
  pages.push(page);
  const turnPage = (head: HeadSize) => {
    space = spaceBelow(head);
    if (page.placed.length === 0) pages.pop();
    page = { head, placed: [] };
    pages.push(page);
  };
  for (const band of cutIntoBands(items, columns, space.width)) {
    let rest = band.items;
    while (rest.length > 0) {
      const isFresh = page.placed.length === 0;
      const name = `${pages.length} ${band.items.length - rest.length}`;
      const placed = fillBand({ ...band, items: rest }, space, name, isFresh);
      page.placed.push(...placed);
      rest = rest.slice(placed.length);
      const bottom = Math.max(space.top, ...placed.map(({ place }) => place.y + place.height + bandGapMm));
      space = { ...space, top: bottom };
      if (rest.length === 0) break;
      if (placed.length > 0 || !isFresh) turnPage('full');
      else if (page.head === 'full') turnPage('compact');
      else throw new RangeError(`Question ${rest[0]?.id ?? ''} is larger than a page`);
    }
  }
  return pages;
}

/** Cuts where the shape changes, so that the sum of the bands' heights is least. */
function cutIntoBands(items: readonly QuestionItem[], columns: SheetLook['columns'], width: number): readonly Band[] {
  const starts = items.flatMap(({ shape }, at) => (at === 0 || items[at - 1]?.shape !== shape ? [at] : []));
  const ends = [...starts.slice(1), items.length];
  // `best[i]`: the least height of everything before the i-th cut, and the cut before it.
  const best: { height: number; from: number }[] = [{ height: 0, from: 0 }];
  for (const [end, endAt] of ends.entries()) {
    let found = { height: Infinity, from: 0 };
    let sum = 0;
    let tallest = 0;
    let widths = { usual: 0, least: 0 };
    let spans = false;
    for (let start = end; start >= 0; start--) {
      for (let at = starts[start] ?? 0; at < (start === end ? endAt : (starts[start + 1] ?? 0)); at++) {
        const item = items[at];
        if (item === undefined) continue;
        sum += item.height;
        tallest = Math.max(tallest, item.height);
        widths = widest(widths, item.width);
        spans ||= item.spans;
      }
      const count = spans ? 1 : countColumns(widths, columns, width);
      const height = (best[start]?.height ?? 0) + Math.max(tallest, sum / count) + bandGapMm;
      if (height < found.height - 1e-9) found = { height, from: start };
    }
    best.push(found);
  }
  const bands: Band[] = [];
  for (let end = ends.length; end > 0; end = best[end]?.from ?? 0) {
    const from = starts[best[end]?.from ?? 0] ?? 0;
    bands.unshift(planBand(items.slice(from, ends[end - 1]), columns, width));
  }
  return bands;
}

function planBand(items: readonly QuestionItem[], asked: SheetLook['columns'], width: number): Band {
  const widths = items.reduce((most, item) => widest(most, item.width), { usual: 0, least: 0 });
  const columns = items.some(({ spans }) => spans) ? 1 : countColumns(widths, asked, width);
  const columnWidth = (width + gutterMm) / columns - gutterMm;
  const share = (columnWidth - widths.least) / Math.max(1e-9, widths.usual - widths.least);
  const step = stepMm.least + Math.min(1, Math.max(0, share)) * (stepMm.usual - stepMm.least);
  return { items, columns, step };
}

function widest(a: QuestionItem['width'], b: QuestionItem['width']): QuestionItem['width'] {
  return { usual: Math.max(a.usual, b.usual), least: Math.max(a.least, b.least) };
}

function countColumns({ usual, least }: QuestionItem['width'], asked: SheetLook['columns'], width: number): number {
  const fitting = (each: number) => Math.max(1, Math.floor((width + gutterMm + 0.01) / (each + gutterMm)));
  return asked === 'auto' ? fitting(usual) : Math.min(asked, fitting(least));
}

interface ColumnStart {
  readonly top: number;
  /** Rows of the columns beside it that are above. */
  readonly rows: number;
}

/**
 * Fills the columns of a band evenly, or as far as the page goes.
 *
 * @returns the items that found room, none where the page is too full for the first
 */
function fillBand(
  { items, columns, step }: Band,
  space: PageSpace,
  name: string,
  isFresh: boolean,
): readonly PlacedItem[] {
  const pitch = (space.width + gutterMm) / columns;
  const width = pitch - gutterMm;
  const used = Math.min(width, Math.max(...items.map((item) => (item.fills ? width : item.width.usual))));
  const allRows = items.every(({ isRow }) => isRow);
  const starts = Array.from({ length: columns }, (_, column): ColumnStart => {
    const top = topOf(space, space.left + column * pitch, used);
    // Rows beside each other stand on one line, also where a column begins lower.
    const rows = allRows ? rowsAbove(top - space.top) : 0;
    return { top: space.top + (allRows ? rowTop(rows) : top - space.top), rows };
  });
  const fillTo = (bottom: number): readonly PlacedItem[] => {
    const placed: PlacedItem[] = [];
    starts.forEach((start, column) => {
      let y = start.top;
      let rows = start.rows;
      let before: QuestionItem | undefined;
      for (let item = items[placed.length]; item !== undefined; item = items[placed.length]) {
        const gap = gapBetween(before, item, rows);
        const room = bottom - y - gap;
        // What is higher than a whole page gets the whole page.
        const height =
          item.height <= room + 1e-6 || item.leastHeight > room ? item.height : Math.min(item.height, room);
        if (height > room + 1e-6 || (height < item.height && !(isFresh && before === undefined))) break;
        y += gap;
        placed.push({
          item,
          place: { x: space.left + column * pitch, y, width, height, step },
          column: `${name} ${column}`,
        });
        y += height;
        rows = item.isRow ? rows + 1 : 0;
        before = item;
      }
    });
    return placed;
  };
  if (fillTo(space.bottom).length < items.length)
    return fillTo(allRows ? roundDown(space.top, space.bottom) : space.bottom);
  let low = space.top;
  let high = space.bottom;
  while (high - low > 0.05) {
    const middle = (low + high) / 2;
    if (fillTo(middle).length === items.length) high = middle;
    else low = middle;
  }
  return fillTo(allRows ? Math.min(space.bottom, roundUp(space.top, high)) : high);
}

/** Below everything that is taken and reaches into the column. */
function topOf({ taken, top }: PageSpace, left: number, width: number): number {
  const above = taken.filter((box) => box.left < left + width + 2 && left < box.left + box.width + 2);
  return Math.max(top, ...above.map((box) => box.top + box.height + bandGapMm));
}

function gapBetween(before: QuestionItem | undefined, item: QuestionItem, rows: number): number {
  if (before === undefined) return 0;
  if (!before.isRow || !item.isRow) return itemGapMm;
  return rows % five === 0 ? fiveGapMm : 0;
}

/** From the top of the first row to that of the row after so many. */
function rowTop(rows: number): number {
  return rows * stepMm.usual + Math.floor(rows / five) * fiveGapMm;
}

/** Rows that a height is covered by. */
function rowsAbove(height: number): number {
  let rows = 0;
  while (rowTop(rows) < height - 0.06) rows++;
  return rows;
}

/** Rows that fit into a height. */
function rowsIn(height: number): number {
  let rows = 0;
  while (rowTop(rows) + stepMm.usual <= height + 0.06) rows++;
  return rows;
}

/** Columns of plain rows hold a multiple of five where that is possible: they are easier to count. */
function roundUp(top: number, bottom: number): number {
  return bottomOf(top, Math.ceil(rowsIn(bottom - top) / five) * five);
}

function roundDown(top: number, bottom: number): number {
  const rows = Math.floor(rowsIn(bottom - top) / five) * five;
  return rows === 0 ? bottom : bottomOf(top, rows);
}

function bottomOf(top: number, rows: number): number {
  return top + rowTop(rows - 1) + stepMm.usual;
}
