import type { RgbaImage } from '#contract/images.ts';
import type { Plane } from './plane.ts';

/** Luma of an opaque picture, 0 to 255 (weights of ITU-R BT.601, as JPEG has them). */
export function greyPlane({ width, height, data }: RgbaImage): Plane {
  const values = new Uint8Array(width * height);
  // One look at a pixel in place of three; browsers run on little-endian machines only.
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  for (let at = 0; at < pixels.length; at++) {
    const pixel = pixels[at] ?? 0;
    values[at] = (77 * (pixel & 255) + 150 * ((pixel >>> 8) & 255) + 29 * ((pixel >>> 16) & 255) + 128) >> 8;
  }
  return { width, height, values };
}
