import type { XY } from '#worker/vision/geometry.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { median, type Grid } from './grid.ts';
import type { Outline } from './outline.ts';

/** What was measured in one bubble. */
export interface Ink {
  /** Darkness beyond what is printed there, mean over the inside: 0 none, 1 as black as the sheet's print. */
  readonly amount: number;
  /** Share of the inside that is darker than print and paper account for. */
  readonly coverage: number;
}

/** Samples across and down the inside of a bubble: about one a pixel. */
const side = 12;

/** The inside that is measured, in sizes of the outline: its own stroke stays outside, with half a pixel to spare. */
const inside = 0.74;

/** Darkness beyond the print, 0 to 1, that is no grain. */
const leastDarkness = 0.1;

/**
 * Ink in each bubble. What is printed inside, a letter or digit, is taken from the sheet itself: at each sample, of all
 * bubbles with the same value in the same block, the darkness that three tenths do not reach. So many are always unmarked,
 * or all are marked alike, which the other values of the block then tell.
 */
export function measureInk(raster: Plane, grid: Grid, centers: readonly XY[], outline: Outline): readonly Ink[] {
  const mask = insideMask(outline);
  const patches = centers.map((center) => samplePatch(raster, center, outline));
  const prints = printByValue(grid, patches);
  const black = blackLevel(patches, mask);
  return grid.cells.map((_, cell) => {
    const patch = patches[cell];
    const print = prints[cell];
    let total = 0;
    let covered = 0;
    let count = 0;
    for (let at = 0; at < mask.length; at++) {
      if (mask[at] !== 1) continue;
      count++;
      const extra = (patch?.[at] ?? 0) - (print?.[at] ?? 0);
      if (extra <= 0) continue;
      total += extra;
      if (extra > leastDarkness) covered++;
    }
    return { amount: total / count / black, coverage: covered / count };
  });
}

function insideMask({ shape }: Outline): Uint8Array {
  return Uint8Array.from({ length: side * side }, (_, at) => {
    const x = ((at % side) + 0.5) / side - 0.5;
    const y = (Math.floor(at / side) + 0.5) / side - 0.5;
    return shape === 'rectangle' || x * x + y * y <= 0.25 ? 1 : 0;
  });
}

/** Darkness, 0 to 1, in a square of samples over the inside of a bubble. */
function samplePatch({ width, height, values }: Plane, center: XY, { halfWidth, halfHeight }: Outline): Float32Array {
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

/** The darkness of the print in each cell's samples. */
function printByValue(grid: Grid, patches: readonly Float32Array[]): readonly Float32Array[] {
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
  // A whole column marked alike looks like print. Print of one value is at most so much darker than that of all.
  const usual = meanOf(printOf('*'));
  return grid.cells.map(({ block, bubble }) => {
    const keys = [`${block} ${bubble.value}`, `* ${bubble.value}`];
    const key = keys.find(
      (candidate) => (groups.get(candidate)?.length ?? 0) >= fewest && meanOf(printOf(candidate)) < 2 * usual + 0.12,
    );
    return printOf(key ?? '*');
  });
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
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How dark black is here: the darkest hundredth of what is inside bubbles, but never lighter than a grey of half. */
function blackLevel(patches: readonly Float32Array[], mask: Uint8Array): number {
  const darkest = patches.map((patch) => {
    let most = 0;
    patch.forEach((value, at) => {
      if (mask[at] === 1 && value > most) most = value;
    });
    return most;
  });
  const sorted = darkest.toSorted((a, b) => a - b);
  return Math.max(0.5, sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0, median(darkest));
}
