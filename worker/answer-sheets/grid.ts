import type { SheetBlock, SheetBubble, SheetDesign, SheetField } from '#contract/sheets.ts';

/** One bubble among all of its sheet; `x`, `y` is its centre in units of the sheet. */
export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly block: number;
  readonly field: number;
  readonly kind: SheetField['kind'];
  readonly bubble: SheetBubble;
  /** The cells nearest to it, nearest first. */
  readonly neighbours: readonly number[];
}

/** A place one step beyond the edge of a block, where the design has no bubble. */
export interface Beyond {
  readonly x: number;
  readonly y: number;
  /** The cell at the edge that it is next to. */
  readonly cell: number;
  readonly side: 'left' | 'right' | 'top' | 'bottom';
}

/** All bubbles of a sheet; lengths are units of the sheet. */
export interface Grid {
  readonly cells: readonly Cell[];
  readonly beyond: readonly Beyond[];
  /** Median size of a bubble. */
  readonly bubbleWidth: number;
  readonly bubbleHeight: number;
  /** The usual distance from a bubble to the next beside and below it. */
  readonly gapX: number;
  readonly gapY: number;
}

/** Two rings of a square grid. */
const neighbourCount = 12;

let last: { readonly key: string; readonly grid: Grid } | undefined;

/** The same grid again for a design like the last one: a class's sheets come one after the other, each with a copy of it. */
export function layGrid<Picture>({ blocks }: Pick<SheetDesign<Picture>, 'blocks'>): Grid {
  const key = JSON.stringify(blocks);
  if (last?.key !== key) last = { key, grid: layBlocks(blocks) };
  return last.grid;
}

function layBlocks(blocks: readonly SheetBlock[]): Grid {
  const bare: Omit<Cell, 'neighbours'>[] = [];
  let field = 0;
  blocks.forEach(({ fields }, block) => {
    for (const { bubbles, kind } of fields) {
      for (const bubble of bubbles) {
        const x = bubble.left + bubble.width / 2;
        const y = bubble.top + bubble.height / 2;
        bare.push({ x, y, block, field, kind, bubble });
      }
      field++;
    }
  });
  const bubbleWidth = median(bare.map(({ bubble }) => bubble.width));
  const bubbleHeight = median(bare.map(({ bubble }) => bubble.height));
  const order = Array.from(bare, (_, at) => at).toSorted((a, b) => (bare[a]?.x ?? 0) - (bare[b]?.x ?? 0));
  const neighbours: (readonly number[])[] = [];
  order.forEach((cell, rank) => {
    neighbours[cell] = nearest(bare, order, rank);
  });
  return {
    cells: bare.map((cell, at) => ({ ...cell, neighbours: neighbours[at] ?? [] })),
    beyond: placesBeyond(bare, order),
    bubbleWidth,
    bubbleHeight,
    ...gapsOf(bare),
  };
}

/** The usual distances of some bubbles from the next beside and below them, twice their size where there is none. */
export function gapsOf(cells: readonly Bare[]): { readonly gapX: number; readonly gapY: number } {
  const width = median(cells.map(({ bubble }) => bubble.width));
  const height = median(cells.map(({ bubble }) => bubble.height));
  return {
    gapX: gapAlong(cells, 'x', 'y', height) ?? 2 * width,
    gapY: gapAlong(cells, 'y', 'x', width) ?? 2 * height,
  };
}

type Bare = Omit<Cell, 'neighbours'>;

function placesBeyond(cells: readonly Bare[], order: readonly number[]): readonly Beyond[] {
  const beyond: Beyond[] = [];
  const blocks = new Map<number, Bare[]>();
  for (const cell of cells) {
    const members = blocks.get(cell.block);
    if (members === undefined) blocks.set(cell.block, [cell]);
    else members.push(cell);
  }
  const gaps = new Map(
    [...blocks].map(([block, members]) => [
      block,
      {
        x: gapAlong(members, 'x', 'y', median(members.map(({ bubble }) => bubble.height))),
        y: gapAlong(members, 'y', 'x', median(members.map(({ bubble }) => bubble.width))),
      },
    ]),
  );
  const isTaken = (x: number, y: number, near: number): boolean => {
    for (let rank = firstFrom(cells, order, x - near); rank < order.length; rank++) {
      const other = cells[order[rank] ?? 0];
      if (other === undefined || other.x >= x + near) return false;
      if (other.x > x - near && Math.abs(other.y - y) < near) return true;
    }
    return false;
  };
  cells.forEach(({ x, y, block }, cell) => {
    const gap = gaps.get(block);
    const consider = (side: Beyond['side'], acrossX: number, acrossY: number) => {
      const near = 0.6 * Math.max(Math.abs(acrossX), Math.abs(acrossY));
      if (!isTaken(x + acrossX, y + acrossY, near)) beyond.push({ x: x + acrossX, y: y + acrossY, cell, side });
    };
    if (gap?.x !== undefined) {
      consider('left', -gap.x, 0);
      consider('right', gap.x, 0);
    }
    if (gap?.y !== undefined) {
      consider('top', 0, -gap.y);
      consider('bottom', 0, gap.y);
    }
  });
  return beyond;
}

/** Where in the order from left to right the cells at or beyond `x` begin. */
function firstFrom(cells: readonly Bare[], order: readonly number[], x: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cells[order[middle] ?? 0]?.x ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The nearest cells, looked for from the cell to either side until those beside are farther than all that were found. */
function nearest(cells: readonly Bare[], order: readonly number[], rank: number): readonly number[] {
  const own = cells[order[rank] ?? 0];
  if (own === undefined) return [];
  const found: number[] = [];
  const distances: number[] = [];
  const consider = (at: number, other: Bare) => {
    const distance = (other.x - own.x) ** 2 + (other.y - own.y) ** 2;
    if (distance === 0) return;
    let place = found.length;
    while (place > 0 && (distances[place - 1] ?? 0) > distance) place--;
    if (place >= neighbourCount) return;
    found.splice(place, 0, at);
    distances.splice(place, 0, distance);
    if (found.length <= neighbourCount) return;
    found.pop();
    distances.pop();
  };
  for (const direction of [-1, 1])
    for (let next = rank + direction; next >= 0 && next < order.length; next += direction) {
      const at = order[next] ?? 0;
      const other = cells[at];
      if (other === undefined) break;
      const isFull = found.length === neighbourCount;
      if (isFull && (other.x - own.x) ** 2 >= (distances[neighbourCount - 1] ?? 0)) break;
      consider(at, other);
    }
  return found;
}

/** So many cells, spread over the lines, tell the distance to the next one. */
const gapSamples = 120;

/** The smallest tenth of the distances to the next cell on the same line; `undefined` where none has one. */
function gapAlong(cells: readonly Bare[], along: 'x' | 'y', across: 'x' | 'y', width: number): number | undefined {
  const sorted = cells.toSorted((a, b) => a[along] - b[along]);
  const stride = Math.max(1, Math.floor(sorted.length / gapSamples));
  const gaps = sorted.flatMap((cell, rank) => {
    if (rank % stride !== 0) return [];
    for (let next = rank + 1; next < sorted.length; next++) {
      const other = sorted[next];
      if (other === undefined) break;
      const gap = other[along] - cell[along];
      if (gap > 0 && Math.abs(other[across] - cell[across]) < width / 2) return [gap];
    }
    return [];
  });
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 10)];
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
