import type { RgbaImage } from '#contract/images.ts';
import { chooseByCode, type CandidatePage } from './choose-page.ts';
import type { CodePlace } from './find-code.ts';
import { readBoxes } from './read-boxes.ts';
import { cutCode, readSheetCode, type ReadCodes } from './read-code.ts';
import {
  findPlaces,
  frameOf,
  type PageOrder,
  type PageReader,
  type PageReading,
  type SheetPicture,
} from './read-page.ts';
import { readSheet, type Report } from './read-sheet.ts';

const nothing: PageReading = { identity: undefined, readAs: undefined, reading: undefined };

/**
 * Reads one frame of a live camera, where most frames show no sheet, half of one, or a moving one. A frame that shows no
 * readable code where the marks say that it is, is left to the next one: that is the test of sharpness, too, as the code
 * of a drawn sheet stops being readable at half the blur at which its bubbles do (0.4 mm of standard deviation). Designs
 * without a code, or without a reader of codes, are read at once.
 */
export async function readLiveSheet(
  reader: PageReader,
  frame: SheetPicture,
  pages: readonly CandidatePage[],
  { examCode, correction }: PageOrder,
  report: Report,
): Promise<PageReading> {
  report('locate');
  let identity: PageReading['identity'];
  let places: readonly CodePlace[] = [];
  if (pages.some(({ code }) => code !== undefined)) {
    places = findPlaces(reader.cv, frame, pages, ['haste', 'some care']);
    if (places.length === 0) return nothing;
    if (reader.readCodes !== undefined) {
      identity = await readFirstCode(frame.pixels, places, reader.readCodes);
      if (identity === undefined) return nothing;
    }
  }
  const verdict = chooseByCode(identity, pages, examCode);
  if (verdict.kind !== 'page') return { ...nothing, identity };
  const { version, page, design } = verdict.page;
  const options = { correction, frame: frameOf(verdict.page, places), frameOnly: true, grey: frame.grey };
  const located = readSheet(reader.cv, frame.pixels, design, reader.findOutlines, report, options);
  const reading = await readBoxes(frame.pixels, design, located, reader.readCharacters);
  return { identity, readAs: { version, page }, reading };
}

/** Whether all of the sheet was in the frame, so that nothing is gained by the next one. */
export function isReadWhole({ reading }: PageReading): boolean {
  return reading?.found === true && reading.blocks.every(({ locked }) => locked);
}

async function readFirstCode(
  frame: RgbaImage,
  places: readonly CodePlace[],
  readCodes: ReadCodes,
): Promise<PageReading['identity']> {
  for (const place of places) {
    const identity = await readSheetCode(cutCode(frame, place), 'quick', readCodes);
    if (identity !== undefined) return identity;
  }
  return undefined;
}
