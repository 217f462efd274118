import type { XY } from '#worker/vision/geometry.ts';
import type { Plane } from '#worker/vision/plane.ts';
import type { Outline } from './outline.ts';

/** Samples across and down the inside of a bubble: about one a pixel. */
export const patchSide = 12;
export const patchSamples = patchSide * patchSide;

/** The inside that is sampled, in sizes of the outline: its own stroke stays outside, with half a pixel to spare. */
const inside = 0.74;

/** Darkness, 0 paper to 255 black, of all bubbles one after the other: `patchSamples` each, in rows. */
export type Patches = Uint8Array;

export function samplePatches(
  { width, height, values }: Plane,
  centers: readonly XY[],
  outlines: readonly Outline[],
): Patches {
  const patches = new Uint8Array(centers.length * patchSamples);
  let at = 0;
  for (let cell = 0; cell < centers.length; cell++) {
    const center = centers[cell];
    const outline = outlines[cell];
    if (center === undefined || outline === undefined) continue;
    const stepX = (2 * inside * outline.halfWidth) / patchSide;
    const stepY = (2 * inside * outline.halfHeight) / patchSide;
    const startX = center.x + stepX * (0.5 - patchSide / 2);
    const startY = center.y + stepY * (0.5 - patchSide / 2);
    for (let row = 0; row < patchSide; row++) {
      const y = Math.max(0, startY + row * stepY);
      const upper = Math.min(height - 2, Math.floor(y));
      const shareY = Math.min(1, y - upper);
      for (let column = 0; column < patchSide; column++, at++) {
        const x = Math.max(0, startX + column * stepX);
        const left = Math.min(width - 2, Math.floor(x));
        const shareX = Math.min(1, x - left);
        const first = upper * width + left;
        const above = (values[first] ?? 0) * (1 - shareX) + (values[first + 1] ?? 0) * shareX;
        const below = (values[first + width] ?? 0) * (1 - shareX) + (values[first + width + 1] ?? 0) * shareX;
        patches[at] = 255.5 - (above + (below - above) * shareY);
      }
    }
  }
  return patches;
}

const masks = new Map<Outline['shape'], Uint8Array>();

/** Indices of the samples of a patch that lie inside. */
export function insideOf(shape: Outline['shape']): Uint8Array {
  const known = masks.get(shape);
  if (known !== undefined) return known;
  const mask = Uint8Array.from(
    Array.from({ length: patchSamples }, (_, at) => at).filter((at) => {
      const x = ((at % patchSide) + 0.5) / patchSide - 0.5;
      const y = (Math.floor(at / patchSide) + 0.5) / patchSide - 0.5;
      if (shape === 'pill') return x * x + y * y <= 0.35;
      return shape === 'rectangle' || x * x + y * y <= 0.25;
    }),
  );
  masks.set(shape, mask);
  return mask;
}
