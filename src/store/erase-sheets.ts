import type { PapelDatabase } from './database.ts';
import { type SheetRecord, blobKey, sourceKey } from './records.ts';

/** Takes everything of these sheets away, and sources that no other sheet needs. Inside a transaction over sheets and blobs. */
export async function eraseSheets(db: PapelDatabase, sheets: readonly SheetRecord[]): Promise<void> {
  await db.sheets.bulkDelete(sheets.map(({ id }) => id));
  await db.blobs.bulkDelete(sheets.map(({ id }) => blobKey(id, 'original')));
  for (const sourceId of new Set(sheets.flatMap(({ source }) => source?.id ?? []))) {
    if ((await db.sheets.where('source.id').equals(sourceId).count()) === 0) await db.blobs.delete(sourceKey(sourceId));
  }
}
