import { type TextBlock, type TextBlockKind, type TextReading } from '#contract/text.ts';

type GivenBlock = readonly [kind: TextBlockKind, ...lines: readonly string[]];

const letter = { width: 20, height: 40 };

/** A page of 1000 by 1400 pixels with these blocks, one line every 60 pixels. A word with `~` before it is doubtful. */
export function makeReading(given: readonly GivenBlock[], changes: Partial<TextReading> = {}): TextReading {
  let row = 0;
  const blocks = given.map(([kind, ...lines]): TextBlock => {
    const first = row;
    const built = lines.map((line) => {
      const y = 60 * ++row;
      let x = 100;
      const words = line.split(' ').map((marked) => {
        const text = marked.replace(/^~/, '');
        const box = { x, y, width: text.length * letter.width, height: letter.height };
        x += box.width + letter.width;
        return { text, box, confidence: marked === text ? 0.95 : 0.4 };
      });
      const baseline = { from: [100, y + letter.height], to: [x, y + letter.height] } as const;
      return { words, box: { x: 100, y, width: x - 120, height: letter.height }, baseline };
    });
    const box = { x: 100, y: 60 * (first + 1), width: 800, height: 60 * lines.length };
    return { kind, ...(kind === 'heading' ? { level: 1 as const } : {}), lines: built, box };
  });
  return {
    state: blocks.length === 0 ? 'nothing' : 'text',
    blocks,
    languages: ['eng'],
    turns: 0,
    size: { width: 1000, height: 1400 },
    confidence: 0.9,
    version: 1,
    madeBy: 'a test',
    ...changes,
  };
}
