import type { XY } from '#worker/vision/geometry.ts';
import type { Plane } from '#worker/vision/plane.ts';
import type { Outline } from './outline.ts';

/**
 * Where the arms of a cross over a bubble are looked for, in sizes of its outline: outside, and before any neighbour begins. Out of the corner
 * of a square a cross reaches least: of 10 crosses on two drawn sheets, one of half a megapixel, the arms were 44 and more there, and of 89
 * fillings at most 30.
 */
const nearRadii = { round: [1.16, 1.28], square: [1.1, 1.16] } as const;

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
    const radii = outline.shape === 'rectangle' ? nearRadii.square : nearRadii.round;
    const arms = [45, 135, 225, 315].map((diagonal) => armAlong(raster, center, outline, diagonal, radii));
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

function armAlong(raster: Plane, center: XY, outline: Outline, direction: number, radii: readonly number[]): number {
  let thinnest = 255;
  for (const radius of radii) {
    let darkest = 0;
    for (const offset of spread) {
      const { x: across, y: down } = pointOn(outline, ((direction + offset) * Math.PI) / 180);
      const x = center.x + radius * across;
      const y = center.y + radius * down;
      darkest = Math.max(darkest, darknessAt(raster, Math.round(x), Math.round(y)));
    }
    thinnest = Math.min(thinnest, darkest);
  }
  return thinnest;
}

/**
 * Where an outline lies in a direction of its ellipse, from its middle: the corner of a square is farther out than a circle, and what
 * fills it reaches as far.
 */
function pointOn({ shape, halfWidth, halfHeight }: Outline, angle: number): XY {
  const x = halfWidth * Math.cos(angle);
  const y = halfHeight * Math.sin(angle);
  if (shape === 'ellipse') return { x, y };
  const radius = shape === 'pill' ? Math.min(halfWidth, halfHeight) : 0;
  const scale = scaleToRounded(Math.abs(x), Math.abs(y), halfWidth, halfHeight, radius);
  return { x: scale * x, y: scale * y };
}

/** By how much a point, neither coordinate below 0, is scaled to lie on a rectangle whose corners have this radius. */
function scaleToRounded(x: number, y: number, halfWidth: number, halfHeight: number, radius: number): number {
  const bySides = Math.min(halfWidth / Math.max(x, 1e-9), halfHeight / Math.max(y, 1e-9));
  const [cornerX, cornerY] = [halfWidth - radius, halfHeight - radius];
  if (radius === 0 || bySides * x <= cornerX || bySides * y <= cornerY) return bySides;
  // On the circle around the corner's centre: the farther of the two places where the ray meets it.
  const along = x * cornerX + y * cornerY;
  const squared = x * x + y * y;
  const root = along * along - squared * (cornerX * cornerX + cornerY * cornerY - radius * radius);
  return (along + Math.sqrt(Math.max(0, root))) / squared;
}

function darknessAt({ width, height, values }: Plane, x: number, y: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : 255 - (values[y * width + x] ?? 255);
}
