import type { PrintBox, PrintPicture, RecognisedLine } from '#contract/text.ts';
import type { Rows } from './halve-columns.ts';
import type { PreparedPage } from './prepare-page.ts';

/** A part of a page's picture, and where in it its corner lies. */
export interface Crop {
  readonly picture: PrintPicture;
  readonly left: number;
  readonly top: number;
}

/** Heights of letters left around what is read. */
const margin = 1.5;

/** @param rows of the picture that are copied; what lies above and below is white */
export function cropPage(
  { picture: { width, height, values }, narrowing, letters }: PreparedPage,
  box: PrintBox,
  rows: Rows,
): Crop {
  const around = margin * letters.height;
  const left = Math.max(0, Math.floor((box.left - around) * narrowing));
  const top = Math.max(0, Math.floor(box.top - around));
  const right = Math.min(width, Math.ceil((box.right + around) * narrowing));
  const bottom = Math.min(height, Math.ceil(box.bottom + around));
  const out = new Uint8Array((right - left) * (bottom - top)).fill(255);
  for (let y = Math.max(top, rows.top); y < Math.min(bottom, rows.bottom); y++)
    out.set(values.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  return { picture: { width: right - left, height: bottom - top, values: out }, left, top };
}

/** A line of a crop where it is on the page, were that not narrowed. */
export function placeLine(
  { words, box, baseline, xHeight }: RecognisedLine,
  crop: Pick<Crop, 'left' | 'top'>,
  narrowing: number,
): RecognisedLine {
  const toX = (x: number) => (x + crop.left) / narrowing;
  const place = ({ left, top, right, bottom }: PrintBox): PrintBox => ({
    left: toX(left),
    top: top + crop.top,
    right: toX(right),
    bottom: bottom + crop.top,
  });
  return {
    words: words.map((word) => ({ ...word, box: place(word.box) })),
    box: place(box),
    baseline: {
      from: [toX(baseline.from[0]), baseline.from[1] + crop.top],
      to: [toX(baseline.to[0]), baseline.to[1] + crop.top],
    },
    xHeight,
  };
}
