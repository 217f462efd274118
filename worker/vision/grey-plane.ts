import type { RgbaImage } from '#contract/images.ts';
import type { Plane } from './plane.ts';

/** Luma of an opaque picture, 0 to 255 (weights of ITU-R BT.601, as JPEG has them). */
export function greyPlane({ width, height, data }: RgbaImage): Plane {
  const values = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < values.length; at++, from += 4) {
    values[at] = (77 * (data[from] ?? 0) + 150 * (data[from + 1] ?? 0) + 29 * (data[from + 2] ?? 0) + 128) >> 8;
  }
  return { width, height, values };
}
