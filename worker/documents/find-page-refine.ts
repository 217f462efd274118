import {
  fitLineRobustly,
  intersectLines,
  isConvex,
  distanceBetween,
  cornerAt,
  type FourPoints,
  type Line,
  type XY,
} from '#worker/vision/geometry.ts';
import { locateCrest, type GradientField } from '#worker/vision/gradient-field.ts';
import { clipCorners, type Candidate, type Side } from './find-page-candidates.ts';
import { profileColumns, profileWidth } from './find-page-lines.ts';
import { clampPosition } from './find-page-sides.ts';

/** How far from its line a side's edge is looked for, in pixels: curled sheets bend by about 1 % of the picture. */
const reachPx = 5;

/** Crests sampled along each side. */
const samplesPerSide = 96;

/** A corner that moves farther than this, as a share of the picture's long side, has left its own sides. */
const farthestMove = 0.02;

/**
 * Fits each side anew to the crests along it, with a bend where the sheet curls, and lets neighbours meet. Sides on the
 * picture's border stay there.
 *
 * @returns the corners in the candidate's order; those of the candidate where the fit fails.
 */
export function refineCorners(field: GradientField, { corners, sides }: Candidate): FourPoints {
  const { width, height } = field;
  const curves = sides.map((side) => fitSide(field, side));
  const meet = (index: number): XY => {
    const corner = cornerAt(corners, index);
    const before = curves[(index + 3) % 4];
    const after = curves[index];
    if (before === undefined || after === undefined) return corner;
    let point = corner;
    for (let round = 0; round < 3; round++) {
      point = intersectLines(tangentAt(before, point), tangentAt(after, point)) ?? corner;
    }
    return point;
  };
  const refined = clipCorners([meet(0), meet(1), meet(2), meet(3)], width, height);
  const farthest = farthestMove * Math.max(width, height);
  const settled = refined.every((corner, index) => distanceBetween(corner, cornerAt(corners, index)) <= farthest);
  return settled && isConvex(refined) ? refined : corners;
}

/** A side as a line with a slight bend: off the line by `bend * t * t`, t along the line from its foot. */
interface Curve {
  readonly line: Line;
  readonly footX: number;
  readonly footY: number;
  readonly bend: number;
}

function tangentAt({ line, footX, footY, bend }: Curve, point: XY): Line {
  if (bend === 0) return line;
  const along = (point.x - footX) * line.normalY - (point.y - footY) * line.normalX;
  const slope = 2 * bend * along;
  const length = Math.hypot(1, slope);
  const normalX = (line.normalX - slope * line.normalY) / length;
  const normalY = (line.normalY + slope * line.normalX) / length;
  const offLine = bend * along * along;
  const onX = footX + along * line.normalY + offLine * line.normalX;
  const onY = footY - along * line.normalX + offLine * line.normalY;
  return { normalX, normalY, offset: normalX * onX + normalY * onY };
}

function fitSide(field: GradientField, side: Side): Curve {
  const { line } = side;
  const straight: Curve = { line, footX: line.startX, footY: line.startY, bend: 0 };
  if (line.border) return straight;
  const { xs, ys, weights } = sampleCrests(field, side);
  if (xs.length < samplesPerSide / 6) return straight;
  const fit = fitLineRobustly(xs, ys, weights);
  if (fit === undefined) return straight;
  const turned = fit.line.normalX * line.normalX + fit.line.normalY * line.normalY < 0 ? -1 : 1;
  const fitted: Line = {
    normalX: fit.line.normalX * turned,
    normalY: fit.line.normalY * turned,
    offset: fit.line.offset * turned,
  };
  return bendSide(fitted, xs, ys, weights);
}

/** The crest nearest to the line at points along the side, of the polarity that the side has most of. */
function sampleCrests(field: GradientField, side: Side): { xs: number[]; ys: number[]; weights: number[] } {
  const { width, height, crest, gradientX, gradientY } = field;
  const { line } = side;
  const start = clampPosition(line, Math.min(side.from, side.to));
  const end = clampPosition(line, Math.max(side.from, side.to));
  const sum = (column: number): number =>
    (line.profile[end * profileWidth + column] ?? 0) - (line.profile[start * profileWidth + column] ?? 0);
  const sign = sum(profileColumns.brighterRight) >= sum(profileColumns.brighterLeft) ? 1 : -1;
  const xs: number[] = [];
  const ys: number[] = [];
  const weights: number[] = [];
  const count = Math.min(samplesPerSide, end - start);
  for (let sample = 0; sample < count; sample++) {
    const along = start + ((sample + 0.5) / count) * (end - start);
    const x = line.startX + along * line.normalY;
    const y = line.startY - along * line.normalX;
    let best = 0;
    let bestAt = -1;
    for (let shift = -reachPx; shift <= reachPx; shift++) {
      const px = Math.floor(x + shift * line.normalX);
      const py = Math.floor(y + shift * line.normalY);
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const at = py * width + px;
      const strength = crest[at] ?? 0;
      if (strength === 0) continue;
      const dx = gradientX[at] ?? 0;
      const dy = gradientY[at] ?? 0;
      if (sign * (dx * line.normalX + dy * line.normalY) < 0.85 * Math.sqrt(dx * dx + dy * dy)) continue;
      // A crest at the far end of the reach counts half.
      const worth = strength * (1 - (0.5 * Math.abs(shift)) / reachPx);
      if (worth > best) {
        best = worth;
        bestAt = at;
      }
    }
    if (bestAt < 0) continue;
    const point = locateCrest(field, bestAt);
    xs.push(point.x);
    ys.push(point.y);
    weights.push(best);
  }
  return { xs, ys, weights };
}

/**
 * Adds a bend to a fitted line where the crests ask for one: a parabola by reweighted least squares, taken only where
 * it leaves a third less than the line does and its ends lie more than a pixel off.
 */
function bendSide(line: Line, xs: readonly number[], ys: readonly number[], weights: readonly number[]): Curve {
  const anchorX = line.normalX * line.offset;
  const anchorY = line.normalY * line.offset;
  const alongs = xs.map((x, index) => (x - anchorX) * line.normalY - ((ys[index] ?? 0) - anchorY) * line.normalX);
  const offs = xs.map((x, index) => x * line.normalX + (ys[index] ?? 0) * line.normalY - line.offset);
  const first = Math.min(...alongs);
  const last = Math.max(...alongs);
  const middle = (first + last) / 2;
  const half = (last - first) / 2 || 1;
  const straight: Curve = {
    line,
    footX: anchorX + middle * line.normalY,
    footY: anchorY - middle * line.normalX,
    bend: 0,
  };
  const units = alongs.map((along) => (along - middle) / half);
  let coefficients: readonly [number, number, number] = [0, 0, 0];
  for (let round = 0; round < 4; round++) {
    const [c0, c1, c2] = coefficients;
    const residuals = units.map((unit, index) => (offs[index] ?? 0) - c0 - c1 * unit - c2 * unit * unit);
    const cut = 3 * Math.max(0.3, 1.4826 * medianOf(residuals.map(Math.abs)));
    const used = residuals.map((residual, index) => {
      const share = Math.min(1, Math.abs(residual) / cut);
      return (weights[index] ?? 0) * (1 - share * share) ** 2;
    });
    coefficients = fitParabola(units, offs, used) ?? coefficients;
  }
  const [c0, c1, c2] = coefficients;
  if (Math.abs(c2) < 1) return straight;
  const before = medianOf(offs.map(Math.abs));
  const after = medianOf(units.map((unit, index) => Math.abs((offs[index] ?? 0) - c0 - c1 * unit - c2 * unit * unit)));
  if (after > 0.67 * before) return straight;
  // The line is turned and shifted by the parabola's own slope and height at its middle.
  const slope = c1 / half;
  const length = Math.hypot(1, slope);
  const normalX = (line.normalX - slope * line.normalY) / length;
  const normalY = (line.normalY + slope * line.normalX) / length;
  const footX = straight.footX + c0 * line.normalX;
  const footY = straight.footY + c0 * line.normalY;
  return {
    line: { normalX, normalY, offset: normalX * footX + normalY * footY },
    footX,
    footY,
    bend: c2 / (half * half),
  };
}

/** Weighted least squares of y = a + b x + c x^2; `undefined` where the points do not tell. */
function fitParabola(
  xs: readonly number[],
  ys: readonly number[],
  weights: readonly number[],
): readonly [number, number, number] | undefined {
  let [s0, s1, s2, s3, s4, t0, t1, t2] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const [index, x] of xs.entries()) {
    const weight = weights[index] ?? 0;
    const y = ys[index] ?? 0;
    s0 += weight;
    s1 += weight * x;
    s2 += weight * x * x;
    s3 += weight * x ** 3;
    s4 += weight * x ** 4;
    t0 += weight * y;
    t1 += weight * x * y;
    t2 += weight * x * x * y;
  }
  const determinant = s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2);
  if (Math.abs(determinant) < 1e-9) return undefined;
  return [
    (t0 * (s2 * s4 - s3 * s3) - s1 * (t1 * s4 - t2 * s3) + s2 * (t1 * s3 - t2 * s2)) / determinant,
    (s0 * (t1 * s4 - t2 * s3) - t0 * (s1 * s4 - s2 * s3) + s2 * (s1 * t2 - s2 * t1)) / determinant,
    (s0 * (s2 * t2 - s3 * t1) - s1 * (s1 * t2 - s2 * t1) + t0 * (s1 * s3 - s2 * s2)) / determinant,
  ];
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
