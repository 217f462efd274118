/** How well a candidate agrees with what the document detector sees. */
import { cornerAt, distanceBetween, type FourPoints } from '#worker/vision/geometry.ts';
import type { Size } from '#contract/images.ts';
import { mapPx, type PageMaps } from './page-maps.ts';
import { sampleMap } from './propose-sides.ts';

/** What the second score looks at, in the order of its weights; the first is the score of lines and colours. */
export const mapFeatureNames = [
  'lines',
  'pageOverlap',
  'otherPages',
  'meanSides',
  'leastSides',
  'meanCorners',
  'leastCorners',
  'presence',
] as const;

/** Logits beyond this say no more. */
const mostLogit = 6;

/** Points along a side. */
const sideSamples = 24;

/**
 * @param corners clockwise, in pixels of the picture
 * @param isBorder for each side, whether it lies on the picture's border, where the detector draws none
 * @param lineScore log odds by lines and colours alone
 */
export function measureByMaps(
  maps: PageMaps,
  corners: FourPoints,
  isBorder: readonly boolean[],
  picture: Size,
  lineScore: number,
): Float64Array {
  const inMap = corners.map(({ x, y }) => ({ x: (x * mapPx) / picture.width, y: (y * mapPx) / picture.height }));
  const [a, b, c, d] = inMap;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return new Float64Array(8);
  const quad: FourPoints = [a, b, c, d];
  const { overlap, rest } = overlapWith(maps.page, quad);
  const sides: number[] = [];
  for (let index = 0; index < 4; index++)
    if (isBorder[index] !== true) sides.push(readSideOfMap(maps.sides, quad, index));
  const atCorners = quad.map(({ x, y }) => peakNear(maps.corners, x, y));
  return Float64Array.of(
    Math.max(-mostLogit * 2, Math.min(mostLogit * 2, lineScore)),
    overlap,
    rest,
    meanOf(sides),
    sides.length === 0 ? 0 : Math.min(...sides),
    meanOf(atCorners),
    Math.min(...atCorners),
    Math.max(-mostLogit, Math.min(mostLogit, Math.log((maps.presence + 1e-6) / (1 - maps.presence + 1e-6)))),
  );
}

/**
 * Soft IoU of the quad with the page map, against the piece of it that the quad touches; `rest`: the share of all page
 * that lies outside of the quad, which another page may be.
 */
function overlapWith(page: Float32Array, quad: FourPoints): { overlap: number; rest: number } {
  let inside = 0;
  let insideCount = 0;
  let total = 0;
  for (let y = 0; y < mapPx; y++) {
    const [from, to] = spanOfRow(quad, y + 0.5);
    for (let x = 0; x < mapPx; x++) {
      const value = page[y * mapPx + x] ?? 0;
      total += value;
      // The share of this pixel's width that lies in the quad.
      const share = Math.max(0, Math.min(x + 1, to) - Math.max(x, from));
      inside += share * value;
      insideCount += share;
    }
  }
  const union = insideCount + total - inside;
  return { overlap: union <= 0 ? 0 : inside / union, rest: total <= 1 ? 0 : (total - inside) / total };
}

function spanOfRow(quad: FourPoints, y: number): readonly [number, number] {
  let left = Infinity;
  let right = -Infinity;
  for (let index = 0; index < 4; index++) {
    const from = cornerAt(quad, index);
    const to = cornerAt(quad, index + 1);
    if (from.y <= y === to.y <= y) continue;
    const x = from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x);
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  return [left, right];
}

/** Mean of the sides' map along a side, each point the best of it and half a pixel to either hand. */
function readSideOfMap(sides: Float32Array, quad: FourPoints, index: number): number {
  const from = cornerAt(quad, index);
  const to = cornerAt(quad, index + 1);
  const length = distanceBetween(from, to) || 1;
  const normalX = (to.y - from.y) / length;
  const normalY = -(to.x - from.x) / length;
  let sum = 0;
  for (let step = 0; step < sideSamples; step++) {
    const share = (step + 0.5) / sideSamples;
    const x = from.x + share * (to.x - from.x);
    const y = from.y + share * (to.y - from.y);
    sum += Math.max(
      sampleMap(sides, x, y),
      sampleMap(sides, x + 0.5 * normalX, y + 0.5 * normalY),
      sampleMap(sides, x - 0.5 * normalX, y - 0.5 * normalY),
    );
  }
  return sum / sideSamples;
}

function peakNear(corners: Float32Array, x: number, y: number): number {
  let peak = 0;
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) peak = Math.max(peak, sampleMap(corners, x + dx, y + dy));
  return peak;
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
