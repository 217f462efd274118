/** How words are compared when they are looked for: without case, accents and signs between them. */
import { type TextBlock, type TextWord, plainTextOf } from '#contract/text.ts';

const termShape = /[\p{L}\p{N}]+/gu;

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();
}

/** The terms in a text, each once. "Don't" is two, `don` and `t`. */
export function termsOf(text: string): string[] {
  return [...new Set(fold(text).match(termShape))];
}

export function termsOfBlocks(blocks: readonly TextBlock[]): string[] {
  return termsOf(plainTextOf({ blocks }));
}

export function wordsOf(blocks: readonly TextBlock[]): TextWord[] {
  return blocks.flatMap(({ lines }) => lines.flatMap(({ words }) => words));
}

/** Places of the words that hold a term beginning with one of `wanted`. */
export function findWords(words: readonly TextWord[], wanted: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [index, { text }] of words.entries())
    if (termsOf(text).some((term) => wanted.some((begin) => term.startsWith(begin)))) found.add(index);
  return found;
}
