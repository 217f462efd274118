import type { TelemetrySummary } from '#contract/telemetry.ts';

export type Group = TelemetrySummary['groups'][number];

/** Several groups in one row. */
export interface Figures {
  readonly count: number;
  /** 0 to 1 */
  readonly failureRate: number;
  /** Milliseconds between which the percentile of all of them lies. */
  readonly p50: Range;
  readonly p95: Range;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

/**
 * Percentiles of parts do not add up to one of the whole, but it lies between the smallest and the largest of them: so many
 * of each part, and so of all, are at most the largest, and no more than that below the smallest.
 *
 * @param groups one at least
 */
export function joinGroups(groups: readonly Group[]): Figures {
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const failures = groups.reduce((sum, group) => sum + group.failures, 0);
  const rangeOf = (name: 'p50Ms' | 'p95Ms'): Range => {
    const values = groups.map((group) => group[name]);
    return { least: Math.min(...values), most: Math.max(...values) };
  };
  return { count, failureRate: count === 0 ? 0 : failures / count, p50: rangeOf('p50Ms'), p95: rangeOf('p95Ms') };
}

/** Groups that have something in common, by it, in the order of their first. */
export function splitGroups<K>(groups: readonly Group[], keyOf: (group: Group) => K): ReadonlyMap<K, readonly Group[]> {
  const parts = new Map<K, Group[]>();
  for (const group of groups) {
    const key = keyOf(group);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [group]);
    else part.push(group);
  }
  return parts;
}

export interface Bar {
  readonly at: number;
  /** `undefined` where nothing was counted. */
  readonly figures: Figures | undefined;
}

/** One for every bucket of the time that was asked for, empty ones too. */
export function makeBars({ from, to, bucketMs, groups }: TelemetrySummary): readonly Bar[] {
  const byTime = splitGroups(groups, ({ bucketAt }) => bucketAt);
  const first = Math.floor(from / bucketMs) * bucketMs;
  return Array.from({ length: Math.ceil((to - first) / bucketMs) }, (_, index) => {
    const at = first + index * bucketMs;
    const part = byTime.get(at);
    return { at, figures: part && joinGroups(part) };
  });
}
