import type { Size } from '#contract/images.ts';
import { cornerAt, type FourPoints } from '#worker/vision/geometry.ts';
import { mapPx, type PageMaps } from '../page-maps.ts';

/** What a detector that sees everything would say of these pages, whose corners are in pixels of a picture of this size. */
export function drawMaps(pages: readonly FourPoints[], { width, height }: Size, presence = 0.99): PageMaps {
  const maps = {
    page: new Float32Array(mapPx * mapPx),
    sides: new Float32Array(mapPx * mapPx),
    corners: new Float32Array(mapPx * mapPx),
    presence,
    detector: 'drawn 1',
  };
  for (const corners of pages) {
    const [a, b, c, d] = corners.map(({ x, y }) => ({ x: (x * mapPx) / width, y: (y * mapPx) / height }));
    if (a && b && c && d) drawPage(maps, [a, b, c, d]);
  }
  return maps;
}

function drawPage({ page, sides, corners }: Omit<PageMaps, 'presence' | 'detector'>, quad: FourPoints): void {
  for (let at = 0; at < mapPx * mapPx; at++) {
    const x = (at % mapPx) + 0.5;
    const y = Math.floor(at / mapPx) + 0.5;
    let inside = Infinity;
    let toSide = Infinity;
    let toCorner = Infinity;
    for (let index = 0; index < 4; index++) {
      const from = cornerAt(quad, index);
      const to = cornerAt(quad, index + 1);
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const length = Math.hypot(dx, dy);
      inside = Math.min(inside, (dx * (y - from.y) - dy * (x - from.x)) / length);
      const along = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / length ** 2));
      toSide = Math.min(toSide, Math.hypot(x - from.x - along * dx, y - from.y - along * dy));
      toCorner = Math.min(toCorner, Math.hypot(x - from.x, y - from.y));
    }
    page[at] = Math.max(page[at] ?? 0, Math.max(0.01, Math.min(0.99, inside + 0.5)));
    sides[at] = Math.max(sides[at] ?? 0, Math.exp(-(toSide ** 2) / 1.1));
    corners[at] = Math.max(corners[at] ?? 0, Math.exp(-(toCorner ** 2) / (2 * 1.2 ** 2)));
  }
}
