import type { PapelDatabase } from './database.ts';
import { withStorageFailures } from './storage-failure.ts';

/** Takes away for good everything that people made, in one go; settings stay. */
export function clearStore(db: PapelDatabase): Promise<void> {
  const tables = [db.documents, db.pages, db.exams, db.rosters, db.sheets, db.texts, db.forms, db.formPages, db.blobs];
  return withStorageFailures(() =>
    db.transaction('rw', tables, async () => {
      await Promise.all(tables.map((table) => table.clear()));
    }),
  );
}
