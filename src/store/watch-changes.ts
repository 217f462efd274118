/** Changes of the store for who reads again only now and then, where a live query would for every one of them. */
import { Dexie } from 'dexie';

import type { PapelDatabase } from './database.ts';

/**
 * Reads at once and after changes of this table, in whichever tab, never two at a time and not again before `calmMs` have
 * passed: of 500 sheets that are read, each is written twice.
 *
 * @returns the way to stop
 */
export function watchChanges(
  { name }: PapelDatabase,
  table: 'sheets',
  calmMs: number,
  read: () => Promise<void>,
  onError: (error: unknown) => void,
): () => void {
  // As Dexie names what was changed: one part for each index.
  const changed = `idb://${name}/${table}/`;
  let hasEnded = false;
  let isReading = false;
  let isStale = false;
  let readAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const start = () => {
    timer = undefined;
    isStale = false;
    isReading = true;
    readAt = performance.now();
    read()
      .catch((error: unknown) => {
        if (!hasEnded) onError(error);
      })
      .finally(() => {
        isReading = false;
        if (isStale) plan();
      });
  };
  const plan = () => {
    if (hasEnded || timer !== undefined) return;
    if (isReading) isStale = true;
    else timer = setTimeout(start, Math.max(0, readAt + calmMs - performance.now()));
  };
  const note = (parts: object) => {
    if (Object.keys(parts).some((part) => part.startsWith(changed))) plan();
  };

  Dexie.on('storagemutated', note);
  start();
  return () => {
    hasEnded = true;
    clearTimeout(timer);
    Dexie.on.storagemutated.unsubscribe(note);
  };
}
