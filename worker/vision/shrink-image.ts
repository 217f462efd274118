import type { RgbaImage } from '#contract/images.ts';

/** Whole pixels of an image: left and top inside, right and bottom just outside. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Shrinks by a whole factor, each pixel the mean of the `factor` x `factor` pixels that it covers (fewer at the right
 * and bottom), so that nothing aliases. Opaque result; `factor` 1 copies.
 *
 * @param region what to keep, inside the image; its pixel (left, top) becomes the corner of pixel (0, 0).
 */
export function shrinkImage(
  image: RgbaImage,
  factor: number,
  region: Region = { left: 0, top: 0, right: image.width, bottom: image.height },
): RgbaImage {
  const width = Math.max(1, Math.ceil((region.right - region.left) / factor));
  const height = Math.max(1, Math.ceil((region.bottom - region.top) / factor));
  const { data } = image;
  const out = new Uint8ClampedArray(width * height * 4);
  const sums = new Uint32Array(width * 3);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    const top = region.top + y * factor;
    const bottom = Math.min(top + factor, region.bottom);
    for (let row = top; row < bottom; row++) {
      let at = (row * image.width + region.left) * 4;
      for (let x = 0, into = 0; x < width; x++, into += 3) {
        const columns = Math.min(factor, region.right - region.left - x * factor);
        let red = 0;
        let green = 0;
        let blue = 0;
        for (let column = 0; column < columns; column++, at += 4) {
          red += data[at] ?? 0;
          green += data[at + 1] ?? 0;
          blue += data[at + 2] ?? 0;
        }
        sums[into] = (sums[into] ?? 0) + red;
        sums[into + 1] = (sums[into + 1] ?? 0) + green;
        sums[into + 2] = (sums[into + 2] ?? 0) + blue;
      }
    }
    for (let x = 0, into = y * width * 4; x < width; x++, into += 4) {
      const share = 1 / ((bottom - top) * Math.min(factor, region.right - region.left - x * factor));
      out[into] = (sums[x * 3] ?? 0) * share;
      out[into + 1] = (sums[x * 3 + 1] ?? 0) * share;
      out[into + 2] = (sums[x * 3 + 2] ?? 0) * share;
      out[into + 3] = 255;
    }
  }
  return { width, height, data: out };
}
