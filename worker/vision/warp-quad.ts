import type { RgbaImage, Size } from '#contract/images.ts';
import { distanceBetween, homographyBetween, type FourPoints, type Homography, type XY } from './geometry.ts';
import { greyPlane } from './grey-plane.ts';
import type { Plane } from './plane.ts';
import { shrinkImage, type Region } from './shrink-image.ts';

/**
 * The quad of `photo` as an upright image of `size`, bilinear. Where that makes the photo much smaller, the photo is
 * first averaged down by a whole factor, which leaves the bilinear step less than 1.5-fold and free of aliasing.
 */
export function warpQuad(photo: RgbaImage, quad: FourPoints, size: Size): RgbaImage {
  const { source, homography } = placeQuad(photo, quad, size);
  return resample(source, homography, size);
}

/** As `warpQuad`, of the photo's grey alone, which takes half as long. */
export function warpGreyQuad(photo: RgbaImage, quad: FourPoints, size: Size): Plane {
  const { source, homography } = placeQuad(photo, quad, size);
  return resamplePlane(greyPlane(source), homography, size);
}

/** What a warp reads: the photo, or what the quad needs of it at a whole part of its size, and the way from the result into it. */
function placeQuad(photo: RgbaImage, quad: FourPoints, size: Size): { source: RgbaImage; homography: Homography } {
  const sides = longerSides(quad);
  const reduction = Math.max(1, Math.round(Math.max(sides.width / size.width, sides.height / size.height)));
  const region = regionAround(quad, photo);
  const source = reduction === 1 ? photo : shrinkImage(photo, reduction, region);
  const left = reduction === 1 ? 0 : region.left;
  const top = reduction === 1 ? 0 : region.top;
  const inSource = ({ x, y }: XY): XY => ({ x: (x - left) / reduction, y: (y - top) / reduction });

  const [a, b, c, d] = quad;
  const homography = homographyBetween(
    [
      { x: 0, y: 0 },
      { x: size.width, y: 0 },
      { x: size.width, y: size.height },
      { x: 0, y: size.height },
    ],
    [inSource(a), inSource(b), inSource(c), inSource(d)],
  );
  // Three corners in line enclose nothing that could be flattened; no caller has them, so this is a bug.
  if (homography === undefined) throw new Error('the corners lie on a line');
  return { source, homography };
}

/** Whole pixels around the quad, inside the photo and at least one pixel. */
function regionAround(quad: FourPoints, photo: Size): Region {
  const xs = quad.map(({ x }) => x);
  const ys = quad.map(({ y }) => y);
  const left = Math.min(photo.width - 1, Math.max(0, Math.floor(Math.min(...xs)) - 1));
  const top = Math.min(photo.height - 1, Math.max(0, Math.floor(Math.min(...ys)) - 1));
  return {
    left,
    top,
    right: Math.max(left + 1, Math.min(photo.width, Math.ceil(Math.max(...xs)) + 1)),
    bottom: Math.max(top + 1, Math.min(photo.height, Math.ceil(Math.max(...ys)) + 1)),
  };
}

/**
 * Looks up each pixel of the result in `source` through the homography, bilinear, the edge going on outside.
 *
 * In TypeScript rather than `cv.warpPerspective`: 8.7 megapixels take 140 ms here and 165 ms there (Node 20, without SIMD), and
 * neither photo nor page is copied into OpenCV's heap, which never shrinks.
 */
function resample(source: RgbaImage, homography: Homography, size: Size): RgbaImage {
  const { width, height } = size;
  const pixels = new Uint32Array(source.data.buffer, source.data.byteOffset, source.width * source.height);
  const out = new Uint32Array(width * height);
  const lastX = source.width - 1;
  const lastY = source.height - 1;
  const [a, b, c, d, e, f, g, h, i] = homography;
  for (let y = 0, to = 0; y < height; y++) {
    const rowY = y + 0.5;
    let u = a * 0.5 + b * rowY + c;
    let v = d * 0.5 + e * rowY + f;
    let w = g * 0.5 + h * rowY + i;
    for (let x = 0; x < width; x++, to++, u += a, v += d, w += g) {
      // Pixel (0, 0) has its centre at (0.5, 0.5): the sample lies half a pixel before.
      const atX = Math.min(lastX, Math.max(0, u / w - 0.5));
      const atY = Math.min(lastY, Math.max(0, v / w - 0.5));
      const x0 = atX | 0;
      const y0 = atY | 0;
      const right = x0 < lastX ? 1 : 0;
      const below = y0 < lastY ? source.width : 0;
      const shareX = ((atX - x0) * 256) | 0;
      const shareY = ((atY - y0) * 256) | 0;
      const at = y0 * source.width + x0;
      const p00 = pixels[at] ?? 0;
      const p10 = pixels[at + right] ?? 0;
      const p01 = pixels[at + below] ?? 0;
      const p11 = pixels[at + below + right] ?? 0;
      // Two channels at a time in one 32-bit number, 8 bits of room between them: red with blue, green alone.
      const w11 = (shareX * shareY) >> 8;
      const w10 = shareX - w11;
      const w01 = shareY - w11;
      const w00 = 256 - w10 - w01 - w11;
      const redBlue =
        (Math.imul(p00 & 0xff00ff, w00) +
          Math.imul(p10 & 0xff00ff, w10) +
          Math.imul(p01 & 0xff00ff, w01) +
          Math.imul(p11 & 0xff00ff, w11) +
          0x800080) >>>
        8;
      const green =
        (Math.imul(p00 & 0xff00, w00) +
          Math.imul(p10 & 0xff00, w10) +
          Math.imul(p01 & 0xff00, w01) +
          Math.imul(p11 & 0xff00, w11) +
          0x8000) >>>
        8;
      out[to] = (redBlue & 0xff00ff) | (green & 0xff00) | 0xff000000;
    }
  }
  return { width, height, data: new Uint8ClampedArray(out.buffer) };
}

/** Over so many pixels of a row the way through a homography is straight, to a hundredth of a pixel. */
const straightPx = 16;

/** Whole numbers with 14 binary places: photos have at most 131,071 pixels a side. */
const fixed = 16384;

/** As `resample`, of one value a pixel; the homography is followed in short straight steps. */
function resamplePlane(
  { width: sourceWidth, height: sourceHeight, values }: Plane,
  homography: Homography,
  size: Size,
): Plane {
  const { width, height } = size;
  const out = new Uint8Array(width * height);
  const lastX = (sourceWidth - 1) * fixed;
  const lastY = (sourceHeight - 1) * fixed;
  const [a, b, c, d, e, f, g, h, i] = homography;
  for (let y = 0, to = 0; y < height; y++) {
    const u = b * (y + 0.5) + c;
    const v = e * (y + 0.5) + f;
    const w = h * (y + 0.5) + i;
    let nextX = (((a * 0.5 + u) / (g * 0.5 + w) - 0.5) * fixed) | 0;
    let nextY = (((d * 0.5 + v) / (g * 0.5 + w) - 0.5) * fixed) | 0;
    for (let left = 0; left < width; left += straightPx) {
      let fromX = nextX;
      let fromY = nextY;
      const end = left + straightPx + 0.5;
      const perW = fixed / (g * end + w);
      nextX = ((a * end + u) * perW - 0.5 * fixed) | 0;
      nextY = ((d * end + v) * perW - 0.5 * fixed) | 0;
      const stepX = ((nextX - fromX) / straightPx) | 0;
      const stepY = ((nextY - fromY) / straightPx) | 0;
      const stop = to + Math.min(straightPx, width - left);
      for (; to < stop; to++, fromX = (fromX + stepX) | 0, fromY = (fromY + stepY) | 0) {
        // The edge goes on outside.
        const atX = fromX < 0 ? 0 : fromX > lastX ? lastX : fromX;
        const atY = fromY < 0 ? 0 : fromY > lastY ? lastY : fromY;
        const at = (atY >> 14) * sourceWidth + (atX >> 14);
        const right = atX < lastX ? 1 : 0;
        const below = atY < lastY ? sourceWidth : 0;
        const shareX = (atX >> 6) & 255;
        const shareY = (atY >> 6) & 255;
        const upperLeft = values[at] ?? 0;
        const lowerLeft = values[at + below] ?? 0;
        const upper = (upperLeft << 8) + ((values[at + right] ?? 0) - upperLeft) * shareX;
        const lower = (lowerLeft << 8) + ((values[at + below + right] ?? 0) - lowerLeft) * shareX;
        out[to] = ((upper << 8) + (lower - upper) * shareY + 0x8000) >> 16;
      }
    }
  }
  return { width, height, values: out };
}

/** Of each pair of opposite sides the longer one, at least 1. */
export function longerSides([topLeft, topRight, bottomRight, bottomLeft]: FourPoints): Size {
  return {
    width: Math.max(1, distanceBetween(topLeft, topRight), distanceBetween(bottomLeft, bottomRight)),
    height: Math.max(1, distanceBetween(topLeft, bottomLeft), distanceBetween(topRight, bottomRight)),
  };
}
