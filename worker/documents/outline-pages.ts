import { isConvex, signedArea, type FourPoints, type XY } from '#worker/vision/geometry.ts';
import { mapPx, type PageMaps } from './page-maps.ts';

/** From this probability on a pixel counts as page. */
const pageThreshold = 0.5;

/** A page smaller than this, in map pixels, has no outline worth fitting: 0.8 % of the picture. */
const leastPagePx = 32;

/** Pages that the detector sees, largest first, at most this many. */
const mostPages = 3;

/**
 * The quads of the pages that the detector sees: each connected piece of the page map, its convex hull, and the four
 * sides that enclose it most tightly, in map pixels, clockwise on the screen.
 */
export function outlinePages({ page }: PageMaps): readonly FourPoints[] {
  return findPieces(page)
    .slice(0, mostPages)
    .map(encloseInQuad)
    .filter((quad) => quad !== undefined);
}

/** Connected pieces above the threshold, as lists of pixel indices, largest first. */
function findPieces(page: Float32Array): readonly (readonly number[])[] {
  const seen = new Uint8Array(page.length);
  const pieces: number[][] = [];
  for (let start = 0; start < page.length; start++) {
    if (seen[start] === 1 || (page[start] ?? 0) < pageThreshold) continue;
    const piece = [start];
    seen[start] = 1;
    for (const at of piece) {
      const x = at % mapPx;
      const neighbours = [at - mapPx, at + mapPx, x > 0 ? at - 1 : -1, x < mapPx - 1 ? at + 1 : -1];
      for (const next of neighbours) {
        if (seen[next] !== 0 || (page[next] ?? 0) < pageThreshold) continue;
        seen[next] = 1;
        piece.push(next);
      }
    }
    if (piece.length >= leastPagePx) pieces.push(piece);
  }
  return pieces.toSorted((a, b) => b.length - a.length);
}

/** The hull of a piece's pixels, reduced to four sides: each step drops the side whose neighbours then add least area. */
function encloseInQuad(piece: readonly number[]): FourPoints | undefined {
  let polygon = findHull(piece);
  while (polygon.length > 4) {
    const shorter = dropCheapestSide(polygon);
    if (shorter === undefined) return undefined;
    polygon = shorter;
  }
  const [a, b, c, d] = polygon;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  const quad: FourPoints = signedArea([a, b, c, d]) > 0 ? [a, b, c, d] : [a, d, c, b];
  return isConvex(quad) ? quad : undefined;
}

function dropCheapestSide(polygon: readonly XY[]): XY[] | undefined {
  const count = polygon.length;
  const at = (index: number): XY => polygon[(index + count) % count] ?? { x: 0, y: 0 };
  let best: { index: number; meeting: XY; area: number } | undefined;
  for (let index = 0; index < count; index++) {
    // Without the side from `index` to the next, its two neighbours meet further out.
    const meeting = meet(at(index - 1), at(index), at(index + 2), at(index + 1));
    if (meeting === undefined) continue;
    const area = Math.abs(signedArea([at(index), meeting, at(index + 1)]));
    if (best === undefined || area < best.area) best = { index, meeting, area };
  }
  if (best === undefined) return undefined;
  const { index, meeting } = best;
  return polygon.flatMap((point, position) => {
    if (position === index) return [meeting];
    return position === (index + 1) % count ? [] : [point];
  });
}

/** Where the ray from a through b meets the ray from c through d, beyond b and d. */
function meet(a: XY, b: XY, c: XY, d: XY): XY | undefined {
  const [abX, abY, cdX, cdY] = [b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y];
  const cross = abX * cdY - abY * cdX;
  if (Math.abs(cross) < 1e-9) return undefined;
  const along = ((c.x - a.x) * cdY - (c.y - a.y) * cdX) / cross;
  const alongOther = ((c.x - a.x) * abY - (c.y - a.y) * abX) / cross;
  return along >= 1 && alongOther >= 1 ? { x: a.x + along * abX, y: a.y + along * abY } : undefined;
}

/** Convex hull of the pixels' outer corners (monotone chain, Andrew 1979). */
function findHull(piece: readonly number[]): XY[] {
  const rows = new Map<number, { left: number; right: number }>();
  for (const at of piece) {
    const x = at % mapPx;
    const y = (at - x) / mapPx;
    const row = rows.get(y);
    if (row === undefined) rows.set(y, { left: x, right: x + 1 });
    else rows.set(y, { left: Math.min(row.left, x), right: Math.max(row.right, x + 1) });
  }
  const points = [...rows].flatMap(([y, { left, right }]) =>
    [left, right].flatMap((x) => [
      { x, y },
      { x, y: y + 1 },
    ]),
  );
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  return [...halfHull(sorted), ...halfHull(sorted.toReversed())];
}

function halfHull(points: readonly XY[]): XY[] {
  const chain: XY[] = [];
  for (const point of points) {
    let [before, last] = chain.slice(-2);
    while (before !== undefined && last !== undefined && signedArea([before, last, point]) <= 0) {
      chain.pop();
      [before, last] = chain.slice(-2);
    }
    chain.push(point);
  }
  return chain.slice(0, -1);
}
