import type { SheetDesign } from '#contract/sheets.ts';
import { chain } from '#worker/vision/fit-transform.ts';
import { projectPoint, type Homography } from '#worker/vision/geometry.ts';
import { readRow, shrinkBytes, type Plane } from '#worker/vision/plane.ts';
import type { Grid } from './grid.ts';

/** The part of a sheet that holds its bubbles, laid flat; paper is 255 whatever its light, black 0. */
export interface SheetRaster extends Plane {
  /** Takes units of the sheet to pixels of the raster. */
  readonly fromSheet: Homography;
  /** Takes pixels of the raster to pixels of the photo. */
  readonly toPhoto: Homography;
}

/** Pixels of the narrow side of a bubble: its outline is then two pixels wide and a letter inside still tells its shape. */
const bubblePx = 16;

/** A raster of more pixels than this says nothing new of a photo of two megapixels. */
const mostPixels = 2.5e6;

/** Bubble sizes around the outermost bubbles that are laid flat, too: room to look for them. */
const marginBubbles = 3;

/** How a sheet's bubbles lie in its raster. */
export interface RasterFrame {
  readonly width: number;
  readonly height: number;
  readonly fromSheet: Homography;
}

export function frameRaster(grid: Grid): RasterFrame {
  const margin = marginBubbles * Math.max(grid.bubbleWidth, grid.bubbleHeight);
  const xs = grid.cells.map(({ x }) => x);
  const ys = grid.cells.map(({ y }) => y);
  const left = Math.min(...xs) - margin;
  const top = Math.min(...ys) - margin;
  const across = Math.max(...xs) + margin - left;
  const down = Math.max(...ys) + margin - top;
  const scale = Math.min(
    bubblePx / Math.min(grid.bubbleWidth, grid.bubbleHeight),
    Math.sqrt(mostPixels / (across * down)),
  );
  return {
    width: Math.ceil(across * scale),
    height: Math.ceil(down * scale),
    fromSheet: [scale, 0, -left * scale, 0, scale, -top * scale, 0, 0, 1],
  };
}

/**
 * Lays the sheet flat by a homography from units of the sheet to pixels of the photo, and evens out its light. What lies
 * outside the photo is white.
 */
export function rectifySheet(photo: Plane, frame: RasterFrame, sheetToPhoto: Homography): SheetRaster {
  const { width, height, fromSheet } = frame;
  const [scale, , shiftX, , , shiftY] = fromSheet;
  const toSheet: Homography = [1 / scale, 0, -shiftX / scale, 0, 1 / scale, -shiftY / scale, 0, 0, 1];
  const toPhoto = chain(sheetToPhoto, toSheet);
  const middle = projectPoint(toPhoto, { x: width / 2, y: height / 2 });
  const next = projectPoint(toPhoto, { x: width / 2 + 1, y: height / 2 + 1 });
  const step = Math.hypot(next.x - middle.x, next.y - middle.y) / Math.SQRT2;
  // A photo of more pixels than the raster is averaged first, so that thin outlines do not alias.
  const factor = Math.max(1, Math.floor(step));
  const source = factor === 1 ? photo : shrinkBytes(photo, factor);
  const toSource = chain([1 / factor, 0, 0, 0, 1 / factor, 0, 0, 0, 1], toPhoto);
  const values = samplePlane(source, width, height, toSource);
  evenLight({ width, height, values });
  return { width, height, values, fromSheet, toPhoto };
}

/** Bilinear; what lies outside the source is white. */
export function samplePlane(
  source: Plane,
  width: number,
  height: number,
  [a, b, c, d, e, f, g, h, i]: Homography,
): Uint8Array {
  const out = new Uint8Array(width * height);
  const { values } = source;
  const lastX = source.width - 1;
  const lastY = source.height - 1;
  for (let y = 0, at = 0; y < height; y++) {
    let top = b * (y + 0.5) + c + a * 0.5;
    let side = e * (y + 0.5) + f + d * 0.5;
    let depth = h * (y + 0.5) + i + g * 0.5;
    for (let x = 0; x < width; x++, at++, top += a, side += d, depth += g) {
      const nearness = 1 / depth;
      const fromX = top * nearness - 0.5;
      const fromY = side * nearness - 0.5;
      if (!(fromX >= 0 && fromY >= 0 && fromX < lastX && fromY < lastY)) {
        out[at] = 255;
        continue;
      }
      const left = fromX | 0;
      const upper = fromY | 0;
      const shareX = fromX - left;
      const first = upper * source.width + left;
      const second = first + source.width;
      const above = (values[first] ?? 0) * (1 - shareX) + (values[first + 1] ?? 0) * shareX;
      const below = (values[second] ?? 0) * (1 - shareX) + (values[second + 1] ?? 0) * shareX;
      out[at] = above + (below - above) * (fromY - upper);
    }
  }
  return out;
}

/** Tiles of this many pixels are as large as a bubble and the gap around it: each shows paper somewhere. */
const tilePx = 24;

/**
 * Divides by the light of the paper: of each tile the brightness that an eighth of its pixels exceed, the brightest of the
 * tiles around it (so that a row of filled bubbles does not count as paper), smooth between tiles.
 */
function evenLight({ width, height, values }: Plane): void {
  const across = Math.ceil(width / tilePx);
  const down = Math.ceil(height / tilePx);
  const bright = new Float32Array(across * down);
  const counts = new Uint32Array(256);
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      counts.fill(0);
      let total = 0;
      for (let y = row * tilePx; y < Math.min(height, (row + 1) * tilePx); y++)
        for (let x = column * tilePx; x < Math.min(width, (column + 1) * tilePx); x++) {
          const value = values[y * width + x] ?? 0;
          counts[value] = (counts[value] ?? 0) + 1;
          total++;
        }
      let level = 255;
      for (let above = 0; level > 1; level--) {
        above += counts[level] ?? 0;
        if (above * 8 >= total) break;
      }
      bright[row * across + column] = level;
    }
  }
  const paper = new Float32Array(across * down);
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++) {
      let most = 0;
      for (let y = Math.max(0, row - 1); y <= Math.min(down - 1, row + 1); y++)
        for (let x = Math.max(0, column - 1); x <= Math.min(across - 1, column + 1); x++)
          most = Math.max(most, bright[y * across + x] ?? 0);
      // The mean with its own keeps the edge of a shadow where it is.
      paper[row * across + column] = (most + (bright[row * across + column] ?? 0)) / 2;
    }
  const light = new Float32Array(across * tilePx);
  for (let y = 0, at = 0; y < height; y++) {
    readRow({ width: across, height: down, values: paper }, tilePx, y, light);
    for (let x = 0; x < width; x++, at++) {
      const value = (255 * (values[at] ?? 0)) / (light[x] ?? 1);
      values[at] = value > 255 ? 255 : value;
    }
  }
}

/** Where a point of the raster lies on the sheet's frame in the photo. */
export function frameCorners({ size }: Pick<SheetDesign, 'size'>, sheetToPhoto: Homography) {
  const at = (x: number, y: number) => projectPoint(sheetToPhoto, { x, y });
  return [at(0, 0), at(size.width, 0), at(size.width, size.height), at(0, size.height)] as const;
}
