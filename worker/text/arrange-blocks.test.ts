import { expect, it } from 'vitest';
import type { RecognisedLine } from '#contract/text.ts';
import { arrangeBlocks } from './arrange-blocks.ts';

/** Words 12 pixels a letter, one space apart; `|` stands for a gap as between cells. */
function line(text: string, y: number, xHeight = 16): RecognisedLine {
  let x = 0;
  const words = text.split(' ').flatMap((word) => {
    if (word === '|') {
      x += 120;
      return [];
    }
    const box = { left: x, top: y - 24, right: x + word.length * 12, bottom: y + 8 };
    x = box.right + 8;
    return [{ text: word, confidence: 0.9, box }];
  });
  return {
    words,
    box: { left: 0, top: y - 24, right: x - 8, bottom: y + 8 },
    baseline: { from: [0, y], to: [x, y] },
    xHeight,
  };
}

it('tells headings, paragraphs, items and rows apart', () => {
  const blocks = arrangeBlocks(
    [
      line('A notice', 60, 30),
      line('Please bring a hat and some rubber shoes', 120),
      line('on gym days.', 160),
      line('• A packed lunch', 220),
      line('2. A raincoat', 260),
      line('Day | Jar | Notes', 320),
      line('1 | 0.5 | clear', 360),
      line('Thank you', 460),
    ],
    16,
  );
  expect(blocks.map(({ kind, level, lines }) => [kind, level, lines.length])).toEqual([
    ['heading', 1, 1],
    ['paragraph', undefined, 2],
    ['list-item', undefined, 1],
    ['list-item', undefined, 1],
    ['row', undefined, 1],
    ['row', undefined, 1],
    ['paragraph', undefined, 1],
  ]);
});
