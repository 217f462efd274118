import type { RgbaImage } from '#contract/images.ts';
import type { CodePicture } from './read-code.ts';

/** Shares of the pixels that are darker than black ink's level, and darker than the paper's: a QR code is half black. */
const inkShare = 0.1;
const paperShare = 0.9;

/** Share of the gradients that are flatter than an edge's steepest: one pixel in six of a code lies on an edge. */
const edgeShare = 0.97;

/**
 * How wide the edges of a sheet's code are, in units of the sheet: from ink to paper at the steepest, across or down, whichever
 * is wider, as a hand that shakes blurs one of them only. Infinite where there is no contrast.
 */
export function measureBlur({ picture, pixelsPerUnit }: CodePicture): number {
  const { width, height } = picture;
  const grey = greyOf(picture);
  const levels = new Uint32Array(256);
  for (const value of grey) levels[value] = (levels[value] ?? 0) + 1;
  const contrast = levelBelow(levels, grey.length, paperShare) - levelBelow(levels, grey.length, inkShare);
  const steepest = (step: number): number => {
    const gradients = new Uint32Array(256);
    let count = 0;
    for (let y = 1; y < height - 1; y++)
      for (let at = y * width + 1; at < (y + 1) * width - 1; at++, count++) {
        const gradient = Math.abs((grey[at + step] ?? 0) - (grey[at - step] ?? 0));
        gradients[gradient] = (gradients[gradient] ?? 0) + 1;
      }
    return levelBelow(gradients, count, edgeShare) / 2;
  };
  const slope = Math.min(steepest(1), steepest(width));
  return slope > 0 ? contrast / slope / pixelsPerUnit : Infinity;
}

/** The green channel, which cameras sample most finely. */
function greyOf({ width, height, data }: RgbaImage): Uint8Array {
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at++) grey[at] = data[4 * at + 1] ?? 0;
  return grey;
}

function levelBelow(counts: Uint32Array, total: number, share: number): number {
  let below = 0;
  for (let level = 0; level < counts.length; level++) {
    below += counts[level] ?? 0;
    if (below >= share * total) return level;
  }
  return counts.length - 1;
}
