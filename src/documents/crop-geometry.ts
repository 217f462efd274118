/**
 * What a crop may look like and how its corners and sides move. Photo pixels throughout, y down, corners clockwise as
 * seen, starting anywhere. Nothing here knows the screen.
 */
import { photoPoint, type PhotoPoint, type Quad, type Size } from '#contract/images.ts';

export type CornerIndex = 0 | 1 | 2 | 3;
/** Side `i` runs from corner `i` to the next one. */
export type SideIndex = CornerIndex;

export const cornerIndices = [0, 1, 2, 3] as const;

/** Sheets photographed from as low as a desk allows still measure about 35 degrees at their sharpest corner. */
const sharpestCornerDegrees = 20;
/** A side shorter than this share of the photo's short side is a slip of the finger: a 12-megapixel photo gives 90 px. */
const shortestSideShare = 0.03;
/** Bisection steps of a move that is stopped on its way: 2^-12 of a 4000 px photo is one pixel. */
const bisections = 12;

export function nextIndex(index: CornerIndex): CornerIndex {
  return cornerIndices[(index + 1) % 4] ?? 0;
}

function previousIndex(index: CornerIndex): CornerIndex {
  return cornerIndices[(index + 3) % 4] ?? 0;
}

function cross(ax: number, ay: number, bx: number, by: number): number {
  return ax * by - ay * bx;
}

/** True when the quad is convex, clockwise, inside the photo and neither a sliver nor a dot. */
export function isSoundCrop(corners: Quad, photo: Size): boolean {
  const shortest = shortestSideShare * Math.min(photo.width, photo.height);
  const leastSine = Math.sin((sharpestCornerDegrees * Math.PI) / 180);
  return cornerIndices.every((index) => {
    const corner = corners[index];
    const before = corners[previousIndex(index)];
    const after = corners[nextIndex(index)];
    if (!isInside(corner, photo)) return false;
    const inX = corner.x - before.x;
    const inY = corner.y - before.y;
    const outX = after.x - corner.x;
    const outY = after.y - corner.y;
    const inLength = Math.hypot(inX, inY);
    const outLength = Math.hypot(outX, outY);
    if (outLength < shortest || inLength < shortest) return false;
    // The sine of the turn at the corner: positive is clockwise, and small means folded back or nearly straight.
    return cross(inX, inY, outX, outY) / (inLength * outLength) >= leastSine;
  });
}

function isInside(point: PhotoPoint, photo: Size): boolean {
  return point.x >= 0 && point.y >= 0 && point.x <= photo.width && point.y <= photo.height;
}

function clampToPhoto(point: PhotoPoint, photo: Size): PhotoPoint {
  return photoPoint(Math.min(photo.width, Math.max(0, point.x)), Math.min(photo.height, Math.max(0, point.y)));
}

function withCorner(corners: Quad, index: CornerIndex, corner: PhotoPoint): Quad {
  const moved: [PhotoPoint, PhotoPoint, PhotoPoint, PhotoPoint] = [...corners];
  moved[index] = corner;
  return moved;
}

/** The furthest sound quad on the way from `corners` (share 0) to what was asked for (share 1). */
function furthestSound(corners: Quad, photo: Size, at: (share: number) => Quad | undefined): Quad {
  const whole = at(1);
  if (whole !== undefined && isSoundCrop(whole, photo)) return whole;
  let good = 0;
  let bad = 1;
  let best = corners;
  for (let step = 0; step < bisections; step += 1) {
    const share = (good + bad) / 2;
    const candidate = at(share);
    if (candidate !== undefined && isSoundCrop(candidate, photo)) {
      good = share;
      best = candidate;
    } else {
      bad = share;
    }
  }
  return best;
}

/** Moves one corner to `target`, or as far towards it as leaves a sound crop. */
export function moveCorner(corners: Quad, index: CornerIndex, target: PhotoPoint, photo: Size): Quad {
  const from = corners[index];
  const to = clampToPhoto(target, photo);
  return furthestSound(corners, photo, (share) =>
    withCorner(corners, index, photoPoint(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)),
  );
}

/**
 * Moves a side by `offsetPx` along its outward normal; its two corners slide along the neighbouring sides, so that those
 * keep their direction. Stops where a corner would leave the photo or the crop would stop being sound.
 */
export function moveSide(corners: Quad, side: SideIndex, offsetPx: number, photo: Size): Quad {
  const [from, to] = [corners[side], corners[nextIndex(side)]];
  const normal = outwardNormal(from, to);
  return furthestSound(corners, photo, (share) => {
    const shiftX = normal.x * offsetPx * share;
    const shiftY = normal.y * offsetPx * share;
    return laySide(corners, side, {
      from: photoPoint(from.x + shiftX, from.y + shiftY),
      to: photoPoint(to.x + shiftX, to.y + shiftY),
    });
  });
}

/** Lays a side onto the line through two points, its corners sliding along the neighbouring sides. */
export function laySide(
  corners: Quad,
  side: SideIndex,
  line: { readonly from: PhotoPoint; readonly to: PhotoPoint },
): Quad | undefined {
  const next = nextIndex(side);
  const first = crossLines(line.from, line.to, corners[previousIndex(side)], corners[side]);
  const second = crossLines(line.from, line.to, corners[next], corners[nextIndex(next)]);
  if (first === undefined || second === undefined) return undefined;
  return withCorner(withCorner(corners, side, first), next, second);
}

/** Unit normal that points out of a clockwise quad. */
export function outwardNormal(from: PhotoPoint, to: PhotoPoint): { readonly x: number; readonly y: number } {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: (to.y - from.y) / length, y: -(to.x - from.x) / length };
}

/** Where the lines through `a`-`b` and `c`-`d` cross; undefined when they are within half a degree of parallel. */
export function crossLines(a: PhotoPoint, b: PhotoPoint, c: PhotoPoint, d: PhotoPoint): PhotoPoint | undefined {
  const abX = b.x - a.x;
  const abY = b.y - a.y;
  const cdX = d.x - c.x;
  const cdY = d.y - c.y;
  const turn = cross(abX, abY, cdX, cdY);
  if (Math.abs(turn) < Math.hypot(abX, abY) * Math.hypot(cdX, cdY) * Math.sin(Math.PI / 360)) return undefined;
  const along = cross(c.x - a.x, c.y - a.y, cdX, cdY) / turn;
  return photoPoint(a.x + along * abX, a.y + along * abY);
}

/**
 * The quad with its corners inside the photo, or undefined when even so it is not sound. Detections may lie a pixel or two
 * outside; the editor starts from this.
 */
export function soundCrop(corners: Quad, photo: Size): Quad | undefined {
  const inside: Quad = [
    clampToPhoto(corners[0], photo),
    clampToPhoto(corners[1], photo),
    clampToPhoto(corners[2], photo),
    clampToPhoto(corners[3], photo),
  ];
  return isSoundCrop(inside, photo) ? inside : undefined;
}

export function sideMiddle(corners: Quad, side: SideIndex): PhotoPoint {
  const [from, to] = [corners[side], corners[nextIndex(side)]];
  return photoPoint((from.x + to.x) / 2, (from.y + to.y) / 2);
}

/**
 * The index of the corner that is seen at the top left. Of the four readings the one is chosen whose corners lie
 * furthest out towards their names, so that a slightly turned page is still named as a person would.
 */
export function topLeftIndex(corners: readonly { readonly x: number; readonly y: number }[]): CornerIndex {
  const outward = [
    { x: -1, y: -1 },
    { x: 1, y: -1 },
    { x: 1, y: 1 },
    { x: -1, y: 1 },
  ];
  let best: CornerIndex = 0;
  let bestScore = -Infinity;
  for (const start of cornerIndices) {
    let score = 0;
    for (const [position, direction] of outward.entries()) {
      const corner = corners[(start + position) % 4];
      if (corner !== undefined) score += corner.x * direction.x + corner.y * direction.y;
    }
    if (score > bestScore) [best, bestScore] = [start, score];
  }
  return best;
}
