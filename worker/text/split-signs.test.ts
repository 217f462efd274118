import { expect, test } from 'vitest';
import type { RecognisedLine } from '#contract/text.ts';
import { splitSigns } from './split-signs.ts';

const height = 60;
const letters = 24;
const width = 400;

/** Characters as solid blocks, 12 pixels wide and 3 apart, `÷` as dot, bar and dot; a blank is 12 more. */
function print(text: string) {
  const values = new Uint8Array(width * height).fill(245);
  const fill = (left: number, right: number, top: number, bottom: number) => {
    for (let y = top; y < bottom; y++) values.fill(20, y * width + left, y * width + right);
  };
  let x = 20;
  for (const character of text) {
    if (character === ' ') {
      x += 12;
      continue;
    }
    if (character === '÷') {
      fill(x, x + 12, 29, 32);
      fill(x + 4, x + 8, 22, 26);
      fill(x + 4, x + 8, 35, 39);
    } else fill(x, x + 12, 20, 42);
    x += 15;
  }
  return { page: { picture: { width, height, values }, narrowing: 1, letters: { height: letters } }, end: x - 3 };
}

/** What is made of a word that was read over print. */
function read(printed: string, text: string): string {
  const { page, end } = print(printed);
  const box = { left: 20, top: 18, right: end, bottom: 44 };
  const line: RecognisedLine = {
    words: [{ text, confidence: 0.9, box }],
    box,
    baseline: { from: [20, 42], to: [end, 42] },
    xHeight: letters,
  };
  return splitSigns(line, page)
    .words.map((word) => word.text)
    .join(' ');
}

test('numbers and signs that are printed apart are words of their own', () => {
  expect(read('3x + 5 = 20', '3x+5=20')).toBe('3x + 5 = 20');
  expect(read('7 - 12', '7-12')).toBe('7 - 12');
});

test('what is printed together stays together', () => {
  expect(read('3x+5=20', '3x+5=20')).toBe('3x+5=20');
  expect(read('well-known', 'well-known')).toBe('well-known');
  // Another gap than the one beside the sign: which part is which is not known.
  expect(read('1 2-3', '12-3')).toBe('12-3');
});

test('a division sign is told by its dots, a multiplication sign by standing between numbers of an equation', () => {
  expect(read('84 ÷ 3 =', '84+3=')).toBe('84 ÷ 3 =');
  expect(read('6 x 7 =', '6x7=')).toBe('6 × 7 =');
  expect(read('6 x 7', '6x7')).toBe('6 x 7');
});
