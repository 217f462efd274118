import { solveLinear, type Homography, type XY } from './geometry.ts';

/** A point, where it went, and how much that counts (>= 0). */
export interface Correspondence {
  readonly from: XY;
  readonly to: XY;
  readonly weight: number;
}

/**
 * Weighted least squares of the homography with h33 = 1 over any number of points (Hartley and Zisserman 2004, section 4.1,
 * coordinates normalised as in 4.4). `undefined` where the points do not determine one: fewer than four, or all in line.
 */
export function fitHomography(pairs: readonly Correspondence[]): Homography | undefined {
  const from = normaliserOf(pairs, ({ from: point }) => point);
  const to = normaliserOf(pairs, ({ to: point }) => point);
  if (from === undefined || to === undefined) return undefined;
  const rows: number[][] = Array.from({ length: 8 }, () => Array.from({ length: 9 }, () => 0));
  for (const pair of pairs) {
    const x = (pair.from.x - from.x) * from.scale;
    const y = (pair.from.y - from.y) * from.scale;
    const u = (pair.to.x - to.x) * to.scale;
    const v = (pair.to.y - to.y) * to.scale;
    addEquation(rows, [x, y, 1, 0, 0, 0, -u * x, -u * y, u], pair.weight);
    addEquation(rows, [0, 0, 0, x, y, 1, -v * x, -v * y, v], pair.weight);
  }
  const solution = solveLinear(rows);
  if (solution === undefined) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = solution;
  const intoUnits: Homography = [1 / to.scale, 0, to.x, 0, 1 / to.scale, to.y, 0, 0, 1];
  const outOfUnits: Homography = [from.scale, 0, -from.x * from.scale, 0, from.scale, -from.y * from.scale, 0, 0, 1];
  return chain(intoUnits, chain([a, b, c, d, e, f, g, h, 1], outOfUnits));
}

/** Weighted least squares of the affine map; `undefined` where the points do not determine one: fewer than three, or all in line. */
export function fitAffine(pairs: readonly Correspondence[]): Homography | undefined {
  const from = normaliserOf(pairs, ({ from: point }) => point);
  if (from === undefined) return undefined;
  const across: number[][] = Array.from({ length: 3 }, () => [0, 0, 0, 0]);
  const down: number[][] = Array.from({ length: 3 }, () => [0, 0, 0, 0]);
  for (const pair of pairs) {
    const x = (pair.from.x - from.x) * from.scale;
    const y = (pair.from.y - from.y) * from.scale;
    addEquation(across, [x, y, 1, pair.to.x], pair.weight);
    addEquation(down, [x, y, 1, pair.to.y], pair.weight);
  }
  const first = solveLinear(across);
  const second = solveLinear(down);
  if (first === undefined || second === undefined) return undefined;
  const [a = 0, b = 0, c = 0] = first;
  const [d = 0, e = 0, f = 0] = second;
  const { scale } = from;
  return [
    a * scale,
    b * scale,
    c - scale * (a * from.x + b * from.y),
    d * scale,
    e * scale,
    f - scale * (d * from.x + e * from.y),
    0,
    0,
    1,
  ];
}

/** The homography that does `first`, then `second`. */
export function chain(second: Homography, first: Homography): Homography {
  const [a, b, c, d, e, f, g, h, i] = second;
  const [p, q, r, s, t, u, v, w, x] = first;
  const last = g * r + h * u + i * x;
  return [
    (a * p + b * s + c * v) / last,
    (a * q + b * t + c * w) / last,
    (a * r + b * u + c * x) / last,
    (d * p + e * s + f * v) / last,
    (d * q + e * t + f * w) / last,
    (d * r + e * u + f * x) / last,
    (g * p + h * s + i * v) / last,
    (g * q + h * t + i * w) / last,
    1,
  ];
}

/** Adds `weight * row' * row` of one equation to the normal equations. */
function addEquation(rows: number[][], equation: readonly number[], weight: number): void {
  rows.forEach((row, at) => {
    const factor = weight * (equation[at] ?? 0);
    if (factor === 0) return;
    for (let column = 0; column < row.length; column++)
      row[column] = (row[column] ?? 0) + factor * (equation[column] ?? 0);
  });
}

function normaliserOf(
  pairs: readonly Correspondence[],
  pointOf: (pair: Correspondence) => XY,
): (XY & { readonly scale: number }) | undefined {
  let sum = 0;
  let x = 0;
  let y = 0;
  for (const pair of pairs) {
    sum += pair.weight;
    x += pair.weight * pointOf(pair).x;
    y += pair.weight * pointOf(pair).y;
  }
  if (sum <= 0) return undefined;
  x /= sum;
  y /= sum;
  let spread = 0;
  for (const pair of pairs) spread += pair.weight * Math.hypot(pointOf(pair).x - x, pointOf(pair).y - y);
  if (spread <= 0) return undefined;
  return { x, y, scale: (Math.SQRT2 * sum) / spread };
}
