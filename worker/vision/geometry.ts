/** Plane geometry of quads, lines and homographies. Points are `{ x, y }` in one pixel space of the caller's choice. */

export interface XY {
  readonly x: number;
  readonly y: number;
}

export type FourPoints<P extends XY = XY> = readonly [P, P, P, P];

/** The line `normalX * x + normalY * y = offset`, its normal of length 1. */
export interface Line {
  readonly normalX: number;
  readonly normalY: number;
  readonly offset: number;
}

/** Row-major 3x3, bottom right element 1. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

export function distanceBetween(a: XY, b: XY): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Area of a polygon; positive where it runs clockwise as seen on a screen (y down). */
export function signedArea(polygon: readonly XY[]): number {
  let twice = 0;
  polygon.forEach((point, index) => {
    const next = polygon[(index + 1) % polygon.length] ?? point;
    twice += point.x * next.y - next.x * point.y;
  });
  return twice / 2;
}

/** True where every corner turns the same way and no three corners are in line. */
export function isConvex(quad: FourPoints): boolean {
  const [a, b, c, d] = quad;
  const turns = [turnAt(a, b, c), turnAt(b, c, d), turnAt(c, d, a), turnAt(d, a, b)];
  return turns.every((turn) => turn > 0) || turns.every((turn) => turn < 0);
}

/** Twice the signed area of the triangle; positive where a, b, c turn clockwise as seen on a screen. */
function turnAt(a: XY, b: XY, c: XY): number {
  return (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
}

/** The part of `polygon` inside the convex `clip` (Sutherland and Hodgman 1974). Both must run clockwise. */
function clipPolygon(polygon: readonly XY[], clip: readonly XY[]): XY[] {
  let kept = [...polygon];
  clip.forEach((from, index) => {
    const to = clip[(index + 1) % clip.length] ?? from;
    const source = kept;
    kept = [];
    source.forEach((point, at) => {
      const next = source[(at + 1) % source.length] ?? point;
      const side = turnAt(from, to, point);
      const nextSide = turnAt(from, to, next);
      if (side >= 0) kept.push(point);
      if (side >= 0 !== nextSide >= 0) {
        const share = side / (side - nextSide);
        kept.push({ x: point.x + share * (next.x - point.x), y: point.y + share * (next.y - point.y) });
      }
    });
  });
  return kept;
}

/** Intersection over union of two convex quads, 0 to 1, whatever their starting corner or direction. */
export function quadIoU(a: FourPoints, b: FourPoints): number {
  const first = signedArea(a) < 0 ? a.toReversed() : a;
  const second = signedArea(b) < 0 ? b.toReversed() : b;
  const shared = Math.abs(signedArea(clipPolygon(first, second)));
  const union = signedArea(first) + signedArea(second) - shared;
  return union > 0 ? shared / union : 0;
}

/**
 * The four corners of a convex quad clockwise, from the one that is top left in the picture as seen. The top side is the
 * one whose outward direction points up most, so that a quad turned by less than 45 degrees keeps its own top; the
 * usual "smallest x + y" picks the wrong corner of a narrow page from about 20 degrees on.
 */
export function orderCorners<P extends XY>(quad: FourPoints<P>): FourPoints<P> {
  const [a, b, c, d] = quad;
  const clockwise: FourPoints<P> = signedArea(quad) < 0 ? [a, d, c, b] : quad;
  let top = 0;
  let mostUp = -Infinity;
  for (let index = 0; index < 4; index++) {
    const from = cornerAt(clockwise, index);
    const to = cornerAt(clockwise, index + 1);
    // Clockwise on a screen, the outward normal of a side (dx, dy) is (dy, -dx); up is -y.
    const up = (to.x - from.x) / (distanceBetween(from, to) || 1);
    if (up > mostUp) {
      mostUp = up;
      top = index;
    }
  }
  return [
    cornerAt(clockwise, top),
    cornerAt(clockwise, top + 1),
    cornerAt(clockwise, top + 2),
    cornerAt(clockwise, top + 3),
  ];
}

/** The corner at `index`, counted round and round. */
export function cornerAt<P extends XY>(quad: FourPoints<P>, index: number): P {
  switch (((index % 4) + 4) % 4) {
    case 0:
      return quad[0];
    case 1:
      return quad[1];
    case 2:
      return quad[2];
    default:
      return quad[3];
  }
}

/** Interior angles in degrees, in the order of the corners. */
export function cornerAngles(quad: FourPoints): [number, number, number, number] {
  const angleAt = (index: number): number => {
    const corner = cornerAt(quad, index);
    const before = cornerAt(quad, index - 1);
    const after = cornerAt(quad, index + 1);
    const cross = (before.x - corner.x) * (after.y - corner.y) - (before.y - corner.y) * (after.x - corner.x);
    const dot = (before.x - corner.x) * (after.x - corner.x) + (before.y - corner.y) * (after.y - corner.y);
    return (Math.atan2(Math.abs(cross), dot) * 180) / Math.PI;
  };
  return [angleAt(0), angleAt(1), angleAt(2), angleAt(3)];
}

/** The line through two points, its normal to the right of the way from `a` to `b` as seen on a screen (y down). */
export function lineThrough(a: XY, b: XY): Line {
  const length = distanceBetween(a, b) || 1;
  const normalX = -(b.y - a.y) / length;
  const normalY = (b.x - a.x) / length;
  return { normalX, normalY, offset: normalX * a.x + normalY * a.y };
}

/** Where two lines meet; `undefined` where they are parallel within about 0.06 degrees. */
export function intersectLines(a: Line, b: Line): XY | undefined {
  const determinant = a.normalX * b.normalY - a.normalY * b.normalX;
  if (Math.abs(determinant) < 1e-3) return undefined;
  return {
    x: (a.offset * b.normalY - b.offset * a.normalY) / determinant,
    y: (a.normalX * b.offset - b.normalX * a.offset) / determinant,
  };
}

function distanceToLine(line: Line, point: XY): number {
  return line.normalX * point.x + line.normalY * point.y - line.offset;
}

/**
 * Total least squares through weighted points: the direction of the largest variance. `undefined` where fewer than two
 * points weigh anything.
 *
 * @param xs, ys, weights of the same length; weights >= 0.
 */
export function fitLine(xs: ArrayLike<number>, ys: ArrayLike<number>, weights: ArrayLike<number>): Line | undefined {
  let sum = 0;
  let meanX = 0;
  let meanY = 0;
  for (let index = 0; index < xs.length; index++) {
    const weight = weights[index] ?? 0;
    sum += weight;
    meanX += weight * (xs[index] ?? 0);
    meanY += weight * (ys[index] ?? 0);
  }
  if (sum <= 0) return undefined;
  meanX /= sum;
  meanY /= sum;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let index = 0; index < xs.length; index++) {
    const weight = weights[index] ?? 0;
    const dx = (xs[index] ?? 0) - meanX;
    const dy = (ys[index] ?? 0) - meanY;
    xx += weight * dx * dx;
    xy += weight * dx * dy;
    yy += weight * dy * dy;
  }
  if (xx + yy < 1e-9) return undefined;
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const normalX = -Math.sin(angle);
  const normalY = Math.cos(angle);
  return { normalX, normalY, offset: normalX * meanX + normalY * meanY };
}

/**
 * Robust line fit: the best of some lines through two points by least median of squares (Rousseeuw 1984), so that up to
 * half of the points may lie elsewhere, then least squares with Tukey's biweight, the scale from the median absolute
 * residual (1.4826 makes it a standard deviation, 4.685 sigma is the usual 95 % efficient cut; Huber and Ronchetti 2009).
 *
 * @param xs, ys, weights of the same length, in order along the line; points of weight 0 take no part.
 * @returns the line and the final weights, or `undefined` where no line can be told.
 */
export function fitLineRobustly(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  weights: ArrayLike<number>,
): { line: Line; weights: Float64Array } | undefined {
  const points: XY[] = [];
  for (let index = 0; index < xs.length; index++) {
    if ((weights[index] ?? 0) > 0) points.push({ x: xs[index] ?? 0, y: ys[index] ?? 0 });
  }
  const used = Float64Array.from(weights);
  let line = lineOfLeastMedian(points) ?? fitLine(xs, ys, used);
  for (let round = 0; round < 5 && line !== undefined; round++) {
    // Never tighter than 0.15 px: below that, all that is left is sampling noise.
    const cut = 4.685 * Math.max(0.15, 1.4826 * medianDistance(line, points));
    for (let index = 0; index < used.length; index++) {
      const residual = Math.abs(distanceToLine(line, { x: xs[index] ?? 0, y: ys[index] ?? 0 }));
      const share = Math.min(1, residual / cut);
      used[index] = (weights[index] ?? 0) * (1 - share * share) ** 2;
    }
    line = fitLine(xs, ys, used);
  }
  return line === undefined ? undefined : { line, weights: used };
}

/** The line through two of the points, a third of their number apart or more, that half of all lie nearest to. */
function lineOfLeastMedian(points: readonly XY[]): Line | undefined {
  let best: Line | undefined;
  let bestMedian = Infinity;
  const apart = Math.max(1, Math.floor(points.length / 3));
  // 40 pairs: one of them is clean with a chance of 1 - 10^-5 even where half of the points lie elsewhere.
  const stride = Math.max(1, Math.floor(((points.length - apart) * 3) / 40));
  for (let shift = 0; shift < 3; shift++) {
    for (let index = shift; index + apart < points.length; index += stride) {
      const from = points[index];
      const to = points[(index + apart + shift * Math.floor(apart / 2)) % points.length];
      if (from === undefined || to === undefined || distanceBetween(from, to) < 1e-6) continue;
      const line = lineThrough(from, to);
      const median = medianDistance(line, points);
      if (median < bestMedian) {
        bestMedian = median;
        best = line;
      }
    }
  }
  return best;
}

function medianDistance(line: Line, points: readonly XY[]): number {
  const distances = Float64Array.from(points, (point) => Math.abs(distanceToLine(line, point))).toSorted();
  return distances[distances.length >> 1] ?? 0;
}

/**
 * The homography that takes four points to four others (Hartley and Zisserman 2004, section 4.1, with h33 = 1).
 * `undefined` where three of the points are in line.
 */
export function homographyBetween(from: FourPoints, to: FourPoints): Homography | undefined {
  const rows: number[][] = [];
  for (let index = 0; index < 4; index++) {
    const { x, y } = cornerAt(from, index);
    const { x: u, y: v } = cornerAt(to, index);
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]);
  }
  const solution = solveLinear(rows);
  if (solution === undefined) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = solution;
  return [a, b, c, d, e, f, g, h, 1];
}

export function projectPoint(homography: Homography, point: XY): XY {
  const [a, b, c, d, e, f, g, h, i] = homography;
  const w = g * point.x + h * point.y + i;
  return { x: (a * point.x + b * point.y + c) / w, y: (d * point.x + e * point.y + f) / w };
}

/** Gauss elimination with partial pivoting on an n x (n + 1) system; `undefined` where it is singular. */
export function solveLinear(rows: number[][]): number[] | undefined {
  const size = rows.length;
  const valueAt = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(valueAt(row, column)) > Math.abs(valueAt(pivot, column))) pivot = row;
    }
    const pivotRow = rows[pivot];
    const displaced = rows[column];
    if (pivotRow === undefined || displaced === undefined || Math.abs(valueAt(pivot, column)) < 1e-12) return undefined;
    rows[pivot] = displaced;
    rows[column] = pivotRow;
    for (let row = 0; row < size; row++) {
      const target = rows[row];
      if (row === column || target === undefined) continue;
      const factor = valueAt(row, column) / valueAt(column, column);
      if (factor === 0) continue;
      for (let at = column; at <= size; at++) target[at] = valueAt(row, at) - factor * valueAt(column, at);
    }
  }
  return rows.map((_, row) => valueAt(row, size) / valueAt(row, row));
}
