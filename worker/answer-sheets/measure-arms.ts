import type { XY } from '#worker/vision/geometry.ts';
import type { Plane } from '#worker/vision/plane.ts';
import type { Outline } from './outline.ts';

/** Where the arms of a cross over a bubble are looked for, in sizes of its outline: outside, and before any neighbour begins. */
const radii = [1.16, 1.28];

/** Degrees to either side of each diagonal. */
const spread = [-24, -16, -8, 0, 8, 16, 24];

/**
 * How clearly strokes leave each bubble along its diagonals, as a cross over it does and a sloppy filling does not: the darkness, 0 to 255,
 * that three of the four directions reach, each where its stroke is thinnest.
 */
export function measureArms(raster: Plane, centers: readonly XY[], outlines: readonly Outline[]): readonly number[] {
  return centers.map((center, cell) => {
    const outline = outlines[cell];
    if (outline === undefined) return 0;
    const arms = [45, 135, 225, 315].map((diagonal) => armAlong(raster, center, outline, diagonal));
    return arms.toSorted((a, b) => a - b)[1] ?? 0;
  });
}

function armAlong(raster: Plane, center: XY, { halfWidth, halfHeight }: Outline, diagonal: number): number {
  let thinnest = 255;
  for (const radius of radii) {
    let darkest = 0;
    for (const offset of spread) {
      const angle = ((diagonal + offset) * Math.PI) / 180;
      const x = center.x + radius * halfWidth * Math.cos(angle);
      const y = center.y + radius * halfHeight * Math.sin(angle);
      darkest = Math.max(darkest, darknessAt(raster, Math.round(x), Math.round(y)));
    }
    thinnest = Math.min(thinnest, darkest);
  }
  return thinnest;
}

function darknessAt({ width, height, values }: Plane, x: number, y: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : 255 - (values[y * width + x] ?? 255);
}
