import { describe, expect, it } from 'vitest';
import { eraseRules } from './erase-rules.ts';

const width = 400;
const height = 200;

function draw(...boxes: readonly (readonly [left: number, top: number, right: number, bottom: number])[]) {
  const values = new Uint8Array(width * height).fill(250);
  for (const [left, top, right, bottom] of boxes)
    for (let y = top; y < bottom; y++) values.fill(20, y * width + left, y * width + right);
  return { width, height, values };
}

const inkIn = ({ values }: { values: Uint8Array }) => values.filter((value) => value < 150).length;

describe('eraseRules', () => {
  it('erases a table of lines with their crossings', () => {
    const grid = [20, 60, 100].map((y) => [20, y, 380, y + 3] as const);
    const posts = [20, 200, 377].map((x) => [x, 20, x + 3, 103] as const);
    const page = draw(...grid, ...posts);
    eraseRules(page, 20);
    expect(inkIn(page)).toBe(0);
  });

  it('keeps letters that stand on a line or reach through it', () => {
    const page = draw([20, 100, 380, 103], [60, 80, 64, 100], [120, 85, 124, 112]);
    eraseRules(page, 20);
    const letter = draw([60, 80, 64, 100], [120, 85, 124, 112]);
    expect(inkIn(page)).toBeGreaterThanOrEqual(inkIn(letter) - 4 * 4);
    expect(inkIn(page)).toBeLessThan(inkIn(letter) + 40);
  });

  it('keeps words whose small letters touch along their tops', () => {
    const stems = Array.from({ length: 20 }, (_, at) => [40 + at * 8, 80, 44 + at * 8, 95] as const);
    const page = draw([40, 80, 196, 83], ...stems);
    const before = inkIn(page);
    eraseRules(page, 20);
    expect(inkIn(page)).toBe(before);
  });
});
