import { useSyncExternalStore } from 'react';

import { theStore } from './store.ts';

let isClosed = false;
let isWatching = false;
const listeners = new Set<() => void>();

function noteClosed() {
  isClosed = true;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (!isWatching) {
    isWatching = true;
    // Another tab brought a newer shape (Dexie then closes this one), or the browser took the database away.
    theStore().db.on('versionchange', noteClosed);
    theStore().db.on('close', noteClosed);
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True once this tab can no longer read or write: only loading the page again helps. */
export function useStoreClosed(): boolean {
  return useSyncExternalStore(subscribe, () => isClosed);
}
