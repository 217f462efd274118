import type { RgbaImage, Size } from '#contract/images.ts';

/**
 * The picture as networks take it: squashed by area to `size`, R, G, B from 0 to 1, row by row.
 *
 * @param photo of at least one pixel each way; where it is smaller than `size` it is enlarged without smoothing.
 * @param frame the size of what is returned: the picture lies in its top left corner, and the rest is 0
 */
export function squashPicture({ width, height, data }: RgbaImage, size: Size, frame: Size = size): Float32Array {
  const columns = shareOut(width, size.width);
  const rows = shareOut(height, size.height);
  const stride = 3 * frame.width;
  const out = new Float32Array(frame.height * stride);
  const across = new Float32Array(3 * size.width);
  // A row of the result is a sum of rows of the photo, each squashed across first; neighbours share the row between them.
  let squashed = -1;
  for (let y = 0; y < size.height; y++) {
    const first = rows.first[y] ?? 0;
    for (let index = 0; index < rows.most; index++) {
      const weight = (rows.weights[y * rows.most + index] ?? 0) / 255;
      if (weight === 0) continue;
      if (squashed !== first + index) {
        squashed = first + index;
        squashRow(data, 4 * squashed * width, columns, across);
      }
      for (let at = 0, to = y * stride; at < across.length; at++, to++)
        out[to] = (out[to] ?? 0) + weight * (across[at] ?? 0);
    }
  }
  return out;
}

function squashRow(
  data: Uint8ClampedArray,
  start: number,
  { first, most, weights }: Shares,
  across: Float32Array,
): void {
  for (let x = 0, to = 0; to < across.length; x++, to += 3) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let at = start + 4 * (first[x] ?? 0);
    for (let index = x * most; index < (x + 1) * most; index++, at += 4) {
      const weight = weights[index] ?? 0;
      if (weight === 0) continue;
      red += weight * (data[at] ?? 0);
      green += weight * (data[at + 1] ?? 0);
      blue += weight * (data[at + 2] ?? 0);
    }
    across[to] = red;
    across[to + 1] = green;
    across[to + 2] = blue;
  }
}

/** Which pixels of a line fall on each of some equal parts, and how much of each. */
interface Shares {
  /** For each part its first pixel. */
  readonly first: Int32Array;
  /** Pixels per part at most. */
  readonly most: number;
  /** `most` for each part; they sum to 1, and are 0 past its last pixel. */
  readonly weights: Float32Array;
}

function shareOut(length: number, parts: number): Shares {
  const step = length / parts;
  const most = Math.ceil(step) + 1;
  const first = new Int32Array(parts);
  const weights = new Float32Array(parts * most);
  for (let part = 0; part < parts; part++) {
    const from = part * step;
    const to = Math.min(length, from + step);
    if (step < 1) {
      first[part] = Math.min(length - 1, Math.floor((part + 0.5) * step));
      weights[part * most] = 1;
      continue;
    }
    const start = Math.floor(from);
    first[part] = start;
    for (let index = 0; index < most; index++) {
      const covered = Math.min(to, start + index + 1) - Math.max(from, start + index);
      weights[part * most + index] = Math.max(0, covered) / (to - from);
    }
  }
  return { first, most, weights };
}
