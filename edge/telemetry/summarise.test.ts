import { expect, test } from 'vitest';
import { middleOfBucket, valueBucketOf } from '../stores/telemetry-store.ts';
import { percentileOf, summariseCounts } from './summarise.ts';

function countValues(values: readonly number[]) {
  return values.map((value) => ({ valueBucket: valueBucketOf(value), count: 1 }));
}

test('a bucket is 5 % wide, so its middle is within 2.5 % of every value in it', () => {
  for (const value of [0.001, 0.1, 0.25, 1, 7, 99.9, 100, 2_500, 3_600_000]) {
    expect(middleOfBucket(valueBucketOf(value)) / value).toBeGreaterThan(0.975);
    expect(middleOfBucket(valueBucketOf(value)) / value).toBeLessThan(1.025);
  }
  expect(valueBucketOf(0)).toBe(valueBucketOf(0.001));
});

test('percentiles are those of the values, to the width of a bucket', () => {
  const values = Array.from({ length: 1_000 }, (_, at) => 10 + at * at * 0.05);
  const exact = (part: number) => values[Math.ceil(1_000 * part) - 1] ?? 0;
  for (const part of [0.01, 0.5, 0.95, 0.99, 1]) {
    expect(percentileOf(countValues(values), part) / exact(part)).toBeCloseTo(1, 1);
  }
  expect(percentileOf(countValues([3_600_000]), 0.5), 'never more than the schema allows').toBeLessThanOrEqual(
    3_600_000,
  );
});

test('counts of one group are joined, others stay apart', () => {
  const common = { operation: 'text.read', market: 'PH', deviceClass: 'low', bucketAt: 0 } as const;
  const groups = summariseCounts([
    { ...common, valueBucket: valueBucketOf(100), count: 9, failures: 1 },
    { ...common, valueBucket: valueBucketOf(1_000), count: 1, failures: 1 },
    { ...common, market: 'US', valueBucket: valueBucketOf(5), count: 4, failures: 0 },
    { ...common, bucketAt: 60_000, valueBucket: valueBucketOf(5), count: 4, failures: 0 },
  ]);
  expect(groups).toHaveLength(3);
  expect(groups[0]).toMatchObject({ ...common, count: 10, failures: 2 });
  expect(groups[0]?.p50Ms).toBeCloseTo(100, -1);
  expect(groups[0]?.p95Ms).toBeCloseTo(1_000, -2);
});
