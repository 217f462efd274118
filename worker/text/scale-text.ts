import type { Size } from '#contract/images.ts';
import type { TextBox } from '#contract/text.ts';
import type { PageText } from './read-text.ts';

/** The same text on the page at another size. */
export function scaleText(text: PageText, size: Size): PageText {
  const across = size.width / text.size.width;
  const down = size.height / text.size.height;
  if (across === 1 && down === 1) return text;
  const scaleBox = ({ x, y, width, height }: TextBox): TextBox => ({
    x: x * across,
    y: y * down,
    width: width * across,
    height: height * down,
  });
  const scalePoint = ([x, y]: readonly [number, number]) => [x * across, y * down] as const;
  const blocks = text.blocks.map((block) => ({
    ...block,
    box: scaleBox(block.box),
    lines: block.lines.map(({ words, box, baseline }) => ({
      words: words.map((word) => ({ ...word, box: scaleBox(word.box) })),
      box: scaleBox(box),
      baseline: { from: scalePoint(baseline.from), to: scalePoint(baseline.to) },
    })),
  }));
  return { ...text, blocks, size };
}
