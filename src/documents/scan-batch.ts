/** What the background does, for the tray: told from the store, so that every tab sees the same. */
import { useSyncExternalStore } from 'react';

import type { Failure } from '#contract/failures.ts';
import { queueRecords } from '#src/store/queue-records.ts';
import { theStore } from '#src/store/store.ts';
import { type Batch, BatchWatch } from './batch-watch.ts';
import { theQueue } from './flow.ts';

let watch: BatchWatch | undefined;

function theWatch(): BatchWatch {
  watch ??= new BatchWatch(queueRecords(theStore().db));
  return watch;
}

export function useBatch(): Batch {
  const { subscribe, batch } = theWatch();
  return useSyncExternalStore(subscribe, batch);
}

/** Why nothing goes on; undefined while it does. */
export function usePaused(): Failure | undefined {
  const queue = theQueue();
  return useSyncExternalStore(queue.subscribe, () => queue.paused);
}
