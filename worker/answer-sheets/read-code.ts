import type { RgbaImage } from '#contract/images.ts';
import { parseSheetCode, type SheetIdentity } from '#contract/sheet-code.ts';
import { projectPoint, type FourPoints } from '#worker/vision/geometry.ts';
import { warpQuad } from '#worker/vision/warp-quad.ts';
import type { CodePlace } from './find-code.ts';

/** Texts of the QR codes in a picture. `thorough` finds more, and takes several times as long. */
export type ReadCodes = (picture: RgbaImage, effort: 'quick' | 'thorough') => Promise<readonly string[]>;

/** Pixels across the code with its quiet zone: 7 a module for the 37 of a code that names a student, 9 for one that does not. */
const codePx = 256;

/** Shares of the code's width that are cut out around it: a curled corner of the paper lies some millimetres off. */
const slackShare = 0.2;

/** The part of the photo where the code lies, laid flat. */
export function cutCode(photo: RgbaImage, { code, sheetToPhoto }: CodePlace): RgbaImage {
  const slack = slackShare * code.width;
  const left = code.left - slack;
  const top = code.top - slack;
  const right = code.left + code.width + slack;
  const bottom = code.top + code.height + slack;
  const quad: FourPoints = [
    projectPoint(sheetToPhoto, { x: left, y: top }),
    projectPoint(sheetToPhoto, { x: right, y: top }),
    projectPoint(sheetToPhoto, { x: right, y: bottom }),
    projectPoint(sheetToPhoto, { x: left, y: bottom }),
  ];
  const pixelsPerUnit = codePx / code.width;
  const width = Math.round((right - left) * pixelsPerUnit);
  const height = Math.round((bottom - top) * pixelsPerUnit);
  return warpQuad(photo, quad, { width, height });
}

/** What a code of ours in the picture says; `undefined` where there is none, or several that say different things. */
export async function readSheetCode(
  picture: RgbaImage,
  effort: 'quick' | 'thorough',
  readCodes: ReadCodes,
): Promise<SheetIdentity | undefined> {
  const texts = new Set(await readCodes(picture, effort));
  const identities = [...texts].flatMap((text) => parseSheetCode(text) ?? []);
  return identities.length === 1 ? identities[0] : undefined;
}
