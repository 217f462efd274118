import type { XY } from '#worker/vision/geometry.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { median, type Grid } from './grid.ts';
import type { Outline } from './outline.ts';

/** Samples across and down the inside of a bubble: about one a pixel. */
const side = 12;

/** The inside that is measured, in sizes of the outline: its own stroke stays outside, with half a pixel to spare. */
const inside = 0.74;

/**
 * Share of the inside whose darkest samples are a stroke. A tick covers a sixth of it, a cross a fourth, so that over the darkest
 * eighth either is as dark as a filled bubble, what was erased is as faint as it looks, and a speck, a fiftieth, is next to nothing.
 */
const strokeShare = 0.12;

/** Samples that print makes darker than this are left out of the fill: a light pencil over a black letter shows nothing. */
const printAbove = 0.12;

/**
 * Ink in one bubble beyond what is printed there, 0 none to 1 as black as the sheet's print. Which of the two tells marks
 * better depends on the pen.
 */
export interface Ink {
  /** Mean over the inside: large for what is filled, however lightly. */
  readonly fill: number;
  /** Mean over the darkest eighth of the inside: large for strokes, too. */
  readonly stroke: number;
}

/**
 * Measures each bubble. The print, a letter or digit, is taken from the sheet itself: at each sample, of all bubbles with the
 * same value in the same block, the darkness that three tenths do not reach. So many are always unmarked, or all are marked
 * alike, which the other values of the block then tell. A value that is there only a few times has no print of its own to
 * compare with: there, only what exceeds the usual bubble of its kind counts.
 *
 * @param centers of the grid's cells in the raster.
 * @param outlines of the grid's cells.
 */
export function measureInk(
  raster: Plane,
  grid: Grid,
  centers: readonly XY[],
  outlines: readonly Outline[],
): readonly Ink[] {
  const masks = new Map<Outline['shape'], readonly number[]>();
  const patches = grid.cells.map((_, cell) => samplePatch(raster, centers[cell], outlines[cell]));
  const prints = printByValue(grid, patches);
  const insides = outlines.map(({ shape }) => {
    const mask = masks.get(shape) ?? insideOf(shape);
    masks.set(shape, mask);
    return mask;
  });
  const black = blackLevel(patches, insides);
  const means = patches.map((patch, cell) => meanOf(Float32Array.from(insides[cell] ?? [], (at) => patch[at] ?? 0)));
  const unknown = means.filter((_, cell) => prints[cell] === undefined);
  // Of two bubbles one is empty.
  const usual = unknown.toSorted((a, b) => a - b)[Math.floor(0.4 * (unknown.length - 1))] ?? 0;
  return grid.cells.map((_, cell) => {
    const patch = patches[cell];
    const print = prints[cell];
    if (print === undefined) {
      const fill = Math.max(0, ((means[cell] ?? 0) - usual) / Math.max(0.2, black - usual));
      return { fill, stroke: fill };
    }
    const mask = insides[cell] ?? [];
    const extra = Float32Array.from(mask, (at) => Math.max(0, (patch?.[at] ?? 0) - (print[at] ?? 0)));
    const free = extra.filter((_value, index) => (print[mask[index] ?? 0] ?? 0) < printAbove);
    const darkest = extra.toSorted().subarray(Math.floor((1 - strokeShare) * extra.length));
    return { fill: meanOf(free.length * 5 > extra.length ? free : extra) / black, stroke: meanOf(darkest) / black };
  });
}

/** Indices of the samples inside. */
function insideOf(shape: Outline['shape']): readonly number[] {
  return Array.from({ length: side * side }, (_, at) => at).filter((at) => {
    const x = ((at % side) + 0.5) / side - 0.5;
    const y = (Math.floor(at / side) + 0.5) / side - 0.5;
    if (shape === 'pill') return x * x + y * y <= 0.35;
    return shape === 'rectangle' || x * x + y * y <= 0.25;
  });
}

/** Darkness, 0 to 1, in a square of samples over the inside of a bubble. */
function samplePatch(
  { width, height, values }: Plane,
  center: XY = { x: 0, y: 0 },
  { halfWidth, halfHeight }: Outline = { shape: 'ellipse', halfWidth: 0, halfHeight: 0 },
): Float32Array {
  const patch = new Float32Array(side * side);
  for (let row = 0, at = 0; row < side; row++) {
    const y = center.y + ((2 * (row + 0.5)) / side - 1) * inside * halfHeight;
    const upper = Math.max(0, Math.min(height - 2, Math.floor(y)));
    const shareY = y - upper;
    for (let column = 0; column < side; column++, at++) {
      const x = center.x + ((2 * (column + 0.5)) / side - 1) * inside * halfWidth;
      const left = Math.max(0, Math.min(width - 2, Math.floor(x)));
      const shareX = x - left;
      const first = upper * width + left;
      const above = (values[first] ?? 0) * (1 - shareX) + (values[first + 1] ?? 0) * shareX;
      const below = (values[first + width] ?? 0) * (1 - shareX) + (values[first + width + 1] ?? 0) * shareX;
      patch[at] = 1 - (above + (below - above) * shareY) / 255;
    }
  }
  return patch;
}

/** Fewer bubbles of one value in a block do not tell print from marks; all of that value on the sheet are taken then. */
const fewest = 5;

/** The darkness of the print in each cell's samples; `undefined` where there are too few of its value. */
function printByValue(grid: Grid, patches: readonly Float32Array[]): readonly (Float32Array | undefined)[] {
  const groups = new Map<string, number[]>();
  const join = (key: string, cell: number) => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cell]);
    else group.push(cell);
  };
  grid.cells.forEach(({ block, bubble }, cell) => {
    join(`${block} ${bubble.value}`, cell);
    join(`* ${bubble.value}`, cell);
    join('*', cell);
  });
  const prints = new Map<string, Float32Array>();
  const printOf = (key: string): Float32Array => {
    const known = prints.get(key);
    if (known !== undefined) return known;
    const print = lowShare(patches, groups.get(key) ?? []);
    prints.set(key, print);
    return print;
  };
  // A column that is marked nearly throughout looks like print, but print leaves the better part of a bubble as it is.
  const clear = quarterOf(printOf('*')) + mostTint;
  const isPrint = (key: string) => (groups.get(key)?.length ?? 0) >= fewest && quarterOf(printOf(key)) < clear;
  return grid.cells.map(({ block, bubble }) => {
    const keys = [`${block} ${bubble.value}`, `* ${bubble.value}`];
    if (keys.every((key) => (groups.get(key)?.length ?? 0) < fewest)) return undefined;
    return printOf(keys.find(isPrint) ?? '*');
  });
}

/** The lightest quarter of what is taken for print is at most so much darker than that of all bubbles. */
const mostTint = 0.13;

function quarterOf(print: Float32Array): number {
  return print.toSorted()[print.length >> 2] ?? 0;
}

/** At each sample, the value that three tenths of the patches do not reach, then the darkest of the samples around. */
function lowShare(patches: readonly Float32Array[], cells: readonly number[]): Float32Array {
  const low = new Float32Array(side * side);
  const values = new Float32Array(cells.length);
  for (let at = 0; at < low.length; at++) {
    cells.forEach((cell, index) => {
      values[index] = patches[cell]?.[at] ?? 0;
    });
    low[at] = values.toSorted()[Math.floor(0.3 * values.length)] ?? 0;
  }
  return low.map((_, at) => {
    const x = at % side;
    const y = Math.floor(at / side);
    let most = 0;
    for (let row = Math.max(0, y - 1); row <= Math.min(side - 1, y + 1); row++)
      for (let column = Math.max(0, x - 1); column <= Math.min(side - 1, x + 1); column++)
        most = Math.max(most, low[row * side + column] ?? 0);
    return most;
  });
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

/** How dark black is here: the darkest sample of all but a hundredth of the bubbles, never lighter than a grey of half. */
function blackLevel(patches: readonly Float32Array[], insides: readonly (readonly number[])[]): number {
  const darkest = patches.map((patch, cell) => {
    let most = 0;
    for (const at of insides[cell] ?? []) most = Math.max(most, patch[at] ?? 0);
    return most;
  });
  const sorted = darkest.toSorted((a, b) => a - b);
  return Math.max(0.5, sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0, median(darkest));
}
