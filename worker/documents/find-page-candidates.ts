import { cornerAt, distanceBetween, type FourPoints, type XY } from '#worker/vision/geometry.ts';
import type { SideLine } from './find-page-lines.ts';
import { readSide } from './find-page-sides.ts';

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
  readonly source: 'lines' | 'regions';
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

interface Crossing {
  readonly x: number;
  readonly y: number;
  /** Positions of the crossing along the first and the second line. */
  readonly alongFirst: number;
  readonly alongSecond: number;
}

/**
 * Joins lines to quads: every two that may be opposite sides, with every two that cross both.
 *
 * @param most how many candidates come back, best promise first, none nearly the same as another.
 */
export function joinLines(lines: readonly SideLine[], width: number, height: number, most: number): Candidate[] {
  const crossings = lines.map((first, a) =>
    lines.map((second, b) => (a === b ? undefined : crossLines(first, second, width, height))),
  );
  const found: Candidate[] = [];
  const leastArea = smallestArea * width * height;
  for (const [i, first] of lines.entries()) {
    for (const [j, second] of lines.entries()) {
      if (j <= i) continue;
      const cosine = Math.abs(first.normalX * second.normalX + first.normalY * second.normalY);
      if (cosine < Math.cos((mostBetweenOpposite * Math.PI) / 180)) continue;
      const rungs = findRungs(lines, crossings, i, j);
      for (let k = 0; k < rungs.length; k++) {
        for (let l = k + 1; l < rungs.length; l++) {
          const near = rungs[k];
          const far = rungs[l];
          if (near === undefined || far === undefined) continue;
          const candidate = joinRungs(first, second, near, far, leastArea);
          if (candidate !== undefined) found.push(candidate);
        }
      }
    }
  }
  return keepDistinct(found, most, 0.015 * Math.max(width, height)).map((candidate) => ({
    ...candidate,
    corners: clipCorners(candidate.corners, width, height),
  }));
}

interface Rung {
  readonly line: SideLine;
  readonly from: number;
  readonly to: number;
  /** Whether the inside lies to the right of the line when this is the nearer rung. */
  readonly insideRight: boolean;
  readonly onFirst: Crossing;
  readonly onSecond: Crossing;
  /** Worth as the side nearer the start of the first line, and as the farther one. */
  readonly worthNear: number;
  readonly worthFar: number;
}

function findRungs(
  lines: readonly SideLine[],
  crossings: readonly (readonly (Crossing | undefined)[])[],
  i: number,
  j: number,
): Rung[] {
  const first = lines[i];
  if (first === undefined) return [];
  const rungs: Rung[] = [];
  for (const [k, line] of lines.entries()) {
    const onFirst = crossings[i]?.[k];
    const onSecond = crossings[j]?.[k];
    if (onFirst === undefined || onSecond === undefined) continue;
    // Along the first line is (normalY, -normalX); the inside of the nearer rung lies that way.
    const insideRight = line.normalX * first.normalY - line.normalY * first.normalX > 0;
    const { alongSecond: from } = onFirst;
    const { alongSecond: to } = onSecond;
    if (Math.abs(from - to) < 20) continue;
    rungs.push({
      line,
      from,
      to,
      insideRight,
      onFirst,
      onSecond,
      worthNear: weighSide(line, from, to, insideRight),
      worthFar: weighSide(line, from, to, !insideRight),
    });
  }
  return rungs.toSorted((a, b) => a.onFirst.alongFirst - b.onFirst.alongFirst);
}

function joinRungs(first: SideLine, second: SideLine, near: Rung, far: Rung, leastArea: number): Candidate | undefined {
  const a = near.onFirst;
  const b = far.onFirst;
  const c = far.onSecond;
  const d = near.onSecond;
  const area = (a.x * b.y - b.x * a.y + b.x * c.y - c.x * b.y + c.x * d.y - d.x * c.y + d.x * a.y - a.x * d.y) / 2;
  if (Math.abs(area) < leastArea) return undefined;
  // The rungs must not cross between the two lines.
  const alongSecondAgrees = first.normalX * second.normalX + first.normalY * second.normalY > 0;
  if (alongSecondAgrees !== c.alongFirst > d.alongFirst) return undefined;
  const secondToTheRight = (d.x - a.x) * first.normalX + (d.y - a.y) * first.normalY > 0;
  const firstToTheRight = (a.x - d.x) * second.normalX + (a.y - d.y) * second.normalY > 0;
  const worths = [
    near.worthNear,
    far.worthFar,
    weighSide(first, a.alongFirst, b.alongFirst, secondToTheRight),
    weighSide(second, c.alongFirst, d.alongFirst, firstToTheRight),
  ];
  let sum = 0;
  let least = 1;
  for (const worth of worths) {
    sum += worth;
    least = Math.min(least, worth);
  }
  const onNear: Side = { line: near.line, from: near.from, to: near.to, insideRight: near.insideRight };
  const onFar: Side = { line: far.line, from: far.from, to: far.to, insideRight: !far.insideRight };
  const onFirst: Side = { line: first, from: a.alongFirst, to: b.alongFirst, insideRight: secondToTheRight };
  const onSecond: Side = { line: second, from: c.alongFirst, to: d.alongFirst, insideRight: firstToTheRight };
  return {
    corners: area > 0 ? [a, b, c, d] : [a, d, c, b],
    sides: area > 0 ? [onFirst, onFar, onSecond, onNear] : [onNear, onSecond, onFar, onFirst],
    source: 'lines',
    promise: sum / 4 + 0.5 * least + 0.08 * Math.log(Math.abs(area) / leastArea),
  };
}

/** Worth of one side alone, 0 to about 1. */
function weighSide(line: SideLine, from: number, to: number, insideRight: boolean): number {
  if (line.border) return 0.3;
  const reading = readSide(line, from, to, insideRight);
  return reading.support + 0.5 * Math.min(1, reading.contrast / 30);
}

function crossLines(first: SideLine, second: SideLine, width: number, height: number): Crossing | undefined {
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

/** The most promising candidates, none with all four corners within `apartPx` of a better one's. */
export function keepDistinct(candidates: readonly Candidate[], most: number, apartPx: number): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates.toSorted((a, b) => b.promise - a.promise)) {
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
