/** How far a text is from the truth: edits (Levenshtein: insert, delete, replace) over the length of the truth. */
export interface TextScore {
  readonly characterEdits: number;
  readonly characters: number;
  readonly caselessEdits: number;
  readonly wordEdits: number;
  readonly words: number;
}

export function scoreText(read: string, truth: string): TextScore {
  const ours = foldText(read);
  const theirs = foldText(truth);
  const words = wordsOf(theirs);
  return {
    characterEdits: countEdits(Array.from(ours), Array.from(theirs)),
    characters: Array.from(theirs).length,
    caselessEdits: countEdits(Array.from(ours.toLowerCase()), Array.from(theirs.toLowerCase())),
    wordEdits: countEdits(wordsOf(ours), words),
    words: words.length,
  };
}

/** NFC, curly quotes and long dashes plain, lines to write on (two underscores and more) dropped, white space collapsed. */
export function foldText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[‘’‚‛]/gu, "'")
    .replaceAll(/[“”„‟]/gu, '"')
    .replaceAll(/[‐‑‒–—―]/gu, '-')
    .replaceAll(/_{2,}/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

function wordsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ');
}

/** Wagner and Fischer 1974, one row at a time. */
function countEdits(from: readonly string[], to: readonly string[]): number {
  let row = Int32Array.from({ length: to.length + 1 }, (_, index) => index);
  let next = new Int32Array(to.length + 1);
  for (const [index, item] of from.entries()) {
    next[0] = index + 1;
    for (let at = 1; at <= to.length; at++) {
      const replaced = (row[at - 1] ?? 0) + (to[at - 1] === item ? 0 : 1);
      next[at] = Math.min(replaced, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1);
    }
    [row, next] = [next, row];
  }
  return row[to.length] ?? 0;
}
