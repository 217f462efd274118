import type { Handler } from 'hono';
import type { TelemetrySummary } from '#contract/telemetry.ts';
import { answerProblem } from '../http/problem.ts';
import {
  dayMs,
  middleOfBucket,
  type SummaryRange,
  type TelemetryStore,
  type ValueCount,
} from '../stores/telemetry-store.ts';

/** Of the schema: no duration is longer. */
const longestMs = 3_600_000;
const usualDays = 7;
/** More than any school keeps; and as many points as a chart can show. */
const mostDays = 400;
const mostBuckets = 1_000;
const narrowestBucketMs = 60_000;

/** The value below which this part of all lies, by nearest rank, to the width of a bucket. */
export function percentileOf(counts: readonly Pick<ValueCount, 'valueBucket' | 'count'>[], part: number): number {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const rank = Math.max(1, Math.ceil(total * part));
  let passed = 0;
  for (const { valueBucket, count } of counts.toSorted((a, b) => a.valueBucket - b.valueBucket)) {
    passed += count;
    if (passed >= rank) return Math.min(middleOfBucket(valueBucket), longestMs);
  }
  return 0;
}

/** Joins what a store has counted to one group an operation, market, device class and time bucket. */
export function summariseCounts(rows: readonly ValueCount[]): TelemetrySummary['groups'] {
  const grouped = new Map<string, ValueCount[]>();
  for (const row of rows) {
    const key = [row.operation, row.market, row.deviceClass, row.bucketAt].join();
    const group = grouped.get(key);
    if (group === undefined) grouped.set(key, [row]);
    else group.push(row);
  }
  return [...grouped.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { operation, market, deviceClass, bucketAt } = first;
    const sum = (name: 'count' | 'failures') => group.reduce((total, row) => total + row[name], 0);
    const [p50Ms, p95Ms] = [percentileOf(group, 0.5), percentileOf(group, 0.95)];
    const [count, failures] = [sum('count'), sum('failures')];
    return [{ operation, market, deviceClass, bucketAt, count, failures, p50Ms, p95Ms }];
  });
}

function readWhole(text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

/** @returns nothing where the query does not make sense */
function readRange(query: (name: string) => string | undefined, now: number): SummaryRange | undefined {
  const to = readWhole(query('to'), now);
  const from = readWhole(query('from'), Math.max(0, to - usualDays * dayMs));
  const bucketMs = readWhole(query('bucketMs'), dayMs);
  const isRange = from < to && to - from <= mostDays * dayMs;
  const isBucket =
    bucketMs >= narrowestBucketMs && bucketMs <= mostDays * dayMs && (to - from) / bucketMs <= mostBuckets;
  return isRange && isBucket ? { from, to, bucketMs } : undefined;
}

/**
 * Answers `?from=&to=&bucketMs=`, milliseconds all of them: how often operations ran and failed and how long they took.
 * Unless told, the last seven days by day.
 */
export function answerSummary(store: TelemetryStore, now: () => number): Handler {
  return async (context) => {
    if (store.summarise === null) {
      return answerProblem(context, 404, 'This platform keeps telemetry in a place of its own, to be read there.');
    }
    const range = readRange((name) => context.req.query(name), now());
    if (range === undefined) {
      return answerProblem(
        context,
        400,
        'from and to are milliseconds since 1970, at most 400 days apart; bucketMs is at least a minute and makes at most 1,000 buckets.',
      );
    }
    const summary: TelemetrySummary = { ...range, groups: summariseCounts(await store.summarise(range)) };
    return context.json(summary, 200, { 'Cache-Control': 'no-store' });
  };
}
