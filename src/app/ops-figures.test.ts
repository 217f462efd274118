import { expect, it } from 'vitest';
import { joinGroups, makeBars, splitGroups, type Group } from './ops-figures.ts';

const hourMs = 3_600_000;
const group = (change: Partial<Group>): Group => ({
  operation: 'documents.scan',
  market: 'PH',
  deviceClass: 'low',
  bucketAt: 0,
  count: 10,
  failures: 1,
  p50Ms: 1000,
  p95Ms: 4000,
  ...change,
});

it('adds counts and failures, and says between which figures a percentile lies', () => {
  const joined = joinGroups([group({}), group({ count: 30, failures: 0, p50Ms: 300, p95Ms: 5000 })]);
  expect(joined).toEqual({
    count: 40,
    failureRate: 0.025,
    p50: { least: 300, most: 1000 },
    p95: { least: 4000, most: 5000 },
  });
});

it('makes a bar for every bucket, those of which nothing is known too', () => {
  const groups = [
    group({ bucketAt: 2 * hourMs }),
    group({ bucketAt: 2 * hourMs, market: 'AU', count: 5 }),
    group({ bucketAt: 4 * hourMs }),
  ];
  const bars = makeBars({ from: 1.5 * hourMs, to: 4.5 * hourMs, bucketMs: hourMs, groups });
  expect(bars.map(({ at, figures }) => [at / hourMs, figures?.count])).toEqual([
    [1, undefined],
    [2, 15],
    [3, undefined],
    [4, 10],
  ]);
});

it('splits groups by what they have in common', () => {
  const parts = splitGroups([group({}), group({ market: 'AU' }), group({ bucketAt: hourMs })], ({ market }) => market);
  expect([...parts].map(([market, { length }]) => [market, length])).toEqual([
    ['PH', 2],
    ['AU', 1],
  ]);
});
