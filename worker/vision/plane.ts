import type { Size } from '#contract/images.ts';

/** One value per pixel, rows from the top, `values.length === width * height`. */
export interface Plane<V extends Uint8Array | Uint16Array | Float32Array = Uint8Array> extends Size {
  readonly values: V;
}

/**
 * Grey closing with a square of `2 * radius + 1` pixels: what is dark and narrower than the square takes the brightness
 * around it; what is dark and wider keeps its place and its edges exactly. Cost does not depend on the radius (van Herk
 * 1992, Gil and Werman 1993).
 */
export function closePlane(plane: Plane, radius: number): Plane {
  const dilated = slideMaximum(slideMaximum(plane, radius), radius);
  return invertPlane(slideMaximum(slideMaximum(invertPlane(dilated), radius), radius));
}

/** The smallest value in the square of `2 * radius + 1` pixels around each pixel. */
export function erodePlane(plane: Plane, radius: number): Plane {
  return invertPlane(slideMaximum(slideMaximum(invertPlane(plane), radius), radius));
}

function invertPlane({ width, height, values }: Plane): Plane {
  const inverted = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) inverted[at] = 255 - (values[at] ?? 0);
  return { width, height, values: inverted };
}

/** The largest value of the `2 * radius + 1` pixels of the row around each pixel, transposed: twice is the square. */
function slideMaximum({ width, height, values }: Plane, radius: number): Plane {
  const span = 2 * radius + 1;
  const padded = Math.ceil((width + 2 * radius) / span) * span;
  const row = new Uint8Array(padded);
  const before = new Uint8Array(padded);
  const after = new Uint8Array(padded);
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    // Outside counts as 0, below any pixel, and so takes no part.
    row.set(values.subarray(y * width, (y + 1) * width), radius);
    for (let start = 0; start < padded; start += span) {
      let most = 0;
      for (let at = start; at < start + span; at++) {
        const value = row[at] ?? 0;
        if (value > most) most = value;
        before[at] = most;
      }
      most = 0;
      for (let at = start + span - 1; at >= start; at--) {
        const value = row[at] ?? 0;
        if (value > most) most = value;
        after[at] = most;
      }
    }
    for (let x = 0, to = y; x < width; x++, to += height) {
      const left = after[x] ?? 0;
      const right = before[x + span - 1] ?? 0;
      out[to] = left > right ? left : right;
    }
  }
  return { width: height, height: width, values: out };
}

/** Mean over squares of `factor` x `factor` pixels, fewer at the right and bottom. */
export function shrinkPlane(plane: Plane<Uint8Array | Float32Array>, factor: number): Plane<Float32Array> {
  const { values } = plane;
  const width = Math.max(1, Math.ceil(plane.width / factor));
  const height = Math.max(1, Math.ceil(plane.height / factor));
  const means = new Float32Array(width * height);
  const whole = Math.floor(plane.width / factor);
  for (let y = 0; y < height; y++) {
    const bottom = Math.min(plane.height, (y + 1) * factor);
    const first = y * width;
    for (let row = y * factor; row < bottom; row++) {
      let at = row * plane.width;
      for (let to = first; to < first + whole; to++) {
        let sum = 0;
        for (const end = at + factor; at < end; at++) sum += values[at] ?? 0;
        means[to] = (means[to] ?? 0) + sum;
      }
      for (const end = (row + 1) * plane.width; at < end; at++)
        means[first + whole] = (means[first + whole] ?? 0) + (values[at] ?? 0);
    }
    const rows = bottom - y * factor;
    for (let x = 0; x < width; x++) {
      const columns = Math.min(factor, plane.width - x * factor);
      means[first + x] = (means[first + x] ?? 0) / (rows * columns);
    }
  }
  return { width, height, values: means };
}

/** `shrinkPlane` in whole numbers, for planes of millions of pixels: halves of a grey level are rounded up. */
export function shrinkBytes(plane: Plane, factor: number): Plane {
  if (factor === 2 && plane.width % 2 === 0 && plane.height % 2 === 0) return halveBytes(plane);
  const { width: across, height: down, values } = plane;
  const width = Math.max(1, Math.ceil(across / factor));
  const height = Math.max(1, Math.ceil(down / factor));
  const whole = Math.floor(across / factor);
  const shrunk = new Uint8Array(width * height);
  const sums = new Int32Array(width);
  for (let y = 0, to = 0; y < height; y++) {
    const bottom = Math.min(down, (y + 1) * factor);
    sums.fill(0);
    for (let row = y * factor; row < bottom; row++) {
      let at = row * across;
      for (let x = 0; x < whole; x++) {
        let sum = 0;
        for (const end = at + factor; at < end; at++) sum += values[at] ?? 0;
        sums[x] = (sums[x] ?? 0) + sum;
      }
      for (const end = (row + 1) * across; at < end; at++) sums[whole] = (sums[whole] ?? 0) + (values[at] ?? 0);
    }
    const rows = bottom - y * factor;
    for (let x = 0; x < width; x++, to++) {
      const pixels = rows * Math.min(factor, across - x * factor);
      shrunk[to] = ((sums[x] ?? 0) + pixels / 2) / pixels;
    }
  }
  return { width, height, values: shrunk };
}

/** A quarter of the time, for what a photo of two megapixels needs. */
function halveBytes({ width: across, height: down, values }: Plane): Plane {
  const [width, height] = [across / 2, down / 2];
  const shrunk = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0, upper = 2 * y * across; x < width; x++, to++, upper += 2) {
      const lower = upper + across;
      const sum = (values[upper] ?? 0) + (values[upper + 1] ?? 0) + (values[lower] ?? 0) + (values[lower + 1] ?? 0);
      shrunk[to] = (sum + 2) >> 2;
    }
  return { width, height, values: shrunk };
}

/**
 * Fills what is unknown smoothly from what is known around it, however large the gap: means of the known values level
 * by level down to one pixel, then back up into the gaps ("push-pull", Gortler et al. 1996, The Lumigraph, 4.3).
 *
 * @param known 1 where `values` holds, 0 where it is to be filled, or between.
 */
export function fillGaps(plane: Plane<Float32Array>, known: Plane<Float32Array>): Plane<Float32Array> {
  const { width, height } = plane;
  const filled = new Float32Array(plane.values.length);
  if (width === 1 && height === 1) return { width, height, values: plane.values.slice() };

  const weighted = plane.values.map((value, at) => value * (known.values[at] ?? 0));
  const weights = shrinkPlane(known, 2);
  const sums = shrinkPlane({ width, height, values: weighted }, 2);
  const means = sums.values.map((sum, at) => sum / Math.max(1e-6, weights.values[at] ?? 0));
  const coarse = fillGaps(
    { width: weights.width, height: weights.height, values: means },
    // A mean of a few pixels counts as known in full: sparse knowledge must not fade level by level.
    { width: weights.width, height: weights.height, values: weights.values.map((weight) => Math.min(1, weight * 4)) },
  );
  const row = new Float32Array(width);
  for (let y = 0, at = 0; y < height; y++) {
    readRow(coarse, 2, y, row);
    for (let x = 0; x < width; x++, at++) {
      const share = known.values[at] ?? 0;
      filled[at] = share * (plane.values[at] ?? 0) + (1 - share) * (row[x] ?? 0);
    }
  }
  return { width, height, values: filled };
}

/**
 * Row `y` of a plane enlarged by `factor`, bilinear, into `row` (its length is the enlarged width). Pixel centres
 * stay centres; the outermost values go on to the border.
 */
export function readRow(plane: Plane<Float32Array>, factor: number, y: number, row: Float32Array): void {
  const { width, height, values } = plane;
  const fromY = Math.min(height - 1, Math.max(0, (y + 0.5) / factor - 0.5));
  const upper = Math.floor(fromY);
  const shareY = fromY - upper;
  const upperAt = upper * width;
  const lowerAt = Math.min(height - 1, upper + 1) * width;
  const step = 1 / factor;
  const length = row.length;
  let x = 0;
  let previous = (values[upperAt] ?? 0) * (1 - shareY) + (values[lowerAt] ?? 0) * shareY;
  // The first half pixel has no neighbour on its left, the last none on its right.
  for (let column = 0; column <= width; column++) {
    const at = Math.min(width - 1, column);
    const value = (values[upperAt + at] ?? 0) * (1 - shareY) + (values[lowerAt + at] ?? 0) * shareY;
    const slope = (value - previous) * step;
    const end = column === width ? length : Math.min(length, Math.ceil((column + 0.5) * factor - 0.5));
    let now = previous + slope * (x + 0.5 - (column - 0.5) * factor);
    for (; x < end; x++, now += slope) row[x] = now;
    previous = value;
  }
}
