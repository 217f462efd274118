/** Lines that the document detector proposes as sides of a page, fitted to the edges of the picture. */
import type { Size } from '#contract/images.ts';
import {
  cornerAt,
  distanceBetween,
  fitLineRobustly,
  lineThrough,
  type FourPoints,
  type Line,
  type XY,
} from '#worker/vision/geometry.ts';
import { locateCrest, type GradientField } from '#worker/vision/gradient-field.ts';
import { bordersOf, measureLine, type SideLine } from './find-page-lines.ts';
import { outlinePages } from './outline-pages.ts';
import { mapPx, type PageMaps } from './page-maps.ts';

/** A side this near to the picture's border, in map pixels, is the border: the frame cuts the page. */
const borderPx = 1;

/** How far from the outline of the page map a side's edge is looked for, in map pixels. */
const reachMapPx = 1.75;

/** Cosine between an edge's gradient and the side's normal: 25 degrees. */
const leastAlignment = 0.9;

/** Crests looked for along a side; a robust fit gains nothing from more. */
const samplesPerSide = 120;

/** Fewer crests along a side than this share of its length do not carry a line of their own. */
const leastCrestShare = 0.15;

/**
 * The sides of each page that the detector sees, as lines measured in the picture, together with the picture's borders
 * where a page ends there.
 */
export function proposeSides(field: GradientField, maps: PageMaps): readonly (readonly SideLine[])[] {
  const borders = bordersOf(field);
  return outlinePages(maps).map((outline) => {
    const lines: SideLine[] = [];
    let cut = false;
    for (let index = 0; index < 4; index++) {
      const from = cornerAt(outline, index);
      const to = cornerAt(outline, index + 1);
      if (liesOnBorder(from, to)) cut = true;
      else {
        const { normalX, normalY, offset } = fitSide(field, maps, outline, index);
        const line = measureLine(field, normalX, normalY, offset, false);
        if (line !== undefined) lines.push(line);
      }
    }
    return cut ? [...lines, ...borders] : lines;
  });
}

/** Lines kept as they stand out in the picture, and lines kept as the detector sees sides along them. */
const kept = { byPicture: 10, byMaps: 8 } as const;

/** Distance of the points at which a line is looked up in the map, in pixels of the picture. */
const lookUpPx = 6;

/**
 * Of many lines those that are worth joining: the most conspicuous, which come first, and those that run along what the
 * detector takes for sides. The time to join lines grows with the fourth power of their number.
 */
export function chooseLines(lines: readonly SideLine[], maps: PageMaps, picture: Size): readonly SideLine[] {
  const conspicuous = new Set(lines.filter(({ border }) => !border).slice(0, kept.byPicture));
  const seen = lines
    .filter((line) => !line.border && !conspicuous.has(line))
    .map((line) => ({ line, evidence: sumAlong(maps.sides, line, picture) }))
    .toSorted((a, b) => b.evidence - a.evidence)
    .slice(0, kept.byMaps);
  const chosen = new Set([...conspicuous, ...seen.map(({ line }) => line)]);
  return lines.filter((line) => line.border || chosen.has(line));
}

function sumAlong(sides: Float32Array, line: SideLine, { width, height }: Size): number {
  let sum = 0;
  for (let along = 0; along < line.length; along += lookUpPx) {
    const x = line.startX + along * line.normalY;
    const y = line.startY - along * line.normalX;
    sum += sampleMap(sides, (x * mapPx) / width, (y * mapPx) / height);
  }
  return sum;
}

function liesOnBorder(from: XY, to: XY): boolean {
  return (['x', 'y'] as const).some(
    (axis) => Math.max(from[axis], to[axis]) <= borderPx || Math.min(from[axis], to[axis]) >= mapPx - borderPx,
  );
}

/** A line through the crests near one side of the outline, each weighted by how sure the detector is of a side there. */
function fitSide(field: GradientField, maps: PageMaps, outline: FourPoints, index: number): Line {
  const { width, height, crest, gradientX, gradientY } = field;
  const scaleX = width / mapPx;
  const scaleY = height / mapPx;
  const from = scalePoint(cornerAt(outline, index), scaleX, scaleY);
  const to = scalePoint(cornerAt(outline, index + 1), scaleX, scaleY);
  const rough = lineThrough(from, to);
  const length = distanceBetween(from, to);
  const alongX = (to.x - from.x) / (length || 1);
  const alongY = (to.y - from.y) / (length || 1);
  const reach = reachMapPx * Math.hypot(rough.normalX * scaleX, rough.normalY * scaleY);
  const xs: number[] = [];
  const ys: number[] = [];
  const weights: number[] = [];
  const step = Math.max(1, length / samplesPerSide);
  // The outermost twentieth at either end belongs to the corner.
  for (let along = 0.05 * length; along < 0.95 * length; along += step) {
    let best = 0;
    let bestAt = -1;
    for (let across = -reach; across <= reach; across++) {
      const x = Math.floor(from.x + along * alongX + across * rough.normalX);
      const y = Math.floor(from.y + along * alongY + across * rough.normalY);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const at = y * width + x;
      const strength = crest[at] ?? 0;
      if (strength === 0) continue;
      const [dx, dy] = [gradientX[at] ?? 0, gradientY[at] ?? 0];
      const alignment = Math.abs(dx * rough.normalX + dy * rough.normalY);
      if (alignment < leastAlignment * Math.hypot(dx, dy)) continue;
      const worth = strength * sampleMap(maps.sides, (x + 0.5) / scaleX, (y + 0.5) / scaleY);
      if (worth > best) [best, bestAt] = [worth, at];
    }
    if (bestAt < 0) continue;
    const point = locateCrest(field, bestAt);
    xs.push(point.x);
    ys.push(point.y);
    weights.push(best);
  }
  const fitted = xs.length * step < leastCrestShare * length ? undefined : fitLineRobustly(xs, ys, weights)?.line;
  return fitted ?? ridgeLine(maps.sides, outline, index, scaleX, scaleY) ?? rough;
}

/** The line along the crest of the sides' map itself, for a side that shows no edge in the picture. */
function ridgeLine(
  sides: Float32Array,
  outline: FourPoints,
  index: number,
  scaleX: number,
  scaleY: number,
): Line | undefined {
  const from = cornerAt(outline, index);
  const to = cornerAt(outline, index + 1);
  const { normalX, normalY, offset } = lineThrough(from, to);
  const xs: number[] = [];
  const ys: number[] = [];
  const weights: number[] = [];
  for (const [at, value] of sides.entries()) {
    if (value < 0.2) continue;
    const x = (at % mapPx) + 0.5;
    const y = Math.floor(at / mapPx) + 0.5;
    const along = (x - from.x) * (to.x - from.x) + (y - from.y) * (to.y - from.y);
    if (along < 0 || along > distanceBetween(from, to) ** 2) continue;
    if (Math.abs(x * normalX + y * normalY - offset) > reachMapPx) continue;
    xs.push(x * scaleX);
    ys.push(y * scaleY);
    weights.push(value);
  }
  return xs.length < 4 ? undefined : fitLineRobustly(xs, ys, weights)?.line;
}

/** Bilinear, at a point in map pixels; the map goes on at its border. */
export function sampleMap(map: Float32Array, x: number, y: number): number {
  const left = Math.max(0, Math.min(mapPx - 1.001, x - 0.5));
  const top = Math.max(0, Math.min(mapPx - 1.001, y - 0.5));
  const column = Math.floor(left);
  const row = Math.floor(top);
  const [shareX, shareY] = [left - column, top - row];
  const at = row * mapPx + column;
  const value = (index: number): number => map[index] ?? 0;
  return (
    (1 - shareY) * ((1 - shareX) * value(at) + shareX * value(at + 1)) +
    shareY * ((1 - shareX) * value(at + mapPx) + shareX * value(at + mapPx + 1))
  );
}

function scalePoint({ x, y }: XY, scaleX: number, scaleY: number): XY {
  return { x: x * scaleX, y: y * scaleY };
}
