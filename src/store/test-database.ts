/** For tests: an empty database in memory. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';

import { PapelDatabase } from './database.ts';

export function emptyDatabase(): PapelDatabase {
  return new PapelDatabase({ indexedDB: new IDBFactory(), IDBKeyRange });
}
