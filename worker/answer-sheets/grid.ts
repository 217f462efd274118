import type { SheetBubble, SheetDesign, SheetField } from '#contract/sheets.ts';

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

export function layGrid<Picture>(design: Pick<SheetDesign<Picture>, 'blocks'>): Grid {
  const bare: Omit<Cell, 'neighbours'>[] = [];
  let field = 0;
  design.blocks.forEach(({ fields }, block) => {
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
  return {
    cells: bare.map((cell) => Object.assign(cell, { neighbours: nearest(bare, cell) })),
    beyond: placesBeyond(bare),
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

function placesBeyond(cells: readonly Bare[]): readonly Beyond[] {
  const beyond: Beyond[] = [];
  const blocks = new Map<number, Bare[]>();
  for (const cell of cells) {
    const members = blocks.get(cell.block) ?? [];
    blocks.set(cell.block, members);
    members.push(cell);
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
  cells.forEach(({ x, y, block }, cell) => {
    const gap = gaps.get(block);
    const consider = (side: Beyond['side'], acrossX: number, acrossY: number) => {
      const place = { x: x + acrossX, y: y + acrossY };
      const near = 0.6 * Math.max(Math.abs(acrossX), Math.abs(acrossY));
      if (!cells.some((other) => Math.abs(other.x - place.x) < near && Math.abs(other.y - place.y) < near))
        beyond.push({ ...place, cell, side });
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

function nearest(cells: readonly Bare[], { x, y }: Bare): readonly number[] {
  const found: { at: number; distance: number }[] = [];
  cells.forEach((other, at) => {
    const distance = (other.x - x) ** 2 + (other.y - y) ** 2;
    if (distance === 0) return;
    if (found.length === neighbourCount && distance >= (found[neighbourCount - 1]?.distance ?? 0)) return;
    let place = found.length;
    while (place > 0 && (found[place - 1]?.distance ?? 0) > distance) place--;
    found.splice(place, 0, { at, distance });
    if (found.length > neighbourCount) found.pop();
  });
  return found.map(({ at }) => at);
}

/** The smallest tenth of the distances to the next cell on the same line; `undefined` where none has one. */
function gapAlong(cells: readonly Bare[], along: 'x' | 'y', across: 'x' | 'y', width: number): number | undefined {
  const gaps = cells.flatMap((cell) => {
    let least = Infinity;
    for (const other of cells) {
      const gap = other[along] - cell[along];
      if (gap > 0 && gap < least && Math.abs(other[across] - cell[across]) < width / 2) least = gap;
    }
    return Number.isFinite(least) ? [least] : [];
  });
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 10)];
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
