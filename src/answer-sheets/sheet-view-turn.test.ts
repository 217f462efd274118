import { expect, test } from 'vitest';

import { photoPoint } from '#contract/images.ts';
import { findPressed, findTurns, shareOf, turnPhoto } from './sheet-view-turn.ts';

const quad = (...points: readonly (readonly [number, number])[]) => {
  const [a, b, c, d] = points.map(([x, y]) => photoPoint(x, y));
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four corners');
  return [a, b, c, d] as const;
};

test('a sheet is turned upright, whichever way it lay', () => {
  expect(findTurns(quad([0, 0], [10, 1], [9, 20], [0, 20]))).toBe(0);
  expect(findTurns(quad([20, 0], [19, 10], [0, 10], [0, 0]))).toBe(1);
  expect(findTurns(quad([10, 20], [0, 19], [0, 0], [10, 0]))).toBe(2);
  expect(findTurns(quad([0, 10], [1, 0], [20, 0], [20, 10]))).toBe(3);
});

test('a turned picture swaps its sides', () => {
  expect(turnPhoto(1, { width: 40, height: 30 }).view).toEqual({ width: 30, height: 40 });
  expect(turnPhoto(2, { width: 40, height: 30 }).view).toEqual({ width: 40, height: 30 });
});

test('the nearest bubble within reach is meant', () => {
  const bubble = (value: string, x: number) => ({ value, ink: 0, marked: false, center: photoPoint(x, 0) });
  const fields = [{ label: 'q1', bubbles: [bubble('A', 0), bubble('B', 10)] }];
  expect(findPressed(fields, { x: 6, y: 1 }, 7)).toEqual({ label: 'q1', value: 'B' });
  expect(findPressed(fields, { x: 30, y: 0 }, 7)).toBeUndefined();
});

test('the top left corner of a turned sheet is at the top left', () => {
  const size = { width: 40, height: 30 };
  expect(shareOf({ x: 40, y: 0 }, 1, size)).toEqual({ x: 0, y: 0 });
  expect(shareOf({ x: 40, y: 30 }, 2, size)).toEqual({ x: 0, y: 0 });
  expect(shareOf({ x: 0, y: 30 }, 3, size)).toEqual({ x: 0, y: 0 });
});
