import { expect, test } from 'vitest';
import { markBullet } from './mark-bullets.ts';
import type { RecognisedLine } from './recogniser.ts';

const [width, height] = [300, 60];
/** Of small letters. */
const letters = 20;
const baseline = 40;

/** A line whose first sign is a square of ink with its middle so far above the line. */
function printed({ up, size = 8 }: { readonly up: number; readonly size?: number }) {
  const values = new Uint8Array(width * height).fill(255);
  const top = baseline - up - size / 2;
  for (let y = top; y < top + size; y++) values.fill(0, y * width + 20, y * width + 20 + size);
  const page = { picture: { width, height, values }, narrowing: 1, letters: { height: letters } };
  const word = (text: string, left: number, confidence: number) => ({
    text,
    confidence,
    box: { left, top: 20, right: left + 60, bottom: baseline },
  });
  const line: RecognisedLine = {
    words: [{ ...word('e', 18, 0.2), box: { left: 18, top: 20, right: 32, bottom: baseline } }, word('Bring', 60, 0.9)],
    box: { left: 18, top: 20, right: 120, bottom: baseline },
    baseline: { from: [18, baseline], to: [120, baseline] },
    xHeight: letters,
  };
  const [first] = markBullet(line, page).words;
  return `${first?.text} ${first?.confidence}`;
}

test('a dot half way up before a gap is a bullet, and no word that anyone has to look at', () => {
  expect(printed({ up: 9 })).toBe('• 1');
});

test('a full stop on the line, and a sign as large as a letter, stay what they were taken for', () => {
  expect(printed({ up: 2, size: 4 })).toBe('e 0.2');
  expect(printed({ up: 9, size: 16 })).toBe('e 0.2');
});
