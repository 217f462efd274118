import type { Plane } from '#worker/vision/plane.ts';

/** Where the box lies in the patch that was cut around it, in pixels: the middles of its printed lines, as far as known. */
export interface BoxPlace {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

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

/** One side of the box: the line runs from (0, `from`) to (`length`, `to`), in the patch as it is or transposed. */
interface PrintedLine {
  readonly from: number;
  readonly to: number;
  /** Half of its width, rounded up so that its soft edges are in it. */
  readonly reach: number;
}

/**
 * Takes the box's printed lines out of the ink, and leaves strokes that cross them: where there is ink on both sides of a line,
 * straight or aslant, it stays joined.
 *
 * @param ink 0 to 1
 */
export function eraseLines(ink: Plane<Float32Array>, box: BoxPlace): Plane<Float32Array> {
  const { left, top, right, bottom } = box;
  const slack = slackShare * Math.min(right - left, bottom - top);
  const widest = widestShare * Math.min(right - left, bottom - top);
  const level = eraseSide(ink, { level: top, start: left, end: right, slack, widest });
  const lower = eraseSide(level, { level: bottom, start: left, end: right, slack, widest });
  const across = transpose(lower);
  const one = eraseSide(across, { level: left, start: top, end: bottom, slack, widest });
  return transpose(eraseSide(one, { level: right, start: top, end: bottom, slack, widest }));
}

interface Side {
  /** Row where the line should be, and the columns that it runs between. */
  readonly level: number;
  readonly start: number;
  readonly end: number;
  readonly slack: number;
  readonly widest: number;
}

function eraseSide(ink: Plane<Float32Array>, side: Side): Plane<Float32Array> {
  const line = findLine(ink, side);
  return line === undefined ? ink : eraseLine(ink, line, side);
}

function valueAt({ width, height, values }: Plane<Float32Array>, x: number, y: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : (values[y * width + x] ?? 0);
}

/** The straight line that is darkest along its darkest stretch, if it is dark enough to be printed. */
function findLine(ink: Plane<Float32Array>, { level, start, end, slack, widest }: Side): PrintedLine | undefined {
  let best: { from: number; to: number; sum: number } | undefined;
  for (let first = 0; first < endSteps; first++) {
    for (let last = 0; last < endSteps; last++) {
      const from = level + slack * ((2 * first) / (endSteps - 1) - 1);
      const to = level + slack * ((2 * last) / (endSteps - 1) - 1);
      let sum = 0;
      for (let sample = 0; sample < sampleCount; sample++) {
        const share = (sample + 0.5) / sampleCount;
        sum += valueAt(ink, Math.round(start + share * (end - start)), Math.round(from + share * (to - from)));
      }
      if (best === undefined || sum > best.sum) best = { from, to, sum };
    }
  }
  if (best === undefined) return undefined;
  const profile = profileOf(ink, best, { start, end }, Math.ceil(widest) + 1);
  const middle = profile.length >> 1;
  const peak = Math.max(profile[middle] ?? 0, profile[middle - 1] ?? 0, profile[middle + 1] ?? 0);
  if (peak < leastInk) return undefined;
  let up = middle;
  let down = middle;
  while (up > 0 && (profile[up - 1] ?? 0) > 0.2 * peak) up--;
  while (down < profile.length - 1 && (profile[down + 1] ?? 0) > 0.2 * peak) down++;
  if (down - up + 1 > widest + 2) return undefined;
  const offset = (up + down) / 2 - middle;
  return { from: best.from + offset, to: best.to + offset, reach: (down - up) / 2 + 1 };
}

/**
 * Ink at each distance from the line, from `-reach` to `reach`, that three quarters of its length have: what is written on it or
 * along it here and there does not count.
 */
function profileOf(
  ink: Plane<Float32Array>,
  { from, to }: Pick<PrintedLine, 'from' | 'to'>,
  { start, end }: Pick<Side, 'start' | 'end'>,
  reach: number,
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
    return values.toSorted((a, b) => a - b)[Math.floor((1 - lineShare) * sampleCount)] ?? 0;
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

function transpose({ width, height, values }: Plane<Float32Array>): Plane<Float32Array> {
  const out = new Float32Array(values.length);
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++, at++) out[x * height + y] = values[at] ?? 0;
  return { width: height, height: width, values: out };
}
