import { fitLine } from '#worker/vision/geometry.ts';
import type { GradientField } from '#worker/vision/gradient-field.ts';
import type { Segment } from '#worker/vision/segments.ts';

/** A line across the picture that may carry a side of the page, with what lies along it and on either hand. */
export interface SideLine {
  /** Unit normal; the "right" of the line is the side that it points to. */
  readonly normalX: number;
  readonly normalY: number;
  readonly offset: number;
  /** Where the line enters the picture; positions along it count from here in pixels along (normalY, -normalX). */
  readonly startX: number;
  readonly startY: number;
  /** Pixels of the line inside the picture. */
  readonly length: number;
  /** True for the four borders of the picture, which carry a side of a page that the frame cuts. */
  readonly border: boolean;
  /** Running sums along the line, `profileWidth` per pixel, `length + 1` rows. */
  readonly profile: Float32Array;
}

/**
 * Columns of a profile: crests brighter to the right and to the left, then R, G, B of either hand, squared green of
 * either hand, and crests that part two colours: a ruled line or a row of letters is a crest with paper on both hands.
 */
export const profileColumns = {
  brighterRight: 0,
  brighterLeft: 1,
  right: 2,
  left: 5,
  rightSquared: 8,
  leftSquared: 9,
  parting: 10,
} as const;
export const profileWidth = 11;

/** How far a side's crests may lie off its line, in pixels: sheets curl. */
const tolerancePx = 3;

/** How far from the line its two sides are looked at, in pixels. */
const besidePx = 6;

/** Difference between the colours on either hand that counts half, in grey levels. */
const halfParting = 10;

/** Groups measured for each line that is kept. */
const measuredPerKept = 2.5;

/**
 * Groups segments that lie on one line, longest first, and measures each line across the whole picture.
 *
 * @param most how many lines are kept, the borders not counted.
 */
export function findSideLines(field: GradientField, segments: readonly Segment[], most: number): SideLine[] {
  const groups = groupSegments(segments, Math.hypot(field.width, field.height));
  const measured: SideLine[] = [];
  for (const group of groups.slice(0, Math.round(measuredPerKept * most))) {
    const line = measureLine(field, group.normalX, group.normalY, group.offset, false);
    if (line !== undefined) measured.push(line);
  }
  const lines = measured.toSorted((a, b) => totalParting(b) - totalParting(a)).slice(0, most);
  for (const border of bordersOf(field)) lines.push(border);
  return lines;
}

function totalParting({ profile, length }: SideLine): number {
  return profile[length * profileWidth + profileColumns.parting] ?? 0;
}

/** The borders of the picture as lines with the picture to their right. */
export function bordersOf(field: GradientField): SideLine[] {
  const { width, height } = field;
  const borders = [
    measureLine(field, 0, 1, 0, true),
    measureLine(field, -1, 0, -width, true),
    measureLine(field, 0, -1, -height, true),
    measureLine(field, 1, 0, 0, true),
  ];
  return borders.filter((border) => border !== undefined);
}

interface Group {
  normalX: number;
  normalY: number;
  offset: number;
  weight: number;
}

/** Segments that lie within a few pixels of one line and are brighter on the same side, as that line. */
function groupSegments(segments: readonly Segment[], diagonalPx: number): Group[] {
  const byLength = segments.toSorted((a, b) => b.length * b.strength - a.length * a.strength);
  const taken = new Uint8Array(byLength.length);
  const groups: Group[] = [];
  for (const [seedAt, seed] of byLength.entries()) {
    if (groups.length >= 90) break;
    if (taken[seedAt] === 1 || seed.length < 0.02 * diagonalPx) continue;
    let { normalX, normalY } = seed;
    let offset = (normalX * (seed.fromX + seed.toX) + normalY * (seed.fromY + seed.toY)) / 2;
    let weight = 0;
    let members: number[] = [];
    for (let round = 0; round < 3; round++) {
      const band = round === 0 ? 4 : 3;
      members = [];
      weight = 0;
      const xs: number[] = [];
      const ys: number[] = [];
      const weights: number[] = [];
      for (const [at, other] of byLength.entries()) {
        if (other.normalX * normalX + other.normalY * normalY < 0.985) continue;
        if (Math.abs(other.fromX * normalX + other.fromY * normalY - offset) > band) continue;
        if (Math.abs(other.toX * normalX + other.toY * normalY - offset) > band) continue;
        members.push(at);
        weight += other.length * other.strength;
        xs.push(other.fromX, other.toX);
        ys.push(other.fromY, other.toY);
        weights.push(other.length, other.length);
      }
      const line = fitLine(xs, ys, weights);
      if (line === undefined) break;
      const sign = line.normalX * normalX + line.normalY * normalY < 0 ? -1 : 1;
      normalX = line.normalX * sign;
      normalY = line.normalY * sign;
      offset = line.offset * sign;
    }
    for (const at of members) taken[at] = 1;
    taken[seedAt] = 1;
    groups.push({ normalX, normalY, offset, weight });
  }
  return groups.toSorted((a, b) => b.weight - a.weight);
}

/** Walks along a line through the picture. `undefined` where the line misses it. */
export function measureLine(
  field: GradientField,
  normalX: number,
  normalY: number,
  offset: number,
  border: boolean,
): SideLine | undefined {
  const { width, height, colours, crest, gradientX, gradientY } = field;
  const alongX = normalY;
  const alongY = -normalX;
  // Liang and Barsky: the stretch of the line inside the picture.
  let enter = -Infinity;
  let leave = Infinity;
  const footX = normalX * offset;
  const footY = normalY * offset;
  if (Math.abs(alongX) > 1e-9) {
    const a = -footX / alongX;
    const b = (width - footX) / alongX;
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  } else if (footX < 0 || footX > width) return undefined;
  if (Math.abs(alongY) > 1e-9) {
    const a = -footY / alongY;
    const b = (height - footY) / alongY;
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  } else if (footY < 0 || footY > height) return undefined;
  const length = Math.floor(leave - enter);
  if (!(length > 0)) return undefined;
  const startX = footX + enter * alongX;
  const startY = footY + enter * alongY;
  const profile = new Float32Array((length + 1) * profileWidth);
  for (let step = 0; step < length; step++) {
    const x = startX + (step + 0.5) * alongX;
    const y = startY + (step + 0.5) * alongY;
    let towards = 0;
    let away = 0;
    if (!border) {
      for (let shift = -tolerancePx; shift <= tolerancePx; shift++) {
        const px = Math.floor(x + shift * normalX);
        const py = Math.floor(y + shift * normalY);
        if (px < 0 || py < 0 || px >= width || py >= height) continue;
        const at = py * width + px;
        const strength = crest[at] ?? 0;
        if (strength === 0) continue;
        const dx = gradientX[at] ?? 0;
        const dy = gradientY[at] ?? 0;
        const across = (dx * normalX + dy * normalY) / (Math.sqrt(dx * dx + dy * dy) || 1);
        if (across > 0.9) towards = Math.max(towards, strength);
        else if (across < -0.9) away = Math.max(away, strength);
      }
    }
    const from = step * profileWidth;
    const to = from + profileWidth;
    profile[to] = (profile[from] ?? 0) + towards;
    profile[to + 1] = (profile[from + 1] ?? 0) + away;
    const right = colourAt(field, x + besidePx * normalX, y + besidePx * normalY);
    const left = colourAt(field, x - besidePx * normalX, y - besidePx * normalY);
    let squared = 0;
    for (let channel = 0; channel < 3; channel++) {
      const onRight = (colours[right + channel] ?? 0) / 16;
      const onLeft = (colours[left + channel] ?? 0) / 16;
      squared += (onRight - onLeft) ** 2;
      profile[to + 2 + channel] = (profile[from + 2 + channel] ?? 0) + onRight;
      profile[to + 5 + channel] = (profile[from + 5 + channel] ?? 0) + onLeft;
      if (channel === 1) {
        profile[to + 8] = (profile[from + 8] ?? 0) + onRight * onRight;
        profile[to + 9] = (profile[from + 9] ?? 0) + onLeft * onLeft;
      }
    }
    const apart = Math.sqrt(squared / 3);
    profile[to + 10] = (profile[from + 10] ?? 0) + (Math.max(towards, away) * apart) / (apart + halfParting);
  }
  return { normalX, normalY, offset, startX, startY, length, border, profile };
}

/** Index of the red value of the pixel at a point, the nearest inside the picture. */
function colourAt({ width, height }: GradientField, x: number, y: number): number {
  const px = Math.max(0, Math.min(width - 1, Math.floor(x)));
  const py = Math.max(0, Math.min(height - 1, Math.floor(y)));
  return 3 * (py * width + px);
}
