import { expect, test } from 'vitest';
import { photoPoint, wholePhoto } from '#contract/images.ts';
import type { SheetReading } from '#contract/sheets.ts';
import type { DrawnBlock } from './template-blocks.ts';
import { areBlocksInPlace } from './template-read-back.ts';

const block: DrawnBlock = {
  id: 'a',
  holds: 'questions',
  direction: 'across',
  first: { x: 100, y: 200 },
  last: { x: 220, y: 250 },
  fields: 2,
  choices: 4,
  bubble: { width: 20, height: 20 },
  signs: 'letters',
  multiple: false,
  startsAt: 1,
};

/** Bubbles found `gapX` apart from the first one, which is `off` pixels from where it was drawn. */
function readingOf({ gapX = 40, off = 0, locked = true }): SheetReading {
  return {
    found: true,
    corners: wholePhoto({ width: 300, height: 400 }),
    blocks: [{ name: 'a', locked, residual: 0 }],
    fields: [0, 1].map((row) => ({
      label: `q${row + 1}`,
      value: '',
      state: 'blank',
      confidence: 1,
      bubbles: Array.from('ABCD', (value, column) => ({
        value,
        ink: 0,
        marked: false,
        center: photoPoint(100 + off + column * gapX, 200 + row * 50),
      })),
    })),
    columns: [],
    flagged: [],
    version: 1,
  };
}

test('blocks that a hand drew a little off are in their place', () => {
  expect(areBlocksInPlace([block], readingOf({}))).toBe(true);
  expect(areBlocksInPlace([block], readingOf({ off: 8 }))).toBe(true);
});

test('bubbles that were found elsewhere than they were drawn are not', () => {
  // Five are printed between the two ends, and four of them were taken for the four that are drawn.
  expect(areBlocksInPlace([block], readingOf({ gapX: 30 }))).toBe(false);
  expect(areBlocksInPlace([block], readingOf({ off: 40 }))).toBe(false);
  expect(areBlocksInPlace([block], readingOf({ locked: false }))).toBe(false);
  expect(areBlocksInPlace([block], { found: false, reason: 'no-bubbles', version: 1 })).toBe(false);
});
