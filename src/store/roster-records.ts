/** Class lists. */
import type { Roster } from '#contract/exams.ts';

import type { PapelDatabase } from './database.ts';
import { type RosterRecord, newId } from './records.ts';
import { isThere, wasDeletedBefore, withDeletion, withoutDeletion } from './soft-deletion.ts';
import { withStorageFailures } from './storage-failure.ts';

export type RosterRecords = ReturnType<typeof rosterRecords>;

/** `now` is read once for each change. */
export function rosterRecords(db: PapelDatabase, now: () => number = Date.now) {
  const write = <T>(work: () => Promise<T>): Promise<T> =>
    withStorageFailures(() => db.transaction('rw', db.rosters, work));

  return {
    /** Class lists that are not deleted, in no order. */
    listRosters: (): Promise<RosterRecord[]> =>
      withStorageFailures(() => db.rosters.filter((record) => isThere(record)).toArray()),

    getRoster: (id: string): Promise<RosterRecord | undefined> =>
      withStorageFailures(async () => {
        const record = await db.rosters.get(id);
        return isThere(record) ? record : undefined;
      }),

    /** Over the one of this id; a new one where there is none. Returns its id. */
    saveRoster: (id: string | undefined, roster: Roster): Promise<string> =>
      write(async () => {
        const at = now();
        const earlier = id === undefined ? undefined : await db.rosters.get(id);
        const record = isThere(earlier) ? earlier : { id: newId(), createdAt: at };
        await db.rosters.put({ ...record, roster, updatedAt: at });
        return record.id;
      }),

    /** Exams go on naming the list, so that undo brings it back to them. Returns the lists that were there. */
    deleteRosters: (ids: readonly string[]): Promise<string[]> =>
      write(async () => {
        const at = now();
        const rosters = (await db.rosters.bulkGet([...ids])).filter((record) => isThere(record));
        await db.rosters.bulkPut(rosters.map((record) => withDeletion(record, at)));
        return rosters.map(({ id }) => id);
      }),

    restoreRosters: (ids: readonly string[]): Promise<void> =>
      write(async () => {
        const rosters = (await db.rosters.bulkGet([...ids])).filter((record) => record !== undefined);
        await db.rosters.bulkPut(rosters.map((record) => withoutDeletion(record)));
      }),

    /** Takes away for good what was deleted before this time. */
    purge: (deletedBefore: number): Promise<void> =>
      write(async () => {
        await db.rosters.bulkDelete(
          await db.rosters.filter((record) => wasDeletedBefore(record, deletedBefore)).primaryKeys(),
        );
      }),
  };
}
