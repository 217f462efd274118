import type { RgbaImage } from '#contract/images.ts';
import type { SheetIdentity } from '#contract/sheet-code.ts';
import type { ReadingOptions, SheetPhotoReading } from '#contract/sheets.ts';
import type { Homography } from '#worker/vision/geometry.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { canBubblesTell, chooseByBubbles, chooseByCode, type CandidatePage, type PageTrial } from './choose-page.ts';
import type { ArucoEffort } from './find-aruco.ts';
import { findCodePlaces, nameMarks, type CodePlace } from './find-code.ts';
import type { FindOutlines } from './propose-frames.ts';
import { readBoxes, type TryCharacters } from './read-boxes.ts';
import { cutCode, readSheetCode, type ReadCodes } from './read-code.ts';
import { readSheet, type Report } from './read-sheet.ts';

/** What reading a page asks of its surroundings. */
export interface PageReader {
  readonly cv: OpenCv;
  readonly findOutlines: FindOutlines;
  /** Absent where no reader of codes is to be had. */
  readonly readCodes: ReadCodes | undefined;
  /** Asked for pages with boxes to write in only. */
  readonly readCharacters: TryCharacters;
}

/** What a sheet is read from; coordinates are its pixels. */
export interface SheetPicture {
  readonly pixels: RgbaImage;
  /** Of `pixels`. */
  readonly grey: Plane;
}

/** What is asked of a photo. */
export interface PageOrder extends ReadingOptions {
  /** Of the exam whose pages these are; a sheet of another one is named and not read. */
  readonly examCode: string | undefined;
}

/** What a photo says of itself; coordinates are its pixels. */
export type PageReading = Omit<SheetPhotoReading, 'photoSize'>;

/**
 * Reads a photo that shows one of `pages`. Which one, says its code; where that can't be read, the bubbles, as far as they
 * tell.
 */
export async function readPage(
  reader: PageReader,
  photo: SheetPicture,
  pages: readonly CandidatePage[],
  { examCode, correction }: PageOrder,
  report: Report,
): Promise<PageReading> {
  report('locate');
  const places = findPlaces(reader.cv, photo, pages, ['haste', 'some care', 'care']);
  const hasCode = reader.readCodes !== undefined && pages.some(({ code }) => code !== undefined);
  const identity = hasCode ? await readIdentity(reader.readCodes, photo.pixels, places) : undefined;
  const verdict = chooseByCode(identity, pages, examCode);
  if (verdict.kind === 'foreign') return { identity, readAs: undefined, reading: undefined };
  const tryPage = (page: CandidatePage): PageTrial => {
    const options = { correction, frame: frameOf(page, places), grey: photo.grey };
    return { page, reading: readSheet(reader.cv, photo.pixels, page.design, reader.findOutlines, report, options) };
  };
  const trial =
    verdict.kind === 'page'
      ? tryPage(verdict.page)
      : canBubblesTell(pages)
        ? chooseByBubbles(pages.map(tryPage))
        : undefined;
  if (trial === undefined) return { identity, readAs: undefined, reading: undefined };
  const { version, page, design } = trial.page;
  const reading = await readBoxes(photo.pixels, design, trial.reading, reader.readCharacters);
  return { identity, readAs: { version, page }, reading };
}

/** Looks where the marks say that the code is, then all over the photo. */
async function readIdentity(
  readCodes: ReadCodes,
  photo: RgbaImage,
  places: readonly CodePlace[],
): Promise<SheetIdentity | undefined> {
  const cuts = places.map((place) => cutCode(photo, place));
  for (const effort of ['quick', 'thorough'] as const)
    for (const cut of cuts) {
      const identity = await readSheetCode(cut, effort, readCodes);
      if (identity !== undefined) return identity;
    }
  return readSheetCode(photo, 'thorough', readCodes);
}

/** Where the code lies, by the first of the efforts that finds its marks. */
export function findPlaces(
  cv: OpenCv,
  { grey }: SheetPicture,
  pages: readonly CandidatePage[],
  efforts: readonly ArucoEffort[],
): readonly CodePlace[] {
  for (const effort of efforts) {
    const places = findCodePlaces(cv, grey, pages, effort);
    if (places.length > 0) return places;
  }
  return [];
}

/** Where the page's marks were seen to lie, so that they are not looked for twice. */
export function frameOf({ design }: CandidatePage, places: readonly CodePlace[]): Homography | undefined {
  const marks = nameMarks(design);
  return places.find((place) => place.marks === marks)?.sheetToPhoto;
}
