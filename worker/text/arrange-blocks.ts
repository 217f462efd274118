import type { PrintBox, RecognisedLine, TextBlockKind } from '#contract/text.ts';

/** Lines that belong together, in pixels of the picture that was read. */
export interface PrintBlock {
  readonly kind: TextBlockKind;
  readonly level?: 1 | 2 | 3;
  readonly lines: readonly RecognisedLine[];
}

/** Before an item of a list: a dot or dash, a number or a letter with a point or bracket behind it. */
const listSign = /^(?:[•*\-–—]|\(?(?:\d{1,3}|\p{Letter})[.)])$/u;

/** Words that are further apart, in heights of letters, stand in cells of their own. */
const cellGap = 2.2;

/** Headings are so much larger than the usual print of the page, by level, and no longer than so many words. */
const heading = { sizes: [1.7, 1.35, 1.18], mostWords: 14 } as const;

/** Lines of a paragraph are no further apart than so many times their height, as the least between lines is. */
const leading = 1.45;

/** A paragraph goes on below a line that fills its column, but for a word: this share. */
const full = 0.8;

/**
 * Puts lines of one column into blocks.
 *
 * @param usualHeight of the small letters of the page's print
 */
export function arrangeBlocks(lines: readonly RecognisedLine[], usualHeight: number): readonly PrintBlock[] {
  const blocks: PrintBlock[] = [];
  const left = Math.min(...lines.map(({ box }) => box.left));
  const right = Math.max(...lines.map(({ box }) => box.right));
  let before: RecognisedLine | undefined;
  for (const line of lines) {
    const begun = kindOf(line, usualHeight);
    const last = blocks.at(-1);
    const goesOn =
      last !== undefined &&
      before !== undefined &&
      begun.kind === 'paragraph' &&
      (last.kind === 'paragraph' || last.kind === 'list-item') &&
      isNextLine(before, line) &&
      fills(before.box, left, right);
    if (goesOn) blocks[blocks.length - 1] = { ...last, lines: [...last.lines, line] };
    else blocks.push({ ...begun, lines: [line] });
    before = line;
  }
  return blocks;
}

function kindOf({ words, xHeight, box }: RecognisedLine, usualHeight: number): Pick<PrintBlock, 'kind' | 'level'> {
  const [first] = words;
  const height = xHeight > 0 ? xHeight : (box.bottom - box.top) / 2;
  const isCells = words.some((word, at) => {
    const next = words[at + 1];
    const isAfterSign = at === 0 && listSign.test(word.text);
    return next !== undefined && !isAfterSign && next.box.left - word.box.right > cellGap * 1.4 * height;
  });
  if (isCells) return { kind: 'row' };
  const level = heading.sizes.findIndex((size) => height >= size * usualHeight) + 1;
  if ((level === 1 || level === 2 || level === 3) && words.length <= heading.mostWords)
    return { kind: 'heading', level };
  if (words.length > 1 && first !== undefined && listSign.test(first.text)) return { kind: 'list-item' };
  return { kind: 'paragraph' };
}

function isNextLine(above: RecognisedLine, below: RecognisedLine): boolean {
  const height = Math.max(1, above.box.bottom - above.box.top);
  const step = below.baseline.from[1] - above.baseline.from[1];
  return step > 0 && step <= leading * height + 0.5 * height;
}

function fills(box: PrintBox, left: number, right: number): boolean {
  return box.right - left >= full * (right - left);
}
