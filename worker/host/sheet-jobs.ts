import { CodedFailure } from '#contract/failures.ts';
import type { Quad, Size } from '#contract/images.ts';
import type { Handlers } from '#contract/jobs.ts';
import type { ReadablePage, ReadingOptions } from '#contract/sheets.ts';
import type { CandidatePage } from '#worker/answer-sheets/choose-page.ts';
import { flatSize, flattenSheet } from '#worker/answer-sheets/flatten-sheet.ts';
import type { ReadCodes } from '#worker/answer-sheets/read-code.ts';
import { readBoxes, type TryCharacters } from '#worker/answer-sheets/read-boxes.ts';
import { isReadWhole, readLiveSheet } from '#worker/answer-sheets/read-live-sheet.ts';
import { readPage, type PageReader, type PageReading } from '#worker/answer-sheets/read-page.ts';
import { readSheet } from '#worker/answer-sheets/read-sheet.ts';
import { decodePicture } from './decode-picture.ts';
import { encodePicture, storedQuality } from './encode-picture.ts';
import type { Runtime } from './runtime.ts';
import { createBoxReader } from './sheet-boxes.ts';
import { decodeDesign, findOutlines, openSheetPicture, readPixels, scaleQuad, scaleReading } from './sheet-pixels.ts';

type ReadingJob =
  | 'answer-sheets.read'
  | 'answer-sheets.read-page'
  | 'answer-sheets.read-frame'
  | 'answer-sheets.flatten';

/** Of flattened sheets, which are looked at and cut into crops, and made again from the photo at any time. */
const flatQuality = 0.85;

/** Photos beyond this are read scaled down: Safari on iOS has no canvas of more than 16.7 megapixels. */
const mostPhotoPixels = 16e6;

/** A camera without the reader of codes asks for it again this long after it could not be had, not at every frame. */
const retryAfterMs = 30_000;

/** Where reading handwriting is switched off. */
const leaveBoxes: TryCharacters = () => Promise.resolve(undefined);

export function createSheetHandlers(
  runtime: Pick<Runtime, 'openCv' | 'codeReader' | 'network'>,
): Pick<Handlers, ReadingJob> {
  const tryCharacters = createBoxReader(runtime);
  let missing: { readonly since: number; readonly cause: unknown } | undefined;

  return {
    'answer-sheets.read': async ({ photo, design, options }, report) => {
      report({ stage: 'decode' });
      const { cv } = await runtime.openCv();
      const decoded = await decodeDesign(design);
      return withPicture(photo, async (bitmap) => {
        const photoSize = sizeOf(bitmap);
        const pixels = readPixels(bitmap);
        const outlines = () => findOutlines(cv, bitmap, pixels);
        const located = readSheet(cv, pixels, decoded, outlines, (stage) => report({ stage }), options);
        const reading = await readBoxes(pixels, decoded, located, readerFor(options));
        return { photoSize, reading: scaleReading(reading, pixels, photoSize) };
      });
    },

    'answer-sheets.read-page': async ({ photo, pages, examCode, options }, report) => {
      report({ stage: 'decode' });
      const candidates = await decodePages(pages);
      const reader = await startReader(pages, options);
      return withPicture(photo, async (bitmap) => {
        const photoSize = sizeOf(bitmap);
        const picture = openSheetPicture(bitmap);
        const { pixels } = picture;
        const outlines = () => findOutlines(reader.cv, bitmap, pixels);
        const read = await readPage(
          { ...reader, findOutlines: outlines },
          picture,
          candidates,
          { examCode, ...options },
          (stage) => report({ stage }),
        );
        return { ...scalePage(read, pixels, photoSize), photoSize };
      });
    },

    'answer-sheets.read-frame': async ({ frame, pages, examCode, options }, report) => {
      try {
        const candidates = await decodePages(pages);
        const reader = await startReader(pages, options, retryAfterMs);
        const picture = openSheetPicture(frame);
        const { pixels } = picture;
        const outlines = () => findOutlines(reader.cv, frame, pixels);
        const read = await readLiveSheet(
          { ...reader, findOutlines: outlines },
          picture,
          candidates,
          { examCode, ...options },
          (stage) => report({ stage }),
        );
        if (read.reading === undefined) return { read: { ...read, photoSize: sizeOf(frame) }, photo: undefined };
        report({ stage: 'encode' });
        // The photo is what was read, and coordinates are its pixels.
        const photo = isReadWhole(read) ? await encodePicture(pixels, 'image/jpeg', storedQuality) : undefined;
        return { read: { ...read, photoSize: sizeOf(pixels) }, photo };
      } finally {
        frame.close();
      }
    },

    'answer-sheets.flatten': async ({ photo, corners, frame, marginUnits, pixelsPerUnit }, report) => {
      report({ stage: 'decode' });
      const flat = { frame, marginUnits, pixelsPerUnit };
      const size = flatSize(flat);
      return withPicture(photo, async (bitmap) => {
        const pixels = readPixels(bitmap, enoughPixels(bitmap, corners, size));
        report({ stage: 'flatten' });
        const sheet = flattenSheet(pixels, scaleQuad(corners, bitmap, pixels), flat);
        report({ stage: 'encode' });
        return { picture: await encodePicture(sheet, 'image/jpeg', flatQuality), size };
      });
    },
  };

  async function startReader(
    pages: readonly ReadablePage[],
    options: ReadingOptions,
    retryMs = 0,
  ): Promise<Omit<PageReader, 'findOutlines'>> {
    const [{ cv }, readCodes] = await Promise.all([runtime.openCv(), startCodeReader(pages, retryMs)]);
    return { cv, readCodes, readCharacters: readerFor(options) };
  }

  function readerFor(options: ReadingOptions | undefined): TryCharacters {
    return options?.leavesBoxes === true ? leaveBoxes : tryCharacters;
  }

  /** Where there is but one page, its code is not needed to read it. */
  async function startCodeReader(pages: readonly ReadablePage[], retryMs: number): Promise<ReadCodes | undefined> {
    if (pages.every(({ code }) => code === undefined)) return undefined;
    try {
      return await orderCodeReader(retryMs);
    } catch (cause) {
      const isMissing = cause instanceof CodedFailure && cause.failure.code === 'runtime-unavailable';
      if (!isMissing || pages.length > 1) throw cause;
      return undefined;
    }
  }

  async function orderCodeReader(retryMs: number): Promise<ReadCodes> {
    if (missing !== undefined && performance.now() - missing.since < retryMs) throw missing.cause;
    try {
      return await runtime.codeReader();
    } catch (cause) {
      missing = { since: performance.now(), cause };
      console.warn('Sheets are read without their codes for now.', cause);
      throw cause;
    }
  }
}

async function withPicture<T>(photo: Blob, work: (bitmap: ImageBitmap) => Promise<T>): Promise<T> {
  const bitmap = await decodePicture(photo);
  try {
    return await work(bitmap);
  } finally {
    bitmap.close();
  }
}

function decodePages(pages: readonly ReadablePage[]): Promise<readonly CandidatePage[]> {
  return Promise.all(pages.map(async (page) => ({ ...page, design: await decodeDesign(page.design) })));
}

function scalePage(read: PageReading, from: Size, to: Size): PageReading {
  return { ...read, reading: read.reading && scaleReading(read.reading, from, to) };
}

/** Twice as many pixels each way as the flat sheet has, so that nothing blurs. */
function enoughPixels(photo: Size, corners: Quad, flat: Size): number {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const longSide = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), 1);
  const scale = Math.min(1, (2 * Math.max(flat.width, flat.height)) / longSide);
  return Math.min(mostPhotoPixels, photo.width * photo.height * scale * scale);
}

function sizeOf({ width, height }: Size): Size {
  return { width, height };
}
