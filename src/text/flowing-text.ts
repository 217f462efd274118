import type { TextBlock } from '#contract/text.ts';

/** A text to write in: paragraphs flow, whatever the width, and only rows of a table keep their lines. */
export function flowingTextOf(blocks: readonly TextBlock[]): string {
  let text = '';
  let before: TextBlock['kind'] | undefined;
  for (const { kind, lines } of blocks) {
    if (before !== undefined) text += before === kind && (kind === 'row' || kind === 'list-item') ? '\n' : '\n\n';
    text += lines.map(({ words }) => words.map((word) => word.text).join(' ')).join(kind === 'row' ? '\n' : ' ');
    before = kind;
  }
  return text;
}
