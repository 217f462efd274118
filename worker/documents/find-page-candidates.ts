import type { Size } from '#contract/images.ts';
import { cornerAt, distanceBetween, type FourPoints, type XY } from '#worker/vision/geometry.ts';
import type { SideLine } from './find-page-lines.ts';
import { weighSide } from './find-page-sides.ts';

/** One side of a quad: a stretch of a line, and the hand of the line that the inside lies on. */
export interface Side {
  readonly line: SideLine;
  readonly from: number;
  readonly to: number;
  readonly insideRight: boolean;
}

/** A quad that may be the page, with the cue that it came from. */
export interface Candidate {
  /** Clockwise, inside the picture. */
  readonly corners: FourPoints;
  /** The side after each corner. */
  readonly sides: readonly [Side, Side, Side, Side];
  /** The cue that proposed it: lines of the picture, or sides that the document detector sees. */
  readonly source: 'lines' | 'detector';
  /** A first guess from its sides alone, by which the best are chosen for a closer look. */
  readonly promise: number;
}

/** Opposite sides of a page differ by at most this much in a photo, adjacent ones by at least the other, in degrees. */
const mostBetweenOpposite = 38;
const leastBetweenAdjacent = 45;

/** Corners may lie this far outside of the picture, as a share of its long side; they are clipped to it afterwards. */
const cornerMargin = 0.03;

/** Smallest page, as a share of the picture: a card held at arm's length covers 3 %. */
const smallestArea = 0.025;

/** Shortest side, in pixels. */
const shortestSidePx = 20;

/** Candidates closer than this to a better one are dropped, as a share of the long side. */
const apartShare = 0.015;

/**
 * Weights of the promise, a conditional logit like the score's (see [Note: Where the weights come from]), fitted on 400
 * candidates of each of 350 rendered pictures: the right quad is among the best 20 in all of those that have it at all.
 * Those of the sides are in `weighSide`.
 */
const promise = { leastParting: 5.3, logArea: 3.4, border: -3, borderShare: -8 } as const;

interface Crossing extends XY {
  /** Positions of the crossing along the first and the second line. */
  readonly alongFirst: number;
  readonly alongSecond: number;
}

/** A line that crosses two others, between them. */
interface Rung {
  readonly line: SideLine;
  readonly onFirst: Crossing;
  readonly onSecond: Crossing;
  /** Whether the inside lies to the right of the line when this is the nearer rung. */
  readonly insideRight: boolean;
  readonly worth: SideWorth;
}

interface SideWorth {
  readonly worth: number;
  readonly parting: number;
}

/**
 * Joins lines to quads: every two that may be opposite sides, with every two that cross both.
 *
 * @param most how many candidates come back, best promise first, none nearly the same as another.
 */
export function joinLines(
  lines: readonly SideLine[],
  picture: Size,
  most: number,
  source: Candidate['source'] = 'lines',
): Candidate[] {
  const crossings = lines.map((first, a) =>
    lines.map((second, b) => (a === b ? undefined : crossLines(first, second, picture))),
  );
  const best = new BestCandidates(10 * most);
  for (const [i, first] of lines.entries()) {
    for (let j = i + 1; j < lines.length; j++) {
      const second = lines[j];
      if (second === undefined) continue;
      const cosine = Math.abs(first.normalX * second.normalX + first.normalY * second.normalY);
      if (cosine < Math.cos((mostBetweenOpposite * Math.PI) / 180)) continue;
      const rungs = findRungs(lines, crossings[i] ?? [], crossings[j] ?? [], first);
      for (const [k, near] of rungs.entries()) {
        for (let l = k + 1; l < rungs.length; l++) {
          const far = rungs[l];
          if (far !== undefined) joinRungs(first, second, near, far, picture, best, source);
        }
      }
    }
  }
  return keepDistinct(best.sorted(), most, apartShare * Math.max(picture.width, picture.height));
}

/** Keeps the best few of many candidates, and tells early which need not be built at all. */
class BestCandidates {
  readonly #most: number;
  #kept: Candidate[] = [];
  #cutoff = -Infinity;

  constructor(most: number) {
    this.#most = most;
  }

  wants(promised: number): boolean {
    return promised > this.#cutoff;
  }

  add(candidate: Candidate): void {
    this.#kept.push(candidate);
    if (this.#kept.length < 3 * this.#most) return;
    this.#kept = this.sorted();
    this.#cutoff = this.#kept.at(-1)?.promise ?? -Infinity;
  }

  sorted(): Candidate[] {
    return this.#kept.toSorted((a, b) => b.promise - a.promise).slice(0, this.#most);
  }
}

function findRungs(
  lines: readonly SideLine[],
  onFirsts: readonly (Crossing | undefined)[],
  onSeconds: readonly (Crossing | undefined)[],
  first: SideLine,
): Rung[] {
  const rungs: Rung[] = [];
  for (const [k, line] of lines.entries()) {
    const onFirst = onFirsts[k];
    const onSecond = onSeconds[k];
    if (onFirst === undefined || onSecond === undefined) continue;
    const { alongSecond: from } = onFirst;
    const { alongSecond: to } = onSecond;
    if (Math.abs(from - to) < shortestSidePx) continue;
    // Along the first line is (normalY, -normalX); the inside of the nearer rung lies that way.
    const insideRight = line.normalX * first.normalY - line.normalY * first.normalX > 0;
    rungs.push({ line, onFirst, onSecond, insideRight, worth: weighSide(line, from, to) });
  }
  return rungs.toSorted((a, b) => a.onFirst.alongFirst - b.onFirst.alongFirst);
}

function joinRungs(
  first: SideLine,
  second: SideLine,
  near: Rung,
  far: Rung,
  { width, height }: Size,
  best: BestCandidates,
  source: Candidate['source'],
): void {
  const a = near.onFirst;
  const b = far.onFirst;
  const c = far.onSecond;
  const d = near.onSecond;
  if (Math.abs(b.alongFirst - a.alongFirst) < shortestSidePx) return;
  // The rungs must not cross between the two lines.
  const agree = first.normalX * second.normalX + first.normalY * second.normalY > 0;
  if (agree !== c.alongFirst - d.alongFirst > 0 || Math.abs(c.alongFirst - d.alongFirst) < shortestSidePx) return;
  const area = (a.x * b.y - b.x * a.y + b.x * c.y - c.x * b.y + c.x * d.y - d.x * c.y + d.x * a.y - a.x * d.y) / 2;
  const share = Math.abs(area) / (width * height);
  if (share < smallestArea) return;
  const lengths = [
    Math.abs(b.alongFirst - a.alongFirst),
    Math.abs(far.onFirst.alongSecond - far.onSecond.alongSecond),
    Math.abs(c.alongFirst - d.alongFirst),
    Math.abs(near.onFirst.alongSecond - near.onSecond.alongSecond),
  ] as const;
  const lines = [first, far.line, second, near.line] as const;
  const worths = [
    weighSide(first, a.alongFirst, b.alongFirst),
    far.worth,
    weighSide(second, c.alongFirst, d.alongFirst),
    near.worth,
  ] as const;
  let sum = 0;
  let least = 1;
  let borders = 0;
  let borderLength = 0;
  for (let index = 0; index < 4; index++) {
    if (lines[index]?.border === true) {
      borders++;
      borderLength += lengths[index] ?? 0;
    } else {
      sum += worths[index]?.worth ?? 0;
      least = Math.min(least, worths[index]?.parting ?? 0);
    }
  }
  if (borders === 4) return;
  const perimeter = lengths[0] + lengths[1] + lengths[2] + lengths[3];
  const promised =
    sum / (4 - borders) +
    promise.leastParting * least +
    promise.logArea * Math.log(share) +
    promise.border * borders +
    (promise.borderShare * borderLength) / perimeter;
  if (!best.wants(promised)) return;
  const onFirst: Side = {
    line: first,
    from: a.alongFirst,
    to: b.alongFirst,
    insideRight: (d.x - a.x) * first.normalX + (d.y - a.y) * first.normalY > 0,
  };
  const onSecond: Side = {
    line: second,
    from: c.alongFirst,
    to: d.alongFirst,
    insideRight: (a.x - d.x) * second.normalX + (a.y - d.y) * second.normalY > 0,
  };
  const onNear: Side = {
    line: near.line,
    from: near.onFirst.alongSecond,
    to: near.onSecond.alongSecond,
    insideRight: near.insideRight,
  };
  const onFar: Side = {
    line: far.line,
    from: far.onFirst.alongSecond,
    to: far.onSecond.alongSecond,
    insideRight: !far.insideRight,
  };
  best.add({
    corners: clipCorners(area > 0 ? [a, b, c, d] : [a, d, c, b], width, height),
    sides: area > 0 ? [onFirst, onFar, onSecond, onNear] : [onNear, onSecond, onFar, onFirst],
    source,
    promise: promised,
  });
}

function crossLines(first: SideLine, second: SideLine, { width, height }: Size): Crossing | undefined {
  const determinant = first.normalX * second.normalY - first.normalY * second.normalX;
  if (Math.abs(determinant) < Math.sin((leastBetweenAdjacent * Math.PI) / 180)) return undefined;
  const x = (first.offset * second.normalY - second.offset * first.normalY) / determinant;
  const y = (first.normalX * second.offset - second.normalX * first.offset) / determinant;
  const margin = cornerMargin * Math.max(width, height);
  if (x < -margin || y < -margin || x > width + margin || y > height + margin) return undefined;
  return {
    x,
    y,
    alongFirst: (x - first.startX) * first.normalY - (y - first.startY) * first.normalX,
    alongSecond: (x - second.startX) * second.normalY - (y - second.startY) * second.normalX,
  };
}

/** The first `most` candidates, none with all four corners within `apartPx` of an earlier one's. */
function keepDistinct(candidates: readonly Candidate[], most: number, apartPx: number): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates) {
    if (kept.length >= most) break;
    if (!kept.some((other) => areClose(candidate.corners, other.corners, apartPx))) kept.push(candidate);
  }
  return kept;
}

function areClose(a: FourPoints, b: FourPoints, apartPx: number): boolean {
  const nearAt = (turn: number): boolean =>
    a.every((corner: XY, index) => distanceBetween(corner, cornerAt(b, index + turn)) < apartPx);
  return nearAt(0) || nearAt(1) || nearAt(2) || nearAt(3);
}

/** A page that the frame cuts ends at the frame. */
export function clipCorners([a, b, c, d]: FourPoints, width: number, height: number): FourPoints {
  const clip = ({ x, y }: XY): XY => ({ x: Math.max(0, Math.min(width, x)), y: Math.max(0, Math.min(height, y)) });
  return [clip(a), clip(b), clip(c), clip(d)];
}
