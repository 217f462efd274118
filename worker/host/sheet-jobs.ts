import { photoPoint, type PhotoPoint, type Quad, type RgbaImage, type Size } from '#contract/images.ts';
import type { Handlers, JobName } from '#contract/jobs.ts';
import type { SheetReading } from '#contract/sheets.ts';
import { convertPictures } from '#worker/answer-sheets/convert-pictures.ts';
import { readSheet } from '#worker/answer-sheets/read-sheet.ts';
import { findingLongSidePx, findPage } from '#worker/documents/find-page.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import { decodePicture, readScaled } from './decode-picture.ts';
import type { Runtime } from './runtime.ts';

type SheetJob = Extract<JobName, `answer-sheets.${string}`>;

/**
 * Sheets are read at no more than so many pixels: the bubbles of an A4 sheet that fills a third of its photo are then 12
 * pixels wide, and 9 are enough.
 */
const mostSheetPixels = 4e6;

/** Marker pictures are matched at a few dozen pixels, reference pictures at a few hundred. */
const pictureLongSidePx = 1200;

export function createSheetHandlers(runtime: Pick<Runtime, 'openCv'>): Pick<Handlers, SheetJob> {
  return {
    'answer-sheets.read': async ({ photo, design }, report) => {
      report({ stage: 'decode' });
      const { cv } = await runtime.openCv();
      const pictures = await convertPictures(design, async (picture) => readPicture(picture, pictureLongSidePx));
      const bitmap = await decodePicture(photo);
      try {
        const photoSize = { width: bitmap.width, height: bitmap.height };
        const pixels = readPixels(bitmap);
        const reading = readSheet(
          cv,
          pixels,
          pictures,
          () => findOutlines(cv, bitmap, pixels),
          (stage) => report({ stage }),
        );
        return { photoSize, reading: scaleReading(reading, pixels, photoSize) };
      } finally {
        bitmap.close();
      }
    },
  };
}

async function readPicture(picture: Blob, longSidePx: number): Promise<RgbaImage> {
  const bitmap = await decodePicture(picture);
  try {
    return readScaled(bitmap, longSidePx);
  } finally {
    bitmap.close();
  }
}

function readPixels(bitmap: ImageBitmap): RgbaImage {
  const scale = Math.min(1, Math.sqrt(mostSheetPixels / (bitmap.width * bitmap.height)));
  return readScaled(bitmap, scale * Math.max(bitmap.width, bitmap.height));
}

/** The page in the photo, in pixels of the picture that the sheet is read from. */
function findOutlines(cv: OpenCv, bitmap: ImageBitmap, pixels: Size): readonly Quad[] {
  const scaled = readScaled(bitmap, findingLongSidePx.photo);
  const page = findPage(cv, scaled, 'photo');
  return page === undefined ? [] : [scaleQuad(page.corners, scaled, pixels)];
}

function scaleReading(reading: SheetReading, from: Size, to: Size): SheetReading {
  if (!reading.found) return reading;
  return {
    ...reading,
    corners: scaleQuad(reading.corners, from, to),
    fields: reading.fields.map((field) => ({
      ...field,
      bubbles: field.bubbles.map((bubble) => ({ ...bubble, center: scalePoint(bubble.center, from, to) })),
    })),
  };
}

function scaleQuad([a, b, c, d]: Quad, from: Size, to: Size): Quad {
  return [scalePoint(a, from, to), scalePoint(b, from, to), scalePoint(c, from, to), scalePoint(d, from, to)];
}

function scalePoint({ x, y }: PhotoPoint, from: Size, to: Size): PhotoPoint {
  return photoPoint((x * to.width) / from.width, (y * to.height) / from.height);
}
