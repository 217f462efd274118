import type { RgbaImage } from '#contract/images.ts';
import type { Turns } from '#contract/pages.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { findInk } from './find-ink.ts';

/** How the ink of a page lies. */
export interface TurnEvidence {
  /** Logarithm of how much more the ink is laid out in rows than in columns; positive for lines that run across. */
  readonly rows: number;
  /** Standard deviations by which more lines reach up above their small letters (b, d, l, capitals) than down (g, p). */
  readonly up: number;
  /** The same after a quarter turn clockwise. */
  readonly upWhenTurned: number;
}

/*
 * A wrong turn is worse than none, so each threshold lies beyond all that the 90 upright development pages (photos,
 * receipts, generated pages) show in the directions that they do not have. Turned all four ways, 360 pages in all: none
 * of the upright is turned, 40 % of the others are, all of them rightly; the rest are left as they are (maths, tables,
 * capitals and photos hold too few lines with letters that stick out).
 */
const sure = { rows: 0.3, rowsWeight: 4, upWhenTurned: 2, sideways: 4.5, upsideDown: 3.7, margin: 1 } as const;

/* Strips across the page, so that a curled or slanted line of writing stays within few rows of each. */
const strips = 8;

/* Rows over which a profile is compared: half the height of small letters at the ink's scale. */
const rowStep = 3;

/* Heights of a line of writing in rows: from one of small print to a heading. */
const lineHeight = { least: 6, most: 60 } as const;

/* What sticks out of the small letters must hold this share of the line's ink: less is only their uneven tops. */
const leastSticking = 0.04;
/* One side must hold so many times the ink of the other for a line to vote. */
const voteRatio = 1.2;

/** Quarter turns clockwise that make the page upright; 0 where that is not sure. */
export function guessTurns(page: RgbaImage): Turns {
  const { rows, up, upWhenTurned } = measureTurns(page);
  const sideways = sure.rowsWeight * -Math.max(-2, rows) + Math.abs(upWhenTurned) - Math.abs(up);
  if (rows < -sure.rows && Math.abs(upWhenTurned) >= sure.upWhenTurned && sideways >= sure.sideways)
    return upWhenTurned > 0 ? 1 : 3;
  if (rows > -sure.rows && up < -sure.upsideDown && -up > Math.abs(upWhenTurned) + sure.margin) return 2;
  return 0;
}

function measureTurns(page: RgbaImage): TurnEvidence {
  const ink = findInk(page);
  const turned = turnClockwise(ink);
  return {
    rows: Math.log(measureRows(ink) / measureRows(turned)),
    up: measureUp(ink),
    upWhenTurned: measureUp(turned),
  };
}

/** How steeply the ink per row changes from row to row, per squared ink, summed over the strips. */
function measureRows(ink: Plane): number {
  let steepness = 1e-9;
  for (const profile of readProfiles(ink)) {
    let changes = 0;
    let total = 0;
    for (let y = rowStep; y < profile.length; y++) {
      changes += ((profile[y] ?? 0) - (profile[y - rowStep] ?? 0)) ** 2;
      total += (profile[y] ?? 0) ** 2;
    }
    if (total > 0) steepness += changes / total;
  }
  return steepness;
}

/** Lines that reach up against lines that reach down, as a sign test: their difference over its standard deviation. */
function measureUp(ink: Plane): number {
  let ups = 0;
  let downs = 0;
  for (const profile of readProfiles(ink)) {
    for (const { above, below } of readLines(profile)) {
      if (above > voteRatio * below) ups++;
      else if (below > voteRatio * above) downs++;
    }
  }
  return (ups - downs) / Math.sqrt(Math.max(1, ups + downs));
}

/** Ink per row, strip by strip. */
function readProfiles({ width, height, values }: Plane): Float32Array[] {
  return Array.from({ length: strips }, (_, strip) => {
    const left = Math.floor((strip * width) / strips);
    const right = Math.floor(((strip + 1) * width) / strips);
    const profile = new Float32Array(height);
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let at = y * width + left; at < y * width + right; at++) sum += values[at] ?? 0;
      profile[y] = sum;
    }
    return profile;
  });
}

/** The lines of writing in a strip: the ink of each above and below the band of its small letters. */
function readLines(profile: Float32Array): { above: number; below: number }[] {
  const lines: { above: number; below: number }[] = [];
  for (let start = 0; start < profile.length; start++) {
    if ((profile[start] ?? 0) === 0) continue;
    let end = start;
    let peak = 0;
    let total = 0;
    for (; end < profile.length && (profile[end] ?? 0) > 0; end++) {
      peak = Math.max(peak, profile[end] ?? 0);
      total += profile[end] ?? 0;
    }
    if (end - start >= lineHeight.least && end - start <= lineHeight.most) {
      let top = start;
      while ((profile[top] ?? 0) < 0.5 * peak) top++;
      let bottom = end - 1;
      while ((profile[bottom] ?? 0) < 0.5 * peak) bottom--;
      const above = sumBetween(profile, start, top);
      const below = sumBetween(profile, bottom + 1, end);
      // A band of one or two rows is a rule or a dash.
      if (bottom - top >= 2 && above + below > leastSticking * total) lines.push({ above, below });
    }
    start = end;
  }
  return lines;
}

function sumBetween(values: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at] ?? 0;
  return sum;
}

function turnClockwise({ width, height, values }: Plane): Plane {
  const turned = new Uint8Array(values.length);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) turned[x * height + height - 1 - y] = values[at] ?? 0;
  return { width: height, height: width, values: turned };
}
