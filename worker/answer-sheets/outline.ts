import type { Plane } from '#worker/vision/plane.ts';

/** The printed outline of a bubble: half width and half height of its outer edge, in pixels of the raster. */
export interface Outline {
  readonly shape: 'ellipse' | 'pill' | 'rectangle';
  readonly halfWidth: number;
  readonly halfHeight: number;
}

/** Directions of the edges of a raster, from dark to bright; of length 1 on clear edges, near 0 where there is only grain. */
export interface EdgeField {
  readonly width: number;
  readonly height: number;
  readonly across: Float32Array;
  readonly down: Float32Array;
}

/** Grey levels a pixel at which an edge counts half: twice the grain of a phone's photo, a quarter of a faint grey outline. */
const halfStrength = 5;

export function measureEdges({ width, height, values }: Plane): EdgeField {
  const across = new Float32Array(width * height);
  const down = new Float32Array(width * height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, at = y * width + 1; x < width - 1; x++, at++) {
      const dx = ((values[at + 1] ?? 0) - (values[at - 1] ?? 0)) / 2;
      const dy = ((values[at + width] ?? 0) - (values[at - width] ?? 0)) / 2;
      const strength = 1 / (Math.sqrt(dx * dx + dy * dy) + halfStrength);
      across[at] = dx * strength;
      down[at] = dy * strength;
    }
  }
  return { width, height, across, down };
}

/**
 * How well the outer edge of an outline shows around a pixel: the mean over the outline of the edge's direction along the
 * outward normal, -1 to 1. An empty and a filled bubble answer alike, since both are darker than the paper around them.
 * (A matched filter on gradient directions, as fast radial symmetry is one for circles: Loy and Zelinsky 2003.)
 */
export class OutlineFilter {
  readonly #field: EdgeField;
  readonly #steps: Int32Array;
  readonly #normalX: Float32Array;
  readonly #normalY: Float32Array;
  readonly #reachX: number;
  readonly #reachY: number;

  constructor(field: EdgeField, outline: Outline) {
    const points = outlinePoints(outline);
    this.#field = field;
    this.#steps = Int32Array.from(points, ({ x, y }) => Math.round(y) * field.width + Math.round(x));
    this.#normalX = Float32Array.from(points, ({ normalX }) => normalX / points.length);
    this.#normalY = Float32Array.from(points, ({ normalY }) => normalY / points.length);
    this.#reachX = Math.ceil(outline.halfWidth) + 1;
    this.#reachY = Math.ceil(outline.halfHeight) + 1;
  }

  /** At a whole pixel; -1 where the outline would leave the raster. */
  at(x: number, y: number): number {
    const { width, height, across, down } = this.#field;
    if (x < this.#reachX || y < this.#reachY || x >= width - this.#reachX || y >= height - this.#reachY) return -1;
    const steps = this.#steps;
    const normalX = this.#normalX;
    const normalY = this.#normalY;
    const at = y * width + x;
    let sum = 0;
    for (let point = 0; point < steps.length; point++) {
      const place = at + (steps[point] ?? 0);
      sum += (across[place] ?? 0) * (normalX[point] ?? 0) + (down[place] ?? 0) * (normalY[point] ?? 0);
    }
    return sum;
  }

  /** The best answer within a window around a point, looked for at every `step`th pixel. */
  bestNear(
    x: number,
    y: number,
    reachX: number,
    reachY: number,
    step: number,
  ): { x: number; y: number; strength: number } {
    const left = Math.round(x - reachX);
    const top = Math.round(y - reachY);
    const best = { x, y, strength: -1 };
    for (let row = top; row <= y + reachY; row += step)
      for (let column = left; column <= x + reachX; column += step) {
        const strength = this.at(column, row);
        if (strength <= best.strength) continue;
        best.x = column;
        best.y = row;
        best.strength = strength;
      }
    return best;
  }
}

/** An outline's filter over a whole raster; values are computed when first asked for, and kept. */
export class OutlineMap {
  readonly #filter: OutlineFilter;
  readonly #width: number;
  readonly #height: number;
  readonly #known: Float32Array;

  constructor(field: EdgeField, outline: Outline) {
    this.#filter = new OutlineFilter(field, outline);
    this.#width = field.width;
    this.#height = field.height;
    this.#known = new Float32Array(field.width * field.height).fill(Number.NaN);
  }

  /** At a whole pixel; -1 where the outline would leave the raster. */
  at(x: number, y: number): number {
    if (x < 0 || y < 0 || x >= this.#width || y >= this.#height) return -1;
    const at = y * this.#width + x;
    const known = this.#known[at] ?? 0;
    if (!Number.isNaN(known)) return known;
    const value = this.#filter.at(x, y);
    this.#known[at] = value;
    return value;
  }

  /** The best place within a window around a point, to a part of a pixel, and how well the outline shows there. */
  peakNear(x: number, y: number, reachX: number, reachY: number): { x: number; y: number; strength: number } {
    const middleX = Math.round(x);
    const middleY = Math.round(y);
    const stepsX = Math.max(1, Math.round(reachX));
    const stepsY = Math.max(1, Math.round(reachY));
    let bestX = middleX;
    let bestY = middleY;
    let strength = -1;
    for (let row = middleY - stepsY; row <= middleY + stepsY; row++)
      for (let column = middleX - stepsX; column <= middleX + stepsX; column++) {
        const value = this.at(column, row);
        if (value > strength) {
          strength = value;
          bestX = column;
          bestY = row;
        }
      }
    return {
      x: bestX + vertexOf(this.at(bestX - 1, bestY), strength, this.at(bestX + 1, bestY)),
      y: bestY + vertexOf(this.at(bestX, bestY - 1), strength, this.at(bestX, bestY + 1)),
      strength,
    };
  }
}

/** Where the parabola through three values, one apart, has its top; within half a step. */
function vertexOf(before: number, top: number, after: number): number {
  const bend = before - 2 * top + after;
  if (bend >= 0) return 0;
  return Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}

interface OutlinePoint {
  readonly x: number;
  readonly y: number;
  readonly normalX: number;
  readonly normalY: number;
}

function outlinePoints(outline: Outline): readonly OutlinePoint[] {
  switch (outline.shape) {
    case 'ellipse':
      return ellipsePoints(outline);
    case 'pill':
      return pillPoints(outline);
    default:
      return rectanglePoints(outline);
  }
}

/** Straight along its longer side, a half circle at either end. */
function pillPoints({ halfWidth, halfHeight }: Outline): readonly OutlinePoint[] {
  const radius = Math.min(halfWidth, halfHeight);
  const awayX = halfWidth - radius;
  const awayY = halfHeight - radius;
  const count = 24;
  return Array.from({ length: count }, (_, step) => {
    const angle = (2 * Math.PI * (step + 0.5)) / count;
    const normalX = Math.cos(angle);
    const normalY = Math.sin(angle);
    // Points at the ends of the straight sides move along them, so that these are covered evenly.
    return {
      x: radius * normalX + awayX * Math.max(-1, Math.min(1, 1.6 * normalX)),
      y: radius * normalY + awayY * Math.max(-1, Math.min(1, 1.6 * normalY)),
      normalX,
      normalY,
    };
  });
}

function ellipsePoints({ halfWidth, halfHeight }: Outline): readonly OutlinePoint[] {
  const count = 24;
  return Array.from({ length: count }, (_, step) => {
    const angle = (2 * Math.PI * (step + 0.5)) / count;
    const normalX = Math.cos(angle) / halfWidth;
    const normalY = Math.sin(angle) / halfHeight;
    const length = Math.hypot(normalX, normalY);
    return {
      x: halfWidth * Math.cos(angle),
      y: halfHeight * Math.sin(angle),
      normalX: normalX / length,
      normalY: normalY / length,
    };
  });
}

/** The sides without their corners, which may be round. */
function rectanglePoints({ halfWidth, halfHeight }: Outline): readonly OutlinePoint[] {
  const shares = [-0.7, -0.42, -0.14, 0.14, 0.42, 0.7];
  return shares.flatMap((share) => [
    { x: share * halfWidth, y: -halfHeight, normalX: 0, normalY: -1 },
    { x: share * halfWidth, y: halfHeight, normalX: 0, normalY: 1 },
    { x: -halfWidth, y: share * halfHeight, normalX: -1, normalY: 0 },
    { x: halfWidth, y: share * halfHeight, normalX: 1, normalY: 0 },
  ]);
}
