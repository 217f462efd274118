import { expect, test } from 'vitest';
import type { RecognisedLine } from '#contract/text.ts';
import { markBullet } from './mark-bullets.ts';

const [width, height] = [300, 60];
/** Of small letters. */
const letters = 20;
const baseline = 40;

interface Printed {
  /** How far the middle of the first sign, a square of ink, is above the line. */
  readonly up: number;
  readonly size?: number;
  /** What the sign and the word behind it were taken for: two words, or one. */
  readonly read?: readonly string[];
}

function printed({ up, size = 8, read = ['e', 'Bring'] }: Printed) {
  const values = new Uint8Array(width * height).fill(255);
  const top = baseline - up - size / 2;
  for (let y = top; y < top + size; y++) values.fill(0, y * width + 20, y * width + 20 + size);
  for (let y = 20; y < baseline; y++) values.fill(0, y * width + 60, y * width + 115);
  const page = { picture: { width, height, values }, narrowing: 1, letters: { height: letters } };
  const word = (text: string, left: number, right: number, confidence: number) => ({
    text,
    confidence,
    box: { left, top: 20, right, bottom: baseline },
  });
  const [first = '', second] = read;
  const words =
    second === undefined ? [word(first, 18, 120, 0.9)] : [word(first, 18, 32, 0.2), word(second, 60, 120, 0.9)];
  const line: RecognisedLine = {
    words,
    box: { left: 18, top: 20, right: 120, bottom: baseline },
    baseline: { from: [18, baseline], to: [120, baseline] },
    xHeight: letters,
  };
  return markBullet(line, page)
    .words.map(({ text, confidence }) => `${text} ${confidence}`)
    .join(', ');
}

test('a dot half way up before a gap is a bullet, and no word that anyone has to look at', () => {
  expect(printed({ up: 9 })).toBe('• 1, Bring 0.9');
});

test('a dot that was taken for a quotation mark of the word behind it is a bullet before that word', () => {
  expect(printed({ up: 9, read: ['“Bring'] })).toBe('• 1, Bring 0.9');
  expect(printed({ up: 9, read: ['Bring'] })).toBe('Bring 0.9');
});

test('a full stop on the line, and a sign as large as a letter, stay what they were taken for', () => {
  expect(printed({ up: 2, size: 4 })).toBe('e 0.2, Bring 0.9');
  expect(printed({ up: 9, size: 16 })).toBe('e 0.2, Bring 0.9');
});
