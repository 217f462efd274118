import type { Plane } from '#worker/vision/plane.ts';

/** Where the box lies in the patch that was cut around it, in pixels: the middles of its printed lines, as far as known. */
export interface BoxPlace {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Size of a pixel of the photo in the patch. */
  readonly photoPx: number;
}

/** Shorter side of a box in the photo, in its pixels. */
export function sideInPhoto({ left, top, right, bottom, photoPx }: BoxPlace): number {
  return Math.min(right - left, bottom - top) / photoPx;
}

/**
 * In boxes of fewer pixels the lines are blurred as wide as strokes. Subtracted in place of erased, characters of a drawn set are read
 * better in boxes of 20 to 25 pixels (93 to 96 %) and of 25 to 36 (96.0 to 98.1 %), and no better in larger ones.
 */
const softBelowPx = 33;
/** A soft line is looked at so far from its middle, in pixels of the photo. */
const softReachPx = 3;
/** A soft line is as dark as this share of its length is at least. */
const softShare = 0.6;
/** It is darker here and there: so much of it is taken away. */
const softGain = 1.2;
/** Of the darkness of ink under a line no more than this can be told from it. */
const mostSubtracted = 0.9;

/** How far, as a share of the box's shorter side, its printed lines may lie from where they should. */
const slackShare = 0.12;
/** A line is looked for between both of its ends, each moved by so many steps over the slack. */
const endSteps = 13;
/** A printed line is dark along this share of its side; strokes along a side are shorter. */
const lineShare = 0.75;
/** Places along the line that are looked at. */
const sampleCount = 48;
/** The palest line that matters: what is fainter is no ink either. */
const leastInk = 0.05;
/** Widest printed line, as a share of the box's shorter side. */
const widestShare = 0.14;

/** Where one side of the box runs: at `from` where the side begins, at `to` where it ends, in the patch as it is or transposed. */
interface LinePlace {
  readonly from: number;
  readonly to: number;
}

interface PrintedLine extends LinePlace {
  /** Half of its width, rounded up so that its soft edges are in it. */
  readonly reach: number;
}

/**
 * Takes the box's printed lines out of the ink, and leaves strokes that cross them. Sharp lines are erased: where there is ink on both
 * sides of one, straight or aslant, it stays joined. Soft ones are subtracted.
 *
 * @param ink 0 to 1
 */
export function eraseLines(ink: Plane<Float32Array>, box: BoxPlace): Plane<Float32Array> {
  const { left, top, right, bottom } = box;
  const slack = slackShare * Math.min(right - left, bottom - top);
  const widest = widestShare * Math.min(right - left, bottom - top);
  const softReach = sideInPhoto(box) < softBelowPx ? Math.ceil(softReachPx * box.photoPx) : undefined;
  const level = eraseSide(ink, { level: top, start: left, end: right, slack, widest, softReach });
  const lower = eraseSide(level, { level: bottom, start: left, end: right, slack, widest, softReach });
  const across = transpose(lower);
  const one = eraseSide(across, { level: left, start: top, end: bottom, slack, widest, softReach });
  return transpose(eraseSide(one, { level: right, start: top, end: bottom, slack, widest, softReach }));
}

interface Side {
  /** Row where the line should be, and the columns that it runs between. */
  readonly level: number;
  readonly start: number;
  readonly end: number;
  readonly slack: number;
  readonly widest: number;
  /** Pixels to either side that a soft line is looked at; `undefined` where lines are sharp. */
  readonly softReach: number | undefined;
}

function eraseSide(ink: Plane<Float32Array>, side: Side): Plane<Float32Array> {
  const place = findLine(ink, side);
  if (side.softReach !== undefined)
    return subtractLine(ink, place, profileOf(ink, place, side, side.softReach, softShare), side);
  const line = measureLine(ink, place, side);
  return line === undefined ? ink : eraseLine(ink, line, side);
}

function valueAt({ width, height, values }: Plane<Float32Array>, x: number, y: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : (values[y * width + x] ?? 0);
}

/** The straight line that is darkest along its darkest stretch. */
function findLine(ink: Plane<Float32Array>, { level, start, end, slack }: Side): LinePlace {
  let best = { from: level, to: level, sum: -1 };
  for (let first = 0; first < endSteps; first++) {
    for (let last = 0; last < endSteps; last++) {
      const from = level + slack * ((2 * first) / (endSteps - 1) - 1);
      const to = level + slack * ((2 * last) / (endSteps - 1) - 1);
      let sum = 0;
      for (let sample = 0; sample < sampleCount; sample++) {
        const share = (sample + 0.5) / sampleCount;
        sum += valueAt(ink, Math.round(start + share * (end - start)), Math.round(from + share * (to - from)));
      }
      if (sum > best.sum) best = { from, to, sum };
    }
  }
  return best;
}

/** Middle and width of a line, if it is dark and narrow enough to be printed. */
function measureLine(ink: Plane<Float32Array>, place: LinePlace, side: Side): PrintedLine | undefined {
  const { widest } = side;
  const profile = profileOf(ink, place, side, Math.ceil(widest) + 1, lineShare);
  const middle = profile.length >> 1;
  const peak = Math.max(profile[middle] ?? 0, profile[middle - 1] ?? 0, profile[middle + 1] ?? 0);
  if (peak < leastInk) return undefined;
  let up = middle;
  let down = middle;
  while (up > 0 && (profile[up - 1] ?? 0) > 0.2 * peak) up--;
  while (down < profile.length - 1 && (profile[down + 1] ?? 0) > 0.2 * peak) down++;
  if (down - up + 1 > widest + 2) return undefined;
  const offset = (up + down) / 2 - middle;
  return { from: place.from + offset, to: place.to + offset, reach: (down - up) / 2 + 1 };
}

/**
 * Ink at each distance from the line, from `-reach` to `reach`, that this share of its length has: what is written on it or along
 * it here and there does not count.
 */
function profileOf(
  ink: Plane<Float32Array>,
  { from, to }: LinePlace,
  { start, end }: Side,
  reach: number,
  lengthShare: number,
): readonly number[] {
  return Array.from({ length: 2 * reach + 1 }, (_, at) => {
    const values = Array.from({ length: sampleCount }, (_none, sample) => {
      const share = (sample + 0.5) / sampleCount;
      return valueAt(
        ink,
        Math.round(start + share * (end - start)),
        Math.round(from + share * (to - from)) + at - reach,
      );
    });
    return values.toSorted((a, b) => a - b)[Math.floor((1 - lengthShare) * sampleCount)] ?? 0;
  });
}

function eraseLine(
  ink: Plane<Float32Array>,
  { from, to, reach }: PrintedLine,
  { start, end }: Side,
): Plane<Float32Array> {
  const values = ink.values.slice();
  const { width, height } = ink;
  // Beyond the box's corners the lines of its neighbours go on.
  for (let x = 0; x < width; x++) {
    const middle = from + ((x - start) / (end - start)) * (to - from);
    const upper = Math.max(0, Math.round(middle - reach));
    const lower = Math.min(height - 1, Math.round(middle + reach));
    const aslant = Math.ceil(lower - upper + 1);
    for (let y = upper; y <= lower; y++) {
      // A stroke that comes down at (x - d) above goes on at (x + d) below.
      const share = (y - upper + 1) / (lower - upper + 2);
      let kept = 0;
      for (let shift = -aslant; shift <= aslant; shift++) {
        const above = valueAt(ink, Math.round(x - shift * share), upper - 1);
        const below = valueAt(ink, Math.round(x + shift * (1 - share)), lower + 1);
        kept = Math.max(kept, Math.min(above, below));
      }
      values[y * width + x] = Math.min(values[y * width + x] ?? 0, kept);
    }
  }
  return { width, height, values };
}

/**
 * Takes a soft line's own darkness off, as light passes through ink on ink: what is written goes on under it.
 *
 * @param profile darkness by the distance from the line
 */
function subtractLine(
  ink: Plane<Float32Array>,
  { from, to }: LinePlace,
  profile: readonly number[],
  { start, end }: Side,
): Plane<Float32Array> {
  const reach = profile.length >> 1;
  // Beyond where it grows darker again there is something else.
  const line = profile.slice();
  for (let off = 1; off <= reach; off++)
    for (const way of [-1, 1]) {
      const at = reach + way * off;
      line[at] = Math.min(line[at] ?? 0, line[at - way] ?? 0);
    }
  if ((line[reach] ?? 0) < leastInk) return ink;
  const values = ink.values.slice();
  const { width, height } = ink;
  for (let x = 0; x < width; x++) {
    const first = from + ((x - start) / (end - start)) * (to - from) - reach;
    for (let y = Math.max(0, Math.ceil(first)); y <= Math.min(height - 1, first + 2 * reach); y++) {
      const before = Math.floor(y - first);
      const share = y - first - before;
      const own = (1 - share) * (line[before] ?? 0) + share * (line[before + 1] ?? 0);
      const taken = Math.min(mostSubtracted, softGain * own);
      const at = y * width + x;
      values[at] = Math.max(0, ((values[at] ?? 0) - taken) / (1 - taken));
    }
  }
  return { width, height, values };
}

function transpose({ width, height, values }: Plane<Float32Array>): Plane<Float32Array> {
  const out = new Float32Array(values.length);
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++, at++) out[x * height + y] = values[at] ?? 0;
  return { width: height, height: width, values: out };
}
