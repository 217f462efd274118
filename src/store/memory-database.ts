import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';

import { PapelDatabase } from './database.ts';

/** The same database in memory: for a session whose browser refuses to store anything, and for tests. */
export async function openMemoryDatabase(name: string): Promise<PapelDatabase> {
  const indexedDB = new IDBFactory();
  // Live queries do nothing while Dexie knows of no IndexedDB, even where the database was given its own.
  Dexie.dependencies.indexedDB = indexedDB;
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const db = new PapelDatabase({ indexedDB, IDBKeyRange }, name);
  await db.open();
  return db;
}
