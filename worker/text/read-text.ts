import type { RgbaImage, Size } from '#contract/images.ts';
import type { Turns } from '#contract/pages.ts';
import type { TextBlock, TextState } from '#contract/text.ts';
import { greyPlane } from '#worker/vision/grey-plane.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { evenLight } from './even-light.ts';
import { findColumns } from './find-columns.ts';
import { preparePage, type PreparedPage } from './prepare-page.ts';
import type { PrintBox, RecognisedLine, Recogniser } from './recogniser.ts';

export interface ReadTextOptions {
  /** Whether the page may lie on its side or its head. */
  readonly mayTurn: boolean;
  /** Told how far the recogniser is, 0 to 1. */
  readonly report?: (share: number) => void;
}

export interface PageText {
  readonly state: TextState;
  /** In pixels of the page after `turns`. */
  readonly blocks: readonly TextBlock[];
  /** Quarter turns clockwise that bring the given page upright. */
  readonly turns: Turns;
  readonly size: Size;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Reads the print of a flattened page. */
export function readText(page: RgbaImage, recogniser: Recogniser, { report }: ReadTextOptions): PageText {
  const prepared = preparePage(evenLight(greyPlane(page)));
  const size = { width: page.width, height: page.height };
  if (prepared === undefined) return { state: 'nothing', blocks: [], turns: 0, size, confidence: 0 };
  const lines = readColumns(prepared, recogniser, report);
  const read = lines.map((line) => toTextBlock(line, prepared));
  const words = read.flatMap((block) => block.lines.flatMap((line) => line.words));
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  const confidence = words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / Math.max(1, letters);
  return {
    state: words.length === 0 ? 'nothing' : 'text',
    blocks: read,
    turns: 0,
    size,
    confidence,
  };
}

/** Heights of letters left around what is read. */
const margin = 1.5;

/** One column after the other, each as one block read row by row. */
function readColumns(
  { picture, letters }: PreparedPage,
  recogniser: Recogniser,
  report: ((share: number) => void) | undefined,
): readonly RecognisedLine[] {
  const columns = findColumns(letters);
  const heights = columns.map(({ top, bottom }) => bottom - top);
  const total = heights.reduce((sum, height) => sum + height, 0);
  let done = 0;
  return columns.flatMap((column, index) => {
    const height = heights[index] ?? 0;
    const crop = cropPlane(picture, column, margin * letters.height);
    const blocks = recogniser.recognise(crop.picture, {
      segmentation: 'block',
      report: (share) => report?.((done + share * height) / total),
    });
    done += height;
    return blocks
      .flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines))
      .filter(({ words }) => words.length > 0)
      .map((line) => shiftLine(line, crop.left, crop.top));
  });
}

function cropPlane(
  { width, height, values }: Plane,
  box: PrintBox,
  around: number,
): { picture: Plane; left: number; top: number } {
  const left = Math.max(0, Math.floor(box.left - around));
  const top = Math.max(0, Math.floor(box.top - around));
  const right = Math.min(width, Math.ceil(box.right + around));
  const bottom = Math.min(height, Math.ceil(box.bottom + around));
  const out = new Uint8Array((right - left) * (bottom - top));
  for (let y = top, to = 0; y < bottom; y++, to += right - left)
    out.set(values.subarray(y * width + left, y * width + right), to);
  return { picture: { width: right - left, height: bottom - top, values: out }, left, top };
}

function shiftLine({ words, box, baseline, xHeight }: RecognisedLine, x: number, y: number): RecognisedLine {
  const shift = ({ left, top, right, bottom }: PrintBox): PrintBox => ({
    left: left + x,
    top: top + y,
    right: right + x,
    bottom: bottom + y,
  });
  return {
    words: words.map((word) => ({ ...word, box: shift(word.box) })),
    box: shift(box),
    baseline: {
      from: [baseline.from[0] + x, baseline.from[1] + y],
      to: [baseline.to[0] + x, baseline.to[1] + y],
    },
    xHeight,
  };
}

function toTextBlock({ words, box, baseline }: RecognisedLine, { toPage }: PreparedPage): TextBlock {
  const placed = toPageBox(box, toPage);
  const line = {
    words: words.map(({ text, confidence, box: wordBox }) => ({ text, confidence, box: toPageBox(wordBox, toPage) })),
    box: placed,
    baseline: { from: toPage(...baseline.from), to: toPage(...baseline.to) },
  };
  return { kind: 'paragraph', lines: [line], box: placed };
}

function toPageBox({ left, top, right, bottom }: PrintBox, toPage: PreparedPage['toPage']): TextBlock['box'] {
  const middle = (left + right) / 2;
  const [x] = toPage(left, (top + bottom) / 2);
  const [end] = toPage(right, (top + bottom) / 2);
  const [, upper] = toPage(middle, top);
  const [, lower] = toPage(middle, bottom);
  return { x, y: upper, width: end - x, height: lower - upper };
}
