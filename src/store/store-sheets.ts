import type { PapelDatabase } from './database.ts';
import type { SheetRecord } from './records.ts';

/** As the store holds it. Of the last write; rises with each, so that a screen reads again only what is new. */
export type StoredSheet = SheetRecord & { readonly changedAt: number };

/** The one way to write sheets. Inside a transaction. */
export async function storeSheets(db: PapelDatabase, sheets: readonly SheetRecord[]): Promise<void> {
  // oxlint-disable-next-line unicorn/no-array-reverse -- a collection of Dexie, no array
  const [last] = await db.sheets.orderBy('changedAt').reverse().limit(1).keys();
  // Also where the clock was set back meanwhile.
  const changedAt = Math.max(Date.now(), typeof last === 'number' ? last + 1 : 0);
  await db.sheets.bulkPut(sheets.map((sheet) => ({ ...sheet, changedAt })));
}
