/**
 * How the page felt: https://web.dev/articles/vitals, from the browser's own entries. Of one page load, up to the moment
 * in which the page is first left; moving between Papel's screens is not a load.
 */
import type { WebVital } from '#contract/telemetry.ts';

/** A shift of content that nobody asked for. Times in ms. */
export interface Shift {
  readonly at: number;
  readonly score: number;
}

/** The largest sum of shifts that follow each other within 1 s, of 5 s at most: https://web.dev/articles/cls */
export function sumShifts(shifts: readonly Shift[]): number {
  let worst = 0;
  let sum = 0;
  let startedAt = -Infinity;
  let lastAt = -Infinity;
  for (const { at, score } of shifts) {
    if (at - lastAt >= 1000 || at - startedAt >= 5000) {
      sum = 0;
      startedAt = at;
    }
    lastAt = at;
    sum += score;
    worst = Math.max(worst, sum);
  }
  return worst;
}

/**
 * The slowest interaction, leaving out one for every 50: https://web.dev/articles/inp. An approximation where a browser
 * does not count its interactions: those under `shortestMs`, which it does not report, are missing from the count.
 *
 * @param durationsMs the longest of each interaction
 * @param interactions how many there were at all
 * @returns `undefined` where there was none
 */
export function pickSlowest(durationsMs: readonly number[], interactions: number): number | undefined {
  const slowest = durationsMs.toSorted((a, b) => b - a);
  return slowest[Math.min(slowest.length - 1, Math.floor(interactions / 50))];
}

/** The shortest that is worth an entry, as the library web-vitals has it; browsers take 104 ms unless told. */
const shortestMs = 40;

function observe(type: string, each: (entry: PerformanceEntry) => void): void {
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) return;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) each(entry);
  });
  // A member of Event Timing, which others ignore.
  const options: PerformanceObserverInit & { durationThreshold: number } = {
    type,
    buffered: true,
    durationThreshold: shortestMs,
  };
  observer.observe(options);
}

const numberOf = (entry: object, name: string): number => {
  const value: unknown = Reflect.get(entry, name);
  return typeof value === 'number' ? value : 0;
};

/**
 * Reports each vital once: `ttfb` and `fcp` when they are known, the others when the page is first hidden. A page that was
 * opened in the background has none that say something.
 *
 * @returns to be called when the page is hidden, before anything is sent
 */
export function watchWebVitals(report: (vital: WebVital, value: number) => void): () => void {
  if (typeof PerformanceObserver === 'undefined' || document.visibilityState === 'hidden') return () => {};
  const shifts: Shift[] = [];
  const longestMs = new Map<number, number>();
  let paintedMs: number | undefined;
  let isOver = false;
  const tell = (vital: WebVital, value: number | undefined) => {
    if (value !== undefined && Number.isFinite(value) && value >= 0) report(vital, Math.round(value * 1000) / 1000);
  };

  observe('navigation', (entry) => tell('ttfb', numberOf(entry, 'responseStart')));
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint' && !isOver) tell('fcp', startTime);
  });
  // Browsers report no more of these once someone has tapped or scrolled.
  observe('largest-contentful-paint', ({ startTime }) => {
    paintedMs = startTime;
  });
  observe('layout-shift', (entry) => {
    if (Reflect.get(entry, 'hadRecentInput') !== true) {
      shifts.push({ at: entry.startTime, score: numberOf(entry, 'value') });
    }
  });
  observe('event', (entry) => {
    const id = numberOf(entry, 'interactionId');
    if (id > 0) longestMs.set(id, Math.max(entry.duration, longestMs.get(id) ?? 0));
  });

  return () => {
    if (isOver) return;
    isOver = true;
    tell('lcp', paintedMs);
    if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) tell('cls', sumShifts(shifts));
    tell(
      'inp',
      pickSlowest([...longestMs.values()], Math.max(longestMs.size, numberOf(performance, 'interactionCount'))),
    );
  };
}
