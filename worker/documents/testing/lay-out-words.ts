import type { TextBlock, TextLine, TextWord } from '#contract/text.ts';

/** Letters that hang below the baseline, and those that do not rise above the small ones. */
const hanging = /[gjpqy,;ñ]/;
const low = /^[acegmnopqrsuvwxyz.,]+$/;

/** Lines of print as a recogniser finds them: boxes close around the letters, in pixels from the page's top left. */
export function layOutWords(
  lines: readonly string[],
  { x, y, size, slope = 0 }: { readonly x: number; readonly y: number; readonly size: number; readonly slope?: number },
): TextBlock {
  const laidOut = lines.map((line, index): TextLine => {
    let at = x;
    const top = y + index * size * 1.5;
    const baselineOf = (across: number): number => top + size * 0.8 + (across - x) * slope;
    const words = line.split(' ').map((text): TextWord => {
      const width = text.length * size * 0.52;
      const baseline = baselineOf(at + width / 2);
      const above = low.test(text) ? size * 0.5 : size * 0.75;
      const below = hanging.test(text) ? size * 0.2 : 0;
      const word = { text, box: { x: at, y: baseline - above, width, height: above + below }, confidence: 0.95 };
      at += width + size * 0.3;
      return word;
    });
    return {
      words,
      box: { x, y: top, width: at - x, height: size },
      baseline: { from: [x, baselineOf(x)], to: [at, baselineOf(at)] },
    };
  });
  const width = Math.max(...laidOut.map(({ box }) => box.width));
  return { kind: 'paragraph', lines: laidOut, box: { x, y, width, height: lines.length * size * 1.5 } };
}
