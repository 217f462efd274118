import type { RgbaImage, Size } from '#contract/images.ts';
import type { Turns } from '#contract/pages.ts';
import type { TextBlock, TextState } from '#contract/text.ts';
import { greyPlane } from '#worker/vision/grey-plane.ts';
import type { RecognisedBlock, Recogniser } from './recogniser.ts';

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
  const blocks = recogniser.recognise(greyPlane(page), { segmentation: 'page', ...(report && { report }) });
  const read = blocks.flatMap(toTextBlocks);
  const words = read.flatMap(({ lines }) => lines.flatMap((line) => line.words));
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  const confidence = words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / Math.max(1, letters);
  return {
    state: words.length === 0 ? 'nothing' : 'text',
    blocks: read,
    turns: 0,
    size: { width: page.width, height: page.height },
    confidence,
  };
}

function toTextBlocks({ paragraphs }: RecognisedBlock): TextBlock[] {
  return paragraphs
    .map(({ lines }) => {
      const placed = lines
        .filter(({ words }) => words.length > 0)
        .map((line) => ({
          words: line.words.map(({ text, confidence, box }) => ({ text, confidence, box: toBox(box) })),
          box: toBox(line.box),
          baseline: line.baseline,
        }));
      return { kind: 'paragraph' as const, lines: placed, box: boxAround(placed.map(({ box }) => box)) };
    })
    .filter(({ lines }) => lines.length > 0);
}

function toBox({ left, top, right, bottom }: RecognisedBlock['box']): TextBlock['box'] {
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function boxAround(boxes: readonly TextBlock['box'][]): TextBlock['box'] {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}
