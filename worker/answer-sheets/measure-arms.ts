import type { XY } from '#worker/vision/geometry.ts';
import type { Plane } from '#worker/vision/plane.ts';
import type { Outline } from './outline.ts';

/** Where the arms of a cross over a bubble are looked for, in sizes of its outline: outside, and before any neighbour begins. */
const nearRadii = [1.16, 1.28];

/** Farther out than a hasty tick or cross reaches at both of its ends, and not yet at the next bubble. */
const farRadii = [1.3, 1.42];

/** Degrees to either side of each direction. */
const spread = [-24, -16, -8, 0, 8, 16, 24];

/**
 * How clearly strokes leave each bubble along its diagonals, as a cross over it does and a sloppy filling does not: the darkness, 0 to 255,
 * that three of the four directions reach, each where its stroke is thinnest.
 */
export function measureArms(raster: Plane, centers: readonly XY[], outlines: readonly Outline[]): readonly number[] {
  return centers.map((center, cell) => {
    const outline = outlines[cell];
    if (outline === undefined) return 0;
    const arms = [45, 135, 225, 315].map((diagonal) => armAlong(raster, center, outline, diagonal, nearRadii));
    return arms.toSorted((a, b) => a - b)[1] ?? 0;
  });
}

/** Directions that a stroke may leave a bubble in, in degrees. */
const directions = Array.from({ length: 12 }, (_, at) => at * 30);

/** How clearly one stroke goes straight through a bubble and on to both sides: the darkness, 0 to 255, where it is fainter. */
export function measureStrokeThrough(raster: Plane, center: XY, outline: Outline): number {
  const ways = directions.map((direction) => armAlong(raster, center, outline, direction, farRadii));
  return Math.max(
    ...ways.map((way, at) => {
      const across = [5, 6, 7].map((steps) => ways[(at + steps) % ways.length] ?? 0);
      return Math.min(way, Math.max(...across));
    }),
  );
}

function armAlong(
  raster: Plane,
  center: XY,
  { halfWidth, halfHeight }: Outline,
  direction: number,
  radii: readonly number[],
): number {
  let thinnest = 255;
  for (const radius of radii) {
    let darkest = 0;
    for (const offset of spread) {
      const angle = ((direction + offset) * Math.PI) / 180;
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
