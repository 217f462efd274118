import type { RgbaImage } from '#contract/images.ts';
import { greyPlane } from '#worker/vision/grey-plane.ts';
import { chooseByCode, type CandidatePage } from './choose-page.ts';
import { enlargePlaces, findCodePlaces } from './find-code.ts';
import { measureBlur } from './measure-blur.ts';
import { cutCode, readSheetCode, type CodePicture } from './read-code.ts';
import type { PageReader, PageReading } from './read-page.ts';
import { readSheet, type Report } from './read-sheet.ts';

/** Edges wider than this, in millimetres, are blurred: outlines of bubbles then run into the letters inside. */
const mostBlurMm = 0.9;

/** A frame of the camera, at two sizes. */
export interface LiveFrame {
  /** About `quickLongSidePx`, for looking whether there is a sheet at all. */
  readonly quick: RgbaImage;
  /** Read from the camera's picture only where there is. */
  readonly full: () => RgbaImage;
}

const nothing: PageReading = { identity: undefined, readAs: undefined, reading: undefined };

/**
 * Reads one frame of a live camera, where most frames show no sheet, half of one, or a moving one: what is not sharp, or
 * shows no code where the marks say that it is, is left to the next frame. Designs without a code are read at once.
 */
export async function readLiveSheet(
  reader: PageReader,
  frame: LiveFrame,
  pages: readonly CandidatePage[],
  examCode: string | undefined,
  report: Report,
): Promise<PageReading> {
  report('locate');
  const hasCode = pages.some(({ code }) => code !== undefined);
  const places = hasCode ? findCodePlaces(reader.cv, greyPlane(frame.quick), pages) : [];
  if (hasCode && places.length === 0) return nothing;
  const photo = frame.full();
  let identity: PageReading['identity'];
  if (hasCode) {
    const cuts = enlargePlaces(places, photo.width / frame.quick.width)
      .map((place) => cutCode(photo, place))
      .filter((cut) => measureBlur(cut) <= mostBlurMm);
    identity = await readFirstCode(cuts, reader);
    if (cuts.length === 0 || (identity === undefined && reader.readCodes !== undefined)) return nothing;
  }
  const verdict = chooseByCode(identity, pages, examCode);
  if (verdict.kind !== 'page') return { ...nothing, identity };
  const { version, page, design } = verdict.page;
  const reading = readSheet(reader.cv, photo, design, reader.findOutlines, report);
  return { identity, readAs: { version, page }, reading };
}

/** Whether all of the sheet was in the frame, so that nothing is gained by the next one. */
export function isReadWhole({ reading }: PageReading): boolean {
  return reading?.found === true && reading.blocks.every(({ locked }) => locked);
}

async function readFirstCode(
  cuts: readonly CodePicture[],
  { readCodes }: PageReader,
): Promise<PageReading['identity']> {
  if (readCodes === undefined) return undefined;
  for (const { picture } of cuts) {
    const identity = await readSheetCode(picture, 'quick', readCodes);
    if (identity !== undefined) return identity;
  }
  return undefined;
}
