import type { XY } from '#worker/vision/geometry.ts';
import { OutlineFilter, type EdgeField, type Outline } from './outline.ts';

/** Outlines tried, in sizes of the design's bubble: designs mark the inside of a bubble, its middle, or a little around it. */
const sizes = [0.7, 0.82, 0.95, 1.08, 1.22, 1.38, 1.55, 1.75, 2];

/** So many bubbles, spread over the sheet, tell the size. */
const sampleCount = 30;

/** Pixels between the places tried: an outline's edge is three wide, which is enough where many bubbles have a say. */
const steps = { few: 1, many: 2 } as const;

const few = 100;

/** Once the bubbles are found, other outlines around them are looked for this near. */
const nearPx = 2;

/** Heights and widths tried against each other. */
const ratios = [0.75, 0.87, 1.15, 1.3];

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
  const outlineOf = (shape: Outline['shape'], across: number, down: number): Outline => ({
    shape,
    halfWidth: (bubble.width * across) / 2,
    halfHeight: (bubble.height * down) / 2,
  });
  const judge = (outline: Outline, around: readonly XY[], reachX: number, reachY: number, step: number): Judged => {
    const tooWide = outline.halfWidth > gap.x * 0.52 || outline.halfHeight > gap.y * 0.52;
    if (tooWide || Math.min(outline.halfWidth, outline.halfHeight) < 3) return { outline, found: [], score: -1 };
    const filter = new OutlineFilter(field, outline);
    const found = around.map(({ x, y }) => filter.bestNear(x, y, reachX, reachY, step));
    return { outline, found, score: found.reduce((sum, { strength }) => sum + strength, 0) / found.length };
  };
  const coarse = places.length < few ? steps.few : steps.many;
  // Where the bubbles lie is looked for once, by ellipses of all sizes: other shapes show best in the same places.
  const bySize = sizes.map((size) => judge(outlineOf('ellipse', size, size), sample, gap.x / 2, gap.y / 2, coarse));
  const start = bySize.reduce((best, judged) => (judged.score > best.score ? judged : best));
  if (start.found.length === 0) return outlineOf('ellipse', 1, 1);
  let best: Judged = { outline: start.outline, found: [], score: -Infinity };
  for (const shape of shapesOf(bubble)) {
    let size: readonly [number, number] = [1, 1];
    let score = -Infinity;
    const consider = (across: number, down: number) => {
      const judged = judge(outlineOf(shape, across, down), start.found, nearPx, nearPx, 1);
      if (judged.score > score) {
        score = judged.score;
        size = [across, down];
      }
      if (judged.score > best.score) best = judged;
    };
    for (const both of sizes) consider(both, both);
    const [first] = size;
    for (const ratio of ratios) consider(first * ratio, first);
    const [across] = size;
    for (const ratio of ratios) consider(across, first * ratio);
    const [bestAcross, bestDown] = size;
    for (const ratio of [0.94, 1.06]) consider(bestAcross * ratio, bestDown * ratio);
  }
  return best.outline;
}

/** An outline, where each of the sampled bubbles shows it best, and how well they do in the mean. */
interface Judged {
  readonly outline: Outline;
  readonly found: readonly (XY & { readonly strength: number })[];
  readonly score: number;
}

/** A pill as high as wide is a circle. */
function shapesOf({ width, height }: { readonly width: number; readonly height: number }): readonly Outline['shape'][] {
  const longish = Math.max(width, height) > 1.2 * Math.min(width, height);
  return longish ? ['ellipse', 'pill', 'rectangle'] : ['ellipse', 'rectangle'];
}
