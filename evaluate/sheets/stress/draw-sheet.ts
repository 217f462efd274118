import type { CorrectionRule } from '#contract/exams.ts';
import { printedDesigns } from './designs.ts';
import { fillSheet } from './fill-sheet.ts';
import { aimCamera, photograph } from './photograph.ts';
import { printSheet } from './print-sheet.ts';
import type { DesignSet } from './printed-design.ts';
import { createRandom } from './random.ts';
import { writeCharacters } from './write-characters.ts';

/** One sheet of the stress set, with what is right. */
export interface DrawnSheet {
  /** JPEG, base64. */
  readonly photo: string;
  /** Index in `printedDesigns` of its set. */
  readonly design: number;
  readonly answers: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly correction: CorrectionRule;
}

/** Pixels of the drawing for each of the photo: enough that its own pixels do not show. */
const oversampling = 1.4;

/**
 * Draws, fills and photographs sheet number `index` of the set with this seed.
 *
 * @param inks what is written in boxes, see `writeCharacters`
 */
export async function drawSheet(
  set: DesignSet,
  seed: number,
  index: number,
  inks: Readonly<Record<string, string>> = {},
): Promise<DrawnSheet> {
  const random = createRandom(seed * 1_000_003 + index);
  const designs = printedDesigns[set];
  const design = index % designs.length;
  const printed = designs[design];
  if (printed === undefined) throw new Error('There are no designs');
  const { size } = printed.design;
  const shot = aimCamera(size, random);
  const photoScale = Math.sqrt((shot.width * shot.height) / (size.width * size.height));
  const scale = Math.min(12, Math.max(3, photoScale * oversampling));
  const sheet = printSheet(printed, scale);
  const { answers, pen, correction } = fillSheet(sheet, printed, random);
  writeCharacters(sheet, printed, inks, random);
  sheet.setTransform(1, 0, 0, 1, 0, 0);
  const photo = photograph(sheet, scale, shot, random);
  const jpeg = await photo.canvas.convertToBlob({ type: 'image/jpeg', quality: shot.jpegQuality });
  return {
    photo: await asBase64(jpeg),
    design,
    answers,
    tags: [...shot.tags, pen, printed.design.name, ...(correction === 'none' ? [] : [correction])],
    correction,
  };
}

async function asBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
