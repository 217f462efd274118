import type { RgbaImage } from '#contract/images.ts';
import type { SheetIdentity } from '#contract/sheet-code.ts';
import type { ReadingOptions, SheetPhotoReading } from '#contract/sheets.ts';
import { greyPlane } from '#worker/vision/grey-plane.ts';
import type { Homography } from '#worker/vision/geometry.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import { canBubblesTell, chooseByBubbles, chooseByCode, type CandidatePage, type PageTrial } from './choose-page.ts';
import { enlargePlaces, findCodePlaces, nameMarks, type CodePlace } from './find-code.ts';
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

/** A photo at two sizes, each read when it is wanted. */
export interface SheetPicture {
  /** What the sheet is read from; coordinates are its pixels. */
  readonly full: () => RgbaImage;
  /** Of `quickLongSidePx`, or `full` itself where that is not much larger. */
  readonly quick: () => RgbaImage;
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
  const places = pages.some(({ code }) => code !== undefined) ? findInPhoto(reader.cv, photo, pages) : [];
  const hasCode = reader.readCodes !== undefined && pages.some(({ code }) => code !== undefined);
  const identity = hasCode ? await readIdentity(reader.readCodes, photo, places) : undefined;
  const verdict = chooseByCode(identity, pages, examCode);
  if (verdict.kind === 'foreign') return { identity, readAs: undefined, reading: undefined };
  const tryPage = (page: CandidatePage): PageTrial => {
    const options = { correction, frame: frameOf(page, places) };
    return { page, reading: readSheet(reader.cv, photo.full(), page.design, reader.findOutlines, report, options) };
  };
  const trial =
    verdict.kind === 'page'
      ? tryPage(verdict.page)
      : canBubblesTell(pages)
        ? chooseByBubbles(pages.map(tryPage))
        : undefined;
  if (trial === undefined) return { identity, readAs: undefined, reading: undefined };
  const { version, page, design } = trial.page;
  const reading = await readBoxes(photo.full(), design, trial.reading, reader.readCharacters);
  return { identity, readAs: { version, page }, reading };
}

/** Looks where the marks say that the code is, then all over the photo. */
async function readIdentity(
  readCodes: ReadCodes,
  photo: SheetPicture,
  places: readonly CodePlace[],
): Promise<SheetIdentity | undefined> {
  const full = photo.full();
  const cuts = places.map((place) => cutCode(full, place));
  for (const effort of ['quick', 'thorough'] as const)
    for (const cut of cuts) {
      const identity = await readSheetCode(cut, effort, readCodes);
      if (identity !== undefined) return identity;
    }
  return readSheetCode(full, 'thorough', readCodes);
}

/** Quickly, then with all pixels, which marks of a sheet that is small in its photo need. */
function findInPhoto(cv: OpenCv, photo: SheetPicture, pages: readonly CandidatePage[]): readonly CodePlace[] {
  const quick = findQuickly(cv, photo, pages);
  return quick.length > 0 || photo.quick() === photo.full()
    ? quick
    : findCodePlaces(cv, greyPlane(photo.full()), pages, 'care');
}

/** Where the page's marks were seen to lie, so that they are not looked for twice. */
export function frameOf({ design }: CandidatePage, places: readonly CodePlace[]): Homography | undefined {
  const marks = nameMarks(design);
  return places.find((place) => place.marks === marks)?.sheetToPhoto;
}

/** In the smaller picture; places are those in the larger one. */
export function findQuickly(cv: OpenCv, photo: SheetPicture, pages: readonly CandidatePage[]): readonly CodePlace[] {
  const quick = photo.quick();
  const places = findCodePlaces(cv, greyPlane(quick), pages, 'care');
  return places.length === 0 ? places : enlargePlaces(places, photo.full().width / quick.width);
}
