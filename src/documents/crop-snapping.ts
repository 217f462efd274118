/** Pulls a dragged corner or side onto the straight edges that were found in the photo. Photo pixels throughout. */
import { photoPoint, type PhotoPoint, type Quad, type Size } from '#contract/images.ts';
import type { EdgeLine } from '#contract/pages.ts';
import { crossLines, isSoundCrop, laySide, nextIndex, type SideIndex } from './crop-geometry.ts';

/** A found edge may be prolonged by this share of its length to meet another one: page corners are often rounded or bent. */
const prolongBy = 0.25;
/** Two edges of one page cross at more than this; less is the same edge found twice. */
const leastCrossingDegrees = 25;
/** A dragged side is laid onto an edge only if they differ by less than this. */
const sideToleranceDegrees = 6;

export interface Snap {
  readonly point: PhotoPoint;
  readonly to: 'crossing' | 'line';
}

/**
 * Where a corner dragged to `point` snaps to: the nearest crossing of two edges within `reachPx`, else the nearest edge.
 * A crossing wins over a nearer edge because it is where a page's corner lies.
 */
export function snapCorner(point: PhotoPoint, lines: readonly EdgeLine[], reachPx: number): Snap | undefined {
  const near = lines.filter((line) => distanceToLine(point, line) <= reachPx);
  let best: Snap | undefined;
  let bestDistance = reachPx;
  for (const [position, first] of near.entries()) {
    for (const second of near.slice(position + 1)) {
      if (degreesBetween(first, second) < leastCrossingDegrees) continue;
      const crossing = crossLines(first.from, first.to, second.from, second.to);
      if (crossing === undefined || !reaches(first, crossing) || !reaches(second, crossing)) continue;
      const distance = Math.hypot(crossing.x - point.x, crossing.y - point.y);
      if (distance <= bestDistance) [best, bestDistance] = [{ point: crossing, to: 'crossing' }, distance];
    }
  }
  if (best !== undefined) return best;
  for (const line of near) {
    const foot = footOnLine(point, line);
    const distance = Math.hypot(foot.x - point.x, foot.y - point.y);
    if (distance <= bestDistance) [best, bestDistance] = [{ point: foot, to: 'line' }, distance];
  }
  return best;
}

/** The crop with the side laid onto the edge that it nearly lies on, or undefined when there is none in reach. */
export function snapSide(
  corners: Quad,
  side: SideIndex,
  lines: readonly EdgeLine[],
  reachPx: number,
  photo: Size,
): Quad | undefined {
  const dragged: EdgeLine = { from: corners[side], to: corners[nextIndex(side)] };
  const middle = photoPoint((dragged.from.x + dragged.to.x) / 2, (dragged.from.y + dragged.to.y) / 2);
  let best: Quad | undefined;
  let bestDistance = reachPx;
  for (const line of lines) {
    if (degreesBetween(dragged, line) > sideToleranceDegrees) continue;
    // The edge must run beside the dragged side, not merely in line with it further along.
    if (!overlaps(dragged, line)) continue;
    const foot = footOnInfiniteLine(middle, line);
    const distance = Math.hypot(foot.x - middle.x, foot.y - middle.y);
    if (distance > bestDistance) continue;
    const laid = laySide(corners, side, line);
    if (laid !== undefined && isSoundCrop(laid, photo)) [best, bestDistance] = [laid, distance];
  }
  return best;
}

function degreesBetween(first: EdgeLine, second: EdgeLine): number {
  const turn =
    Math.atan2(first.to.y - first.from.y, first.to.x - first.from.x) -
    Math.atan2(second.to.y - second.from.y, second.to.x - second.from.x);
  // Lines have no direction, so the angle folds at 180 degrees.
  const degrees = Math.abs((turn * 180) / Math.PI) % 180;
  return Math.min(degrees, 180 - degrees);
}

/** Position of the foot of `point` along the line: 0 at `from`, 1 at `to`. */
function alongLine(point: PhotoPoint, { from, to }: EdgeLine): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const squared = dx * dx + dy * dy;
  return squared === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / squared;
}

function pointAt({ from, to }: EdgeLine, along: number): PhotoPoint {
  return photoPoint(from.x + (to.x - from.x) * along, from.y + (to.y - from.y) * along);
}

function footOnInfiniteLine(point: PhotoPoint, line: EdgeLine): PhotoPoint {
  return pointAt(line, alongLine(point, line));
}

function footOnLine(point: PhotoPoint, line: EdgeLine): PhotoPoint {
  return pointAt(line, Math.min(1 + prolongBy, Math.max(-prolongBy, alongLine(point, line))));
}

function distanceToLine(point: PhotoPoint, line: EdgeLine): number {
  const foot = footOnLine(point, line);
  return Math.hypot(foot.x - point.x, foot.y - point.y);
}

function reaches(line: EdgeLine, point: PhotoPoint): boolean {
  const along = alongLine(point, line);
  return along >= -prolongBy && along <= 1 + prolongBy;
}

function overlaps(side: EdgeLine, line: EdgeLine): boolean {
  const ends = [alongLine(line.from, side), alongLine(line.to, side)];
  return Math.max(...ends) > 0 && Math.min(...ends) < 1;
}
