import type { RgbaImage } from '#contract/images.ts';
import type { XY } from './geometry.ts';

/** A picture's colours, smoothed, and the edges between them, all row by row at the picture's own size. */
export interface GradientField {
  readonly width: number;
  readonly height: number;
  /** R, G, B of each pixel after a 5 x 5 binomial filter (sigma 1 px), in sixteenths of a grey level. */
  readonly colours: Int16Array;
  /** Gradient of the colour channel that changes most, in sixteenths of a grey level per 2 px, towards brighter. */
  readonly gradientX: Int16Array;
  readonly gradientY: Int16Array;
  /** Length of the gradient, in grey levels per pixel. */
  readonly magnitude: Float32Array;
  /** 0 off the crest of an edge, else how far it stands out of its surroundings, up to 1. */
  readonly crest: Float32Array;
  /** Indices of the pixels whose crest is not 0, in raster order. */
  readonly crestPixels: Int32Array;
}

/** Side of the cells over which an edge's surroundings are averaged, in pixels. */
const cellPx = 16;

/**
 * Weakest crest that counts, in grey levels per pixel. White paper on a white desk steps by 3 to 6 grey levels over
 * 2 to 3 pixels; the noise of a photo scaled down tenfold is below 0.3.
 */
const weakestCrest = 0.7;

/**
 * Smooths a picture, takes the gradient of the colour channel that changes most at each pixel, and thins it to crests.
 * A crest's strength is measured against the mean gradient around it, so that a faint edge on an even ground counts
 * as much as a strong one in a busy texture.
 */
export function measureGradients(picture: RgbaImage): GradientField {
  const { width, height } = picture;
  const colours = smoothColours(picture);
  const gradientX = new Int16Array(width * height);
  const gradientY = new Int16Array(width * height);
  const magnitude = new Float32Array(width * height);
  const cellsX = Math.ceil(width / cellPx);
  const cellsY = Math.ceil(height / cellPx);
  const sums = new Float32Array(cellsX * cellsY);
  const stride = 3 * width;
  for (let y = 1; y < height - 1; y++) {
    const cellRow = (y >> 4) * cellsX;
    for (let x = 1; x < width - 1; x++) {
      const at = y * stride + 3 * x;
      let bestX = (colours[at + 3] ?? 0) - (colours[at - 3] ?? 0);
      let bestY = (colours[at + stride] ?? 0) - (colours[at - stride] ?? 0);
      let best = bestX * bestX + bestY * bestY;
      const greenX = (colours[at + 4] ?? 0) - (colours[at - 2] ?? 0);
      const greenY = (colours[at + stride + 1] ?? 0) - (colours[at - stride + 1] ?? 0);
      const green = greenX * greenX + greenY * greenY;
      if (green > best) {
        best = green;
        bestX = greenX;
        bestY = greenY;
      }
      const blueX = (colours[at + 5] ?? 0) - (colours[at - 1] ?? 0);
      const blueY = (colours[at + stride + 2] ?? 0) - (colours[at - stride + 2] ?? 0);
      const blue = blueX * blueX + blueY * blueY;
      if (blue > best) {
        best = blue;
        bestX = blueX;
        bestY = blueY;
      }
      const pixel = y * width + x;
      gradientX[pixel] = bestX;
      gradientY[pixel] = bestY;
      const length = Math.sqrt(best) / 32;
      magnitude[pixel] = length;
      const cell = cellRow + (x >> 4);
      sums[cell] = (sums[cell] ?? 0) + length;
    }
  }
  const around = averageAround(sums, cellsX, cellsY, cellPx * cellPx);
  const crests = thinToCrests(width, height, gradientX, gradientY, magnitude, around, cellsX);
  return { width, height, colours, gradientX, gradientY, magnitude, ...crests };
}

/** Binomial 1-4-6-4-1 down and across; the edge rows and columns repeat. Channels are written out: it halves the time. */
function smoothColours({ width, height, data }: RgbaImage): Int16Array {
  const colours = new Int16Array(width * height * 3);
  // Two pixels of repeated border on either side of one row of vertical sums.
  const row = new Int32Array(3 * (width + 4));
  const stride = 4 * width;
  const end = 3 * width + 3;
  for (let y = 0; y < height; y++) {
    let here = y * stride;
    const above2 = (Math.max(0, y - 2) - y) * stride;
    const above = (Math.max(0, y - 1) - y) * stride;
    const below = (Math.min(height - 1, y + 1) - y) * stride;
    const below2 = (Math.min(height - 1, y + 2) - y) * stride;
    for (let to = 6; to < end + 3; to += 3, here += 4) {
      row[to] =
        (data[here + above2] ?? 0) +
        (data[here + below2] ?? 0) +
        4 * ((data[here + above] ?? 0) + (data[here + below] ?? 0)) +
        6 * (data[here] ?? 0);
      const green = here + 1;
      row[to + 1] =
        (data[green + above2] ?? 0) +
        (data[green + below2] ?? 0) +
        4 * ((data[green + above] ?? 0) + (data[green + below] ?? 0)) +
        6 * (data[green] ?? 0);
      const blue = here + 2;
      row[to + 2] =
        (data[blue + above2] ?? 0) +
        (data[blue + below2] ?? 0) +
        4 * ((data[blue + above] ?? 0) + (data[blue + below] ?? 0)) +
        6 * (data[blue] ?? 0);
    }
    for (let channel = 0; channel < 3; channel++) {
      const first = row[6 + channel] ?? 0;
      const last = row[end + channel] ?? 0;
      row[channel] = first;
      row[3 + channel] = first;
      row[end + 3 + channel] = last;
      row[end + 6 + channel] = last;
    }
    const out = y * width * 3;
    for (let index = 0; index < 3 * width; index++) {
      colours[out + index] =
        ((row[index] ?? 0) +
          (row[index + 12] ?? 0) +
          4 * ((row[index + 3] ?? 0) + (row[index + 9] ?? 0)) +
          6 * (row[index + 6] ?? 0)) >>
        4;
    }
  }
  return colours;
}

/** Mean over each cell and its neighbours. */
function averageAround(sums: Float32Array, cellsX: number, cellsY: number, pixelsPerCell: number): Float32Array {
  const around = new Float32Array(sums.length);
  for (let y = 0; y < cellsY; y++) {
    for (let x = 0; x < cellsX; x++) {
      let sum = 0;
      let cells = 0;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(cellsY - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(cellsX - 1, x + 1); nx++) {
          sum += sums[ny * cellsX + nx] ?? 0;
          cells++;
        }
      }
      around[y * cellsX + x] = sum / (cells * pixelsPerCell);
    }
  }
  return around;
}

function thinToCrests(
  width: number,
  height: number,
  gradientX: Int16Array,
  gradientY: Int16Array,
  magnitude: Float32Array,
  around: Float32Array,
  cellsX: number,
): Pick<GradientField, 'crest' | 'crestPixels'> {
  const crest = new Float32Array(width * height);
  // No two neighbours along a gradient are both crests, so half of the pixels is more than enough.
  const crestPixels = new Int32Array((width * height) >> 1);
  let count = 0;
  for (let y = 2; y < height - 2; y++) {
    const cellRow = (y >> 4) * cellsX;
    for (let x = 2; x < width - 2; x++) {
      const at = y * width + x;
      const here = magnitude[at] ?? 0;
      if (here < weakestCrest) continue;
      const surroundings = around[cellRow + (x >> 4)] ?? 0;
      if (here < surroundings) continue;
      const dx = gradientX[at] ?? 0;
      const dy = gradientY[at] ?? 0;
      const acrossX = Math.abs(dx);
      const acrossY = Math.abs(dy);
      // The neighbour along the gradient, to the nearest of eight directions (0.4142 = tan 22.5 degrees).
      let step = 0;
      if (acrossX > 0.4142 * acrossY) step += dx > 0 ? 1 : -1;
      if (acrossY > 0.4142 * acrossX) step += dy > 0 ? width : -width;
      if (here < (magnitude[at + step] ?? 0) || here <= (magnitude[at - step] ?? 0)) continue;
      crest[at] = here / (here + 2 * surroundings + 2);
      crestPixels[count++] = at;
    }
  }
  return { crest, crestPixels: crestPixels.subarray(0, count) };
}

/** Where a crest pixel's edge runs, to a fraction of a pixel: a parabola through it and its two neighbours along the gradient. */
export function locateCrest({ width, gradientX, gradientY, magnitude }: GradientField, at: number): XY {
  const dx = gradientX[at] ?? 0;
  const dy = gradientY[at] ?? 0;
  const stepX = Math.abs(dx) > 0.4142 * Math.abs(dy) ? Math.sign(dx) : 0;
  const stepY = Math.abs(dy) > 0.4142 * Math.abs(dx) ? Math.sign(dy) : 0;
  const step = stepX + stepY * width;
  const before = magnitude[at - step] ?? 0;
  const here = magnitude[at] ?? 0;
  const after = magnitude[at + step] ?? 0;
  const bend = before - 2 * here + after;
  const shift = bend < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / bend)) : 0;
  const y = Math.floor(at / width);
  // Pixel centres lie half a pixel in.
  return { x: at - y * width + 0.5 + shift * stepX, y: y + 0.5 + shift * stepY };
}
