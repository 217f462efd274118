import { expect, it } from 'vitest';
import { pickSlowest, sumShifts } from './web-vitals.ts';

it('sums shifts that follow each other, and takes the worst of such groups', () => {
  expect(sumShifts([])).toBe(0);
  const groups = [
    { at: 0, score: 0.1 },
    { at: 900, score: 0.1 },
    // A second later: another group.
    { at: 1900, score: 0.15 },
  ];
  expect(sumShifts(groups)).toBeCloseTo(0.2);
});

it('ends a group of shifts after 5 seconds', () => {
  const ongoing = Array.from({ length: 10 }, (_, index) => ({ at: index * 900, score: 0.1 }));
  // 0, 900 … 4500.
  expect(sumShifts(ongoing)).toBeCloseTo(0.6);
});

it('takes the slowest interaction, and leaves out one of every 50', () => {
  expect(pickSlowest([], 0)).toBeUndefined();
  expect(pickSlowest([48, 320, 96], 3)).toBe(320);
  expect(pickSlowest([48, 320, 96], 50)).toBe(96);
  expect(pickSlowest([48], 500)).toBe(48);
});
