/** The sheets that wait for the worker, as the background queue sees them. */
import type { Failure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';
import type { SheetPhotoReading } from '#contract/sheets.ts';

import type { PapelDatabase } from './database.ts';
import { type ExamRecord, type SheetRecord, blobKey, newId, sourceKey } from './records.ts';
import { recordReading } from './sheet-records.ts';
import { isThere } from './soft-deletion.ts';
import { storeSheets } from './store-sheets.ts';
import { withStorageFailures } from './storage-failure.ts';
import { watchChanges } from './watch-changes.ts';

export type SheetQueueRecords = ReturnType<typeof sheetQueueRecords>;

/** Who reads takes the next sheet without being told; only the first of many is waited for. */
const waitingCalmMs = 200;

const stopped: Failure = { code: 'cancelled', message: 'Stopped by the user.' };
const sessionEnded: Failure = { code: 'worker-lost', message: 'The session ended while the sheet was in the worker.' };

function failedSheet(sheet: SheetRecord, failure: Failure): SheetRecord {
  return { ...sheet, state: 'failed', failure };
}

export function sheetQueueRecords(db: PapelDatabase) {
  const inState = (state: SheetRecord['state']) =>
    db.sheets
      .where('[state+queuePosition]')
      .between([state, -Infinity], [state, Infinity])
      .filter((sheet) => isThere(sheet));

  const writeAll = <T>(work: () => Promise<T>): Promise<T> =>
    withStorageFailures(() => db.transaction('rw', db.sheets, db.blobs, work));

  /** The sheet, if it is still in the round that `taken` began: whatever makes a round worthless raises the revision. */
  async function stillTaken(taken: SheetRecord): Promise<SheetRecord | undefined> {
    const sheet = await db.sheets.get(taken.id);
    return sheet !== undefined && sheet.state === 'reading' && sheet.revision === taken.revision ? sheet : undefined;
  }

  return {
    /** Calls back with whether sheets wait, whenever that may have changed, in whichever tab. Returns the way to stop. */
    watchWaiting(onChange: (isWaiting: boolean) => void, onError: (error: unknown) => void): () => void {
      // Not counted: for each of 500 sheets that is read, all the others would be looked at.
      const look = async () => onChange((await inState('waiting').first()) !== undefined);
      return watchChanges(db, 'sheets', waitingCalmMs, look, onError);
    },

    /** Takes the sheet whose turn it is out of the line; counts the attempt before it is made. */
    takeNext: (): Promise<SheetRecord | undefined> =>
      writeAll(async () => {
        const sheet = await inState('waiting').first();
        if (sheet === undefined) return undefined;
        const taken: SheetRecord = { ...sheet, state: 'reading', attempts: sheet.attempts + 1 };
        await storeSheets(db, [taken]);
        return taken;
      }),

    getExam: (examId: string): Promise<ExamRecord | undefined> => withStorageFailures(() => db.exams.get(examId)),

    getOriginal: (sheetId: string): Promise<Blob | undefined> =>
      withStorageFailures(async () => (await db.blobs.get(blobKey(sheetId, 'original')))?.blob),

    getSource: (sourceId: string): Promise<Blob | undefined> =>
      withStorageFailures(async () => (await db.blobs.get(sourceKey(sourceId)))?.blob),

    /** A file turned out to hold `pictures` pictures: its sheet becomes the first, the others follow it and wait. */
    spreadSource: (taken: SheetRecord, pictures: number): Promise<SheetRecord | undefined> =>
      writeAll(async () => {
        const sheet = await stillTaken(taken);
        if (sheet?.source === undefined) return undefined;
        const { id } = sheet.source;
        const first: SheetRecord = { ...sheet, source: { id, index: 0 } };
        const others = Array.from({ length: pictures - 1 }, (_, at): SheetRecord => ({
          ...sheet,
          id: newId(),
          state: 'waiting',
          // Behind this sheet and before the next photo: photos that came together are 1 apart at least.
          queuePosition: sheet.queuePosition + (at + 1) / pictures,
          attempts: 0,
          source: { id, index: at + 1 },
          bytes: 0,
        }));
        await storeSheets(db, [first, ...others]);
        return first;
      }),

    /** The picture that was taken out of a file becomes the sheet's original. The file goes with its last picture. */
    keepConverted: (taken: SheetRecord, photo: Blob, photoSize: Size): Promise<SheetRecord | undefined> =>
      writeAll(async () => {
        const sheet = await stillTaken(taken);
        if (sheet?.source === undefined) return undefined;
        const { source, ...rest } = sheet;
        const converted: SheetRecord = { ...rest, photoSize, photoKind: 'jpeg', bytes: photo.size };
        await db.blobs.put({ key: blobKey(sheet.id, 'original'), blob: photo });
        await storeSheets(db, [converted]);
        if ((await db.sheets.where('source.id').equals(source.id).count()) === 0)
          await db.blobs.delete(sourceKey(source.id));
        return converted;
      }),

    /**
     * Keeps what was read, and the smaller photo in place of the original where there is one; the reading is of that
     * photo then. Dropped where the sheet was changed, stopped or deleted meanwhile.
     */
    keepReading: (taken: SheetRecord, read: SheetPhotoReading, smallerPhoto?: Blob): Promise<boolean> =>
      writeAll(async () => {
        const sheet = await stillTaken(taken);
        if (sheet === undefined) return false;
        const {
          failure: _failure,
          identity: _identity,
          readAs: _readAs,
          reading: _reading,
          madeBy: _madeBy,
          ...rest
        } = sheet;
        if (smallerPhoto !== undefined) await db.blobs.put({ key: blobKey(sheet.id, 'original'), blob: smallerPhoto });
        await storeSheets(db, [
          {
            ...rest,
            state: 'read',
            ...recordReading(read),
            ...(smallerPhoto === undefined ? {} : { photoKind: 'jpeg', bytes: smallerPhoto.size }),
          },
        ]);
        return true;
      }),

    /** Ends the round without a result: `failed` with its reason, or back into the line. */
    endRound: (taken: SheetRecord, outcome: Failure | 'again' | 'not-begun'): Promise<void> =>
      writeAll(async () => {
        const sheet = await stillTaken(taken);
        if (sheet === undefined) return;
        if (outcome === 'again') await storeSheets(db, [{ ...sheet, state: 'waiting' }]);
        else if (outcome === 'not-begun')
          await storeSheets(db, [{ ...sheet, state: 'waiting', attempts: sheet.attempts - 1 }]);
        else await storeSheets(db, [failedSheet(sheet, outcome)]);
      }),

    /**
     * After a start: sheets that were in the worker when the last session ended wait again; those that were in it
     * `mostAttempts` times are given up, for they may be what ended it.
     */
    takeUpAgain: (mostAttempts: number): Promise<void> =>
      writeAll(async () => {
        const sheets = await inState('reading').toArray();
        await storeSheets(
          db,
          sheets.map((sheet) =>
            sheet.attempts < mostAttempts ? { ...sheet, state: 'waiting' } : failedSheet(sheet, sessionEnded),
          ),
        );
      }),

    /** Stops the sheets of an exam that wait or are in the worker. Returns those sheets. */
    stop: (examId: string): Promise<string[]> =>
      writeAll(async () => {
        const sheets = await db.sheets
          .where('[examId+state]')
          .anyOf([examId, 'waiting'], [examId, 'reading'])
          .filter((sheet) => isThere(sheet))
          .toArray();
        await storeSheets(
          db,
          sheets.map((sheet) => failedSheet(sheet, stopped)),
        );
        return sheets.map(({ id }) => id);
      }),
  };
}
