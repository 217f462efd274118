import type { Plane } from '#worker/vision/plane.ts';

/** Side of the network's pictures. */
export const characterPx = 28;

/** Longer side of the ink in them, as in MNIST. */
const inkPx = 20;

/** What is fainter than this share of the darkest ink does not count for how large the character is. */
const outlineShare = 0.35;

/**
 * The ink of one character as the network takes it: its longer side 20 of 28 pixels, its centre of mass in the middle, its darkest
 * pixel 1. models/handwriting/recipe/samples.py does the same to what the network learns from.
 *
 * @param ink 0 for paper to 1 for full ink, any size; all 0 where there is none
 */
export function normaliseCharacter(ink: Plane<Float32Array>): Float32Array {
  const out = new Float32Array(characterPx * characterPx);
  const outline = measureOutline(ink);
  if (outline === undefined) return out;
  const scale = inkPx / outline.longSide;
  // Pixels are averaged before they are picked, so that none is skipped.
  const source = scale < 0.8 ? blurPlane(ink, 0.35 / scale) : ink;
  let most = 0;
  for (let y = 0, to = 0; y < characterPx; y++) {
    for (let x = 0; x < characterPx; x++, to++) {
      const atX = (x + 0.5 - characterPx / 2) / scale + outline.centreX - 0.5;
      const atY = (y + 0.5 - characterPx / 2) / scale + outline.centreY - 0.5;
      const value = samplePlane(source, atX, atY);
      out[to] = value;
      if (value > most) most = value;
    }
  }
  return most > 0 ? out.map((value) => value / most) : out;
}

/** @returns `undefined` where there is no ink */
function measureOutline({ width, height, values }: Plane<Float32Array>) {
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0) return undefined;
  let [left, right, top, bottom] = [width, 0, height, 0];
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const value = values[at] ?? 0;
      sum += value;
      sumX += value * (x + 0.5);
      sumY += value * (y + 0.5);
      if (value <= outlineShare * most) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return { longSide: Math.max(right - left, bottom - top), centreX: sumX / sum, centreY: sumY / sum };
}

/** Bilinear; 0 outside. Whole numbers are the middles of pixels. */
export function samplePlane({ width, height, values }: Plane<Float32Array>, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const at = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= width || row >= height ? 0 : (values[row * width + column] ?? 0);
  const shareX = x - left;
  const shareY = y - top;
  return (
    (1 - shareY) * ((1 - shareX) * at(left, top) + shareX * at(left + 1, top)) +
    shareY * ((1 - shareX) * at(left, top + 1) + shareX * at(left + 1, top + 1))
  );
}

/** Gaussian blur, rows then columns; at the edge the mean of what is there. */
export function blurPlane({ width, height, values }: Plane<Float32Array>, sigma: number): Plane<Float32Array> {
  const radius = Math.ceil(3 * sigma);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, at) => Math.exp(-((at - radius) ** 2) / (2 * sigma ** 2)));
  const along = (from: Float32Array, count: number, step: number, lines: number, lineStep: number): Float32Array => {
    const out = new Float32Array(from.length);
    for (let line = 0; line < lines; line++) {
      for (let place = 0; place < count; place++) {
        let sum = 0;
        let total = 0;
        for (let tap = Math.max(0, radius - place); tap < Math.min(kernel.length, count + radius - place); tap++) {
          const weight = kernel[tap] ?? 0;
          total += weight;
          sum += weight * (from[line * lineStep + (place + tap - radius) * step] ?? 0);
        }
        out[line * lineStep + place * step] = sum / total;
      }
    }
    return out;
  };
  const rows = along(values, width, 1, height, width);
  return { width, height, values: along(rows, height, width, width, 1) };
}
