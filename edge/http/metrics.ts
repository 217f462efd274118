/**
 * Counters and histograms in the text format of Prometheus (version 0.0.4). Labels are of closed lists, so that nobody can
 * make more series than the code has; whoever adds a metric sees to that.
 */
export interface Counter {
  readonly add: (labels: readonly string[], by?: number) => void;
  /** To be kept by who adds to the same series often: what adds to it, without looking it up. */
  readonly of: (labels: readonly string[]) => (by?: number) => void;
}

export interface Histogram {
  /** To be kept like a counter's: what observes a value, in seconds. */
  readonly of: (labels: readonly string[]) => (value: number) => void;
}

export interface Metrics {
  readonly addCounter: (name: string, help: string, labels: readonly string[]) => Counter;
  readonly addHistogram: (
    name: string,
    help: string,
    labels: readonly string[],
    bounds: readonly number[],
  ) => Histogram;
  /** A number that is looked up when it is asked for. */
  readonly addGauge: (name: string, help: string, read: () => number) => void;
  readonly write: () => string;
}

interface Distribution {
  readonly labels: readonly string[];
  /** Of values up to each bound and beyond the one before. */
  readonly counts: number[];
  sum: number;
  count: number;
}

function writeLabels(names: readonly string[], values: readonly string[], le?: string): string {
  const pairs = names.map((name, at) => `${name}="${values[at] ?? ''}"`);
  if (le !== undefined) pairs.push(`le="${le}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function writeHistogram(
  name: string,
  names: readonly string[],
  bounds: readonly number[],
  one: Distribution,
): string[] {
  // Each bucket of Prometheus has all that is below its bound.
  let below = 0;
  const lines = bounds.map((bound, at) => {
    below += one.counts[at] ?? 0;
    return `${name}_bucket${writeLabels(names, one.labels, String(bound))} ${below}`;
  });
  lines.push(`${name}_bucket${writeLabels(names, one.labels, '+Inf')} ${one.count}`);
  lines.push(`${name}_sum${writeLabels(names, one.labels)} ${one.sum}`);
  lines.push(`${name}_count${writeLabels(names, one.labels)} ${one.count}`);
  return lines;
}

function describe(name: string, help: string, type: string): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

export function createMetrics(): Metrics {
  const writers: (() => readonly string[])[] = [];
  return {
    addCounter: (name, help, names) => {
      const series = new Map<string, { readonly labels: readonly string[]; value: number }>();
      writers.push(() => [
        ...describe(name, help, 'counter'),
        ...[...series.values()].map(({ labels, value }) => `${name}${writeLabels(names, labels)} ${value}`),
      ]);
      const find = (labels: readonly string[]) => {
        const key = labels.join();
        const one = series.get(key) ?? { labels, value: 0 };
        series.set(key, one);
        return one;
      };
      return {
        add: (labels, by = 1) => {
          find(labels).value += by;
        },
        of: (labels) => {
          const one = find(labels);
          return (by = 1) => {
            one.value += by;
          };
        },
      };
    },
    addHistogram: (name, help, names, bounds) => {
      const series = new Map<string, Distribution>();
      writers.push(() => [
        ...describe(name, help, 'histogram'),
        ...[...series.values()].flatMap((one) => writeHistogram(name, names, bounds, one)),
      ]);
      return {
        of: (labels) => {
          const key = labels.join();
          const one = series.get(key) ?? { labels, counts: bounds.map(() => 0), sum: 0, count: 0 };
          series.set(key, one);
          return (value) => {
            one.sum += value;
            one.count += 1;
            const at = bounds.findIndex((bound) => value <= bound);
            if (at >= 0) one.counts[at] = (one.counts[at] ?? 0) + 1;
          };
        },
      };
    },
    addGauge: (name, help, read) => {
      writers.push(() => [...describe(name, help, 'gauge'), `${name} ${read()}`]);
    },
    write: () => `${writers.flatMap((write) => write()).join('\n')}\n`,
  };
}
