import { useEffect, useMemo, useState } from 'react';

/** A dozen cards fill a screen, and take about 20 ms to make on a laptop: half of what a task may take. */
const step = 12;

/**
 * The first items at once and the others a dozen at a time, each in a task of its own: 50 cards in one took 83 ms of
 * processor time, in which the page did not answer.
 */
export function useGrowingList<Item>(items: readonly Item[]): readonly Item[] {
  const [shown, setShown] = useState(step);
  const isWhole = shown >= items.length;
  useEffect(() => {
    if (isWhole) return undefined;
    const timer = setTimeout(() => setShown(shown + step));
    return () => clearTimeout(timer);
  }, [isWhole, shown]);
  return useMemo(() => (isWhole ? items : items.slice(0, shown)), [isWhole, items, shown]);
}
