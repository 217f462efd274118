import { photoPoint, type PhotoPoint, type Quad, type RgbaImage, type Size } from '#contract/images.ts';
import type { SheetDesign, SheetReading } from '#contract/sheets.ts';
import { convertPictures } from '#worker/answer-sheets/convert-pictures.ts';
import type { SheetPicture } from '#worker/answer-sheets/read-page.ts';
import { findingLongSidePx, findPage } from '#worker/documents/find-page.ts';
import { greyPlane } from '#worker/vision/grey-plane.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import { decodePicture, readScaled } from './decode-picture.ts';

/** Between photos as they come and the pixels that sheets are read from. */

/**
 * Sheets are read at no more than so many pixels: the bubbles of an A4 sheet that fills a third of its photo are then 12
 * pixels wide, and 9 are enough.
 */
const mostSheetPixels = 4e6;

/** Marker pictures are matched at a few dozen pixels, reference pictures at a few hundred. */
const pictureLongSidePx = 1200;

/** Reads at most so many pixels of a photo. */
export function readPixels(bitmap: ImageBitmap, mostPixels = mostSheetPixels): RgbaImage {
  const scale = Math.min(1, Math.sqrt(mostPixels / (bitmap.width * bitmap.height)));
  return readScaled(bitmap, scale * Math.max(bitmap.width, bitmap.height));
}

/** A photo as sheets are read from it. */
export function openSheetPicture(bitmap: ImageBitmap): SheetPicture {
  const pixels = readPixels(bitmap);
  return { pixels, grey: greyPlane(pixels) };
}

/** The design with its pictures decoded. */
export async function decodeDesign(design: SheetDesign): Promise<SheetDesign<RgbaImage>> {
  return convertPictures(design, async (picture) => {
    const bitmap = await decodePicture(picture);
    try {
      return readScaled(bitmap, pictureLongSidePx);
    } finally {
      bitmap.close();
    }
  });
}

/** The page in the photo, in pixels of the picture that the sheet is read from. */
export function findOutlines(cv: OpenCv, bitmap: ImageBitmap, pixels: Size): readonly Quad[] {
  const scaled = readScaled(bitmap, findingLongSidePx.photo);
  const page = findPage(cv, scaled, 'photo');
  return page === undefined ? [] : [scaleQuad(page.corners, scaled, pixels)];
}

export function scaleReading(reading: SheetReading, from: Size, to: Size): SheetReading {
  if (!reading.found) return reading;
  return {
    ...reading,
    corners: scaleQuad(reading.corners, from, to),
    fields: reading.fields.map((field) => ({
      ...field,
      bubbles: field.bubbles.map((bubble) => ({ ...bubble, center: scalePoint(bubble.center, from, to) })),
      ...(field.written === undefined
        ? {}
        : { written: { ...field.written, corners: scaleQuad(field.written.corners, from, to) } }),
    })),
  };
}

export function scaleQuad([a, b, c, d]: Quad, from: Size, to: Size): Quad {
  return [scalePoint(a, from, to), scalePoint(b, from, to), scalePoint(c, from, to), scalePoint(d, from, to)];
}

function scalePoint({ x, y }: PhotoPoint, from: Size, to: Size): PhotoPoint {
  return photoPoint((x * to.width) / from.width, (y * to.height) / from.height);
}
