/** A page's text as the parts that word processors know. */
import type { TextBlock, TextLine } from '#contract/text.ts';
import { listSign } from '../list-sign.ts';

export type TextPart =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** With the number or letter that it has on the page, such as `3.`; without one, it had a dot or a dash. */
  | { readonly kind: 'item'; readonly number: string | undefined; readonly text: string }
  /** Rows of cells, all of the same length. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

/** Words further apart than so many heights of their line stand in two cells. */
const cellGapHeights = 1.2;

export function outlineText(blocks: readonly TextBlock[]): readonly TextPart[] {
  const parts: TextPart[] = [];
  let rows: string[][] = [];
  const endTable = () => {
    if (rows.length > 0) parts.push({ kind: 'table', rows: padRows(rows) });
    rows = [];
  };
  for (const block of blocks) {
    if (block.kind === 'row') {
      rows.push(block.lines.flatMap((line) => cellsOf(line)));
      continue;
    }
    endTable();
    parts.push(partOf(block));
  }
  endTable();
  return parts;
}

function partOf({ kind, level = 1, lines }: TextBlock): TextPart {
  const text = joinLines(lines);
  if (kind === 'heading') return { kind, level, text };
  if (kind !== 'list-item') return { kind: 'paragraph', text };
  const [sign = '', ...rest] = text.split(' ');
  if (!listSign.test(sign)) return { kind: 'item', number: undefined, text };
  return { kind: 'item', number: /[\p{Letter}\d]/u.test(sign) ? sign : undefined, text: rest.join(' ') };
}

/** Lines of print as one text; a word that was divided at a line's end is whole again. */
function joinLines(lines: readonly TextLine[]): string {
  let text = '';
  for (const { words } of lines) {
    const line = words.map((word) => word.text).join(' ');
    if (/\p{Letter}-$/u.test(text) && /^\p{Lowercase}/u.test(line)) text = text.slice(0, -1) + line;
    else text += text === '' ? line : ` ${line}`;
  }
  return text;
}

function cellsOf({ words, box }: TextLine): string[] {
  const cells: string[] = [];
  let end = -Infinity;
  for (const word of words) {
    const isNext = word.box.x - end > cellGapHeights * box.height;
    if (isNext || cells.length === 0) cells.push(word.text);
    else cells.push(`${cells.pop()} ${word.text}`);
    end = word.box.x + word.box.width;
  }
  return cells;
}

function padRows(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const width = Math.max(...rows.map(({ length }) => length));
  return rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => '')]);
}
