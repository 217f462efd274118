import type { RgbaImage } from '#contract/images.ts';
import { chain } from '#worker/vision/fit-transform.ts';
import { greyPlane } from '#worker/vision/grey-plane.ts';
import { shrinkPlane } from '#worker/vision/plane.ts';
import { chooseByCode, type CandidatePage } from './choose-page.ts';
import { measureBlur } from './measure-blur.ts';
import { cutCode, readSheetCode, type CodePicture } from './read-code.ts';
import { findCodePlaces, type PageReader, type PageReading } from './read-page.ts';
import { readSheet, type Report } from './read-sheet.ts';

/** Long side of the picture that marks are looked for in. */
const searchLongSidePx = 960;

/** Edges wider than this, in millimetres, are blurred: outlines of bubbles then run into the letters inside. */
const mostBlurMm = 0.9;

const nothing: PageReading = { identity: undefined, readAs: undefined, reading: undefined };

/**
 * Reads one frame of a live camera, where most frames show no sheet, half of one, or a moving one: what is not sharp, or
 * shows no code where the marks say that it is, is left to the next frame. Designs without a code are read at once.
 */
export async function readLiveSheet(
  reader: PageReader,
  frame: RgbaImage,
  pages: readonly CandidatePage[],
  examCode: string | undefined,
  report: Report,
): Promise<PageReading> {
  report('locate');
  let identity: PageReading['identity'];
  if (pages.some(({ code }) => code !== undefined)) {
    const cuts = cutCodes(reader, frame, pages).filter((cut) => measureBlur(cut) <= mostBlurMm);
    if (cuts.length === 0) return nothing;
    identity = await readFirstCode(cuts, reader);
    if (identity === undefined && reader.readCodes !== undefined) return nothing;
  }
  const verdict = chooseByCode(identity, pages, examCode);
  if (verdict.kind !== 'page') return { ...nothing, identity };
  const { version, page, design } = verdict.page;
  const reading = readSheet(reader.cv, frame, design, reader.findOutlines, report);
  return { identity, readAs: { version, page }, reading };
}

/** Whether all of the sheet was in the frame, so that nothing is gained by the next one. */
export function isReadWhole({ reading }: PageReading): boolean {
  return reading?.found === true && reading.blocks.every(({ locked }) => locked);
}

function cutCodes({ cv }: PageReader, frame: RgbaImage, pages: readonly CandidatePage[]): readonly CodePicture[] {
  const factor = Math.max(1, Math.round(Math.max(frame.width, frame.height) / searchLongSidePx));
  const grey = greyPlane(frame);
  const { values, ...size } = factor === 1 ? grey : shrinkPlane(grey, factor);
  return findCodePlaces(cv, { ...size, values: Uint8Array.from(values) }, pages).map(({ code, sheetToPhoto }) =>
    cutCode(frame, code, chain([factor, 0, 0, 0, factor, 0, 0, 0, 1], sheetToPhoto)),
  );
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
