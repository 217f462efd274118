import type { XY } from '#worker/vision/geometry.ts';
import { OutlineFilter, type EdgeField, type Outline } from './outline.ts';

/** Outlines tried, in sizes of the design's bubble: designs mark the inside of a bubble, its middle, or a little around it. */
const sizes = [0.7, 0.82, 0.95, 1.08, 1.22, 1.38, 1.55, 1.75, 2];

/** So many bubbles, spread over the sheet, tell the size. */
const sampleCount = 30;

/** Pixels between the places tried: an outline's edge is three wide, which is enough where many bubbles have a say. */
const step = { few: 1, many: 2 } as const;

const few = 100;

/**
 * The outline that a sheet's bubbles are printed with: the shape and size whose edges show best around the places, each
 * bubble free to lie a little elsewhere.
 *
 * @param places expected centres in the raster.
 * @param bubble the design's bubble in pixels of the raster.
 * @param gap distances of neighbours in pixels of the raster: no outline is wider than these.
 */
export function estimateOutline(
  field: EdgeField,
  places: readonly XY[],
  bubble: { readonly width: number; readonly height: number },
  gap: XY,
): Outline {
  const stride = Math.max(1, Math.ceil(places.length / sampleCount));
  const sample = places.filter((_, at) => at % stride === 0);
  const judge = (outline: Outline): number => {
    if (outline.halfWidth > gap.x * 0.52 || outline.halfHeight > gap.y * 0.52) return -1;
    if (Math.min(outline.halfWidth, outline.halfHeight) < 3) return -1;
    const filter = new OutlineFilter(field, outline);
    let sum = 0;
    for (const { x, y } of sample)
      sum += filter.bestNear(x, y, gap.x / 2, gap.y / 2, places.length < few ? step.few : step.many);
    return sum / sample.length;
  };
  const outlineOf = (shape: Outline['shape'], across: number, down: number): Outline => ({
    shape,
    halfWidth: (bubble.width * across) / 2,
    halfHeight: (bubble.height * down) / 2,
  });
  let best = outlineOf('ellipse', 1, 1);
  let bestScore = -Infinity;
  for (const shape of shapesOf(bubble)) {
    let around: readonly [number, number] = [1, 1];
    let score = -Infinity;
    const consider = (across: number, down: number) => {
      const now = judge(outlineOf(shape, across, down));
      if (now > score) {
        score = now;
        around = [across, down];
      }
    };
    for (const size of sizes) consider(size, size);
    const [start] = around;
    for (const ratio of [0.75, 0.87, 1.15, 1.3]) consider(start * ratio, start);
    const [across] = around;
    for (const ratio of [0.75, 0.87, 1.15, 1.3]) consider(across, start * ratio);
    const [bestAcross, bestDown] = around;
    for (const ratio of [0.94, 1.06]) consider(bestAcross * ratio, bestDown * ratio);
    if (score > bestScore) {
      bestScore = score;
      best = outlineOf(shape, around[0], around[1]);
    }
  }
  return best;
}

/** A pill as high as wide is a circle. */
function shapesOf({ width, height }: { readonly width: number; readonly height: number }): readonly Outline['shape'][] {
  const longish = Math.max(width, height) > 1.2 * Math.min(width, height);
  return longish ? ['ellipse', 'pill', 'rectangle'] : ['ellipse', 'rectangle'];
}
