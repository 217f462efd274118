import { photoPoint, type PhotoPoint, type Quad, type RgbaImage, type Size } from '#contract/images.ts';
import type { PageEdits } from '#contract/pages.ts';
import { flattenGrey, flattenPage, type FlatPage } from '#worker/documents/flatten-page.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { readScaled } from './decode-picture.ts';

/**
 * Photos beyond this are read scaled down. A page of 2480 x 3508 pixels (A4 at 300 dpi) that fills more than half of its photo
 * loses nothing, and Safari on iOS has no canvas of more than 16.7 megapixels.
 */
export const mostPhotoPixels = 16e6;

/** Pixels of a photo, perhaps fewer than it has. */
export interface PhotoPixels {
  readonly image: RgbaImage;
  readonly photoSize: Size;
}

/** Reads at most so many pixels. */
export function readPhoto(bitmap: ImageBitmap, mostPixels: number): PhotoPixels {
  const scale = Math.min(1, Math.sqrt(mostPixels / (bitmap.width * bitmap.height)));
  const image = readScaled(bitmap, scale * Math.max(bitmap.width, bitmap.height));
  return { image, photoSize: sizeOf(bitmap) };
}

/** Flattens with corners in pixels of the photo, whatever the size that its pixels were read at. */
export function flattenPhoto(
  { image, photoSize }: PhotoPixels,
  { corners, turns }: Pick<PageEdits, 'corners' | 'turns'>,
  limitLongSidePx?: number,
): FlatPage {
  return flattenPage(image, { corners: scaleQuad(corners, scalerBetween(photoSize, image)), turns }, limitLongSidePx);
}

/** As `flattenPhoto`, in grey. */
export function flattenPhotoGrey(
  { image, photoSize }: PhotoPixels,
  { corners, turns }: Pick<PageEdits, 'corners' | 'turns'>,
): Plane {
  return flattenGrey(image, { corners: scaleQuad(corners, scalerBetween(photoSize, image)), turns });
}

export type ScalePoint = (point: PhotoPoint) => PhotoPoint;

/** Takes points from one size of a picture to another. Pixel (0, 0) begins at 0 in both, so there is no half to add. */
export function scalerBetween(from: Size, to: Size): ScalePoint {
  return ({ x, y }) => photoPoint((x * to.width) / from.width, (y * to.height) / from.height);
}

export function scaleQuad([a, b, c, d]: Quad, scale: ScalePoint): Quad {
  return [scale(a), scale(b), scale(c), scale(d)];
}

export function sizeOf({ width, height }: Size): Size {
  return { width, height };
}
