import type { XY } from '#worker/vision/geometry.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { compareMarks } from './compare-marks.ts';
import { median, type Grid } from './grid.ts';
import type { Outline } from './outline.ts';
import { printsOf } from './print-of-values.ts';
import { insideOf, patchSamples, samplePatches, type Patches } from './sample-patches.ts';

/**
 * Share of the inside whose darkest samples are a stroke. A tick covers a sixth of it, a cross a fourth, so that over the darkest
 * eighth either is as dark as a filled bubble, what was erased is as faint as it looks, and a speck, a fiftieth, is next to nothing.
 */
const strokeShare = 0.12;

/** Samples that print makes darker than this are left out of the fill: a light pencil over a black letter shows nothing. */
const printAbove = 0.12 * 255;

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

/** What lies in the bubbles of a sheet, cell by cell. */
export interface SheetInk {
  readonly inks: readonly Ink[];
  /** How alike each is to other marks of the sheet, see `compareMarks`. */
  readonly likenesses: readonly (number | undefined)[];
}

/**
 * Measures each bubble. The print, a letter or digit, is taken from the sheet itself (`printsOf`). A value that is there only a few
 * times has no print of its own to compare with: there, only what exceeds the usual bubble of the sheet counts.
 *
 * @param centers of the grid's cells in the raster.
 * @param outlines of the grid's cells.
 */
export function measureInk(raster: Plane, grid: Grid, centers: readonly XY[], outlines: readonly Outline[]): SheetInk {
  const patches = samplePatches(raster, centers, outlines);
  const prints = printsOf(grid, patches);
  const insides = outlines.map(({ shape }) => insideOf(shape));
  const black = blackLevel(patches, insides);
  const means = insides.map((mask, cell) => meanInside(patches, cell, mask));
  // Of two bubbles one is empty.
  const usual = means.toSorted((a, b) => a - b)[Math.floor(0.4 * (means.length - 1))] ?? 0;
  const inks = grid.cells.map((_, cell): Ink => {
    const mask = insides[cell] ?? [];
    const print = prints.ofCells[cell];
    if (print !== undefined) return inkBeyond(print, patches, cell, mask, black);
    const fill = Math.max(0, ((means[cell] ?? 0) - usual) / Math.max(0.2 * 255, black - usual));
    if (prints.known.length === 0) return { fill, stroke: fill };
    const letter = Math.max(...prints.known.map((known) => inkBeyond(prints.ofAny, known, 0, mask, black).stroke));
    const { stroke } = inkBeyond(prints.ofAny, patches, cell, mask, black);
    return { fill, stroke: letter > mostLetter ? fill : Math.max(0, (stroke - letter) / (1 - letter)) };
  });
  return { inks, likenesses: compareMarks(patches, prints, inks) };
}

/** Letters darker than this, in shares of black, can't be told from strokes where a value is printed only a few times. */
const mostLetter = 0.6;

const darknesses = new Uint16Array(256);

function inkBeyond(print: Uint8Array, patches: Patches, cell: number, mask: ArrayLike<number>, black: number): Ink {
  const first = cell * patchSamples;
  darknesses.fill(0);
  let sum = 0;
  let free = 0;
  let freeSum = 0;
  for (let index = 0; index < mask.length; index++) {
    const at = mask[index] ?? 0;
    const printed = print[at] ?? 0;
    const extra = Math.max(0, (patches[first + at] ?? 0) - printed);
    darknesses[extra] = (darknesses[extra] ?? 0) + 1;
    sum += extra;
    if (printed >= printAbove) continue;
    free++;
    freeSum += extra;
  }
  const fill = free * 5 > mask.length ? freeSum / free : sum / mask.length;
  return {
    fill: fill / black,
    stroke: meanOfDarkest(mask.length - Math.floor((1 - strokeShare) * mask.length)) / black,
  };
}

/** Mean of the so many highest values counted in `darknesses`. */
function meanOfDarkest(count: number): number {
  let sum = 0;
  let left = count;
  for (let level = 255; level > 0 && left > 0; level--) {
    const taken = Math.min(left, darknesses[level] ?? 0);
    sum += taken * level;
    left -= taken;
  }
  return sum / count;
}

function meanInside(patches: Patches, cell: number, mask: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < mask.length; index++) sum += patches[cell * patchSamples + (mask[index] ?? 0)] ?? 0;
  return sum / Math.max(1, mask.length);
}

/** How dark black is here, 0 to 255: the darkest sample of all but a hundredth of the bubbles, never lighter than a grey of half. */
function blackLevel(patches: Patches, insides: readonly ArrayLike<number>[]): number {
  const darkest = insides.map((mask, cell) => {
    let most = 0;
    for (let index = 0; index < mask.length; index++)
      most = Math.max(most, patches[cell * patchSamples + (mask[index] ?? 0)] ?? 0);
    return most;
  });
  const sorted = darkest.toSorted((a, b) => a - b);
  return Math.max(0.5 * 255, sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0, median(darkest));
}
