/** Opens the store once for the session. */
import { type Failure, asFailure } from '#contract/failures.ts';

import { PapelDatabase } from './database.ts';
import { asStorageFailure } from './storage-failure.ts';

export interface Store {
  readonly db: PapelDatabase;
  /** Why nothing will be kept after this session; undefined where all is well. */
  readonly failure?: Failure;
}

// An open of a small database takes tens of milliseconds. One that waits this long waits for another tab to let go.
const openMs = 5000;

let store: Store | undefined;

/** The opened store. */
export function theStore(): Store {
  if (store === undefined) throw new Error('openStore has not finished');
  return store;
}

async function openKept(): Promise<PapelDatabase> {
  // Where storage is shut off, browsers have no `indexedDB`, or one that throws when it is opened.
  const db = new PapelDatabase({ indexedDB: globalThis.indexedDB, IDBKeyRange: globalThis.IDBKeyRange });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('IndexedDB does not open: another tab holds an older version.')), openMs);
  });
  try {
    await Promise.race([db.open(), tooLong]);
  } catch (error) {
    db.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return db;
}

/** Opens the device's database, or one in memory where the browser refuses. */
export async function openStore(): Promise<Store> {
  try {
    store = { db: await openKept() };
  } catch (error) {
    const { message } = asFailure(asStorageFailure(error));
    const { openMemoryDatabase } = await import('./memory-database.ts');
    store = { db: await openMemoryDatabase('papel-in-memory'), failure: { code: 'storage-blocked', message } };
  }
  return store;
}
