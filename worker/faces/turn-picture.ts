import type { RgbaImage, Size } from '#contract/images.ts';
import type { Spot } from './face-network.ts';

/** Clockwise. */
export type QuarterTurns = 1 | 2 | 3;

/** The picture turned clockwise. */
export function turnPicture({ width, height, data }: RgbaImage, turns: QuarterTurns): RgbaImage {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const turned = new Uint32Array(width * height);
  const size = turns === 2 ? { width, height } : { width: height, height: width };
  // From one pixel of a turned row to the next, and from one row to the next, in the picture.
  const [start, across, down] = {
    1: [(height - 1) * width, -width, 1] as const,
    2: [width * height - 1, -1, -width] as const,
    3: [width - 1, width, -1] as const,
  }[turns];
  for (let y = 0, to = 0; y < size.height; y++) {
    for (let x = 0, at = start + y * down; x < size.width; x++, to++, at += across) turned[to] = pixels[at] ?? 0;
  }
  return { ...size, data: new Uint8ClampedArray(turned.buffer) };
}

/** Where a spot of the turned picture lies in the picture. @param size of the turned picture */
export function turnSpotBack({ x, y }: Spot, { width, height }: Size, turns: QuarterTurns): Spot {
  if (turns === 1) return { x: y, y: width - x };
  if (turns === 2) return { x: width - x, y: height - y };
  return { x: height - y, y: x };
}
