/** Photos of answer sheets, what was read from them, and what people made of it. */
import type { VersionLetter } from '#contract/exams.ts';
import type { PhotoKind } from '#contract/jobs.ts';
import type { SheetPhotoReading } from '#contract/sheets.ts';

import type { PapelDatabase } from './database.ts';
import { type FieldCorrection, type SheetRecord, blobKey, newId, sourceKey } from './records.ts';
import { isThere, withDeletion, withoutDeletion } from './soft-deletion.ts';
import { storeSheets } from './store-sheets.ts';
import { withStorageFailures } from './storage-failure.ts';

export type SheetRecords = ReturnType<typeof sheetRecords>;

/** A photo to keep, or a file of photos (`needsConversion`) to take pictures from later. */
export interface IncomingSheet {
  readonly file: Blob;
  readonly name: string;
  readonly kind: PhotoKind;
  readonly digest: string;
  readonly needsConversion: boolean;
  /** Which picture of the file, where that is known. */
  readonly index?: number;
}

/** Of one page by one room's version. `undefined` values of a reading stay away from the record. */
export function recordReading({ photoSize, identity, readAs, reading }: SheetPhotoReading) {
  return {
    photoSize,
    ...(identity === undefined ? {} : { identity }),
    ...(readAs === undefined ? {} : { readAs }),
    ...(reading === undefined ? {} : { reading, madeBy: { room: 'answer-sheets', version: reading.version } as const }),
  };
}

/** The sheet back in line for another round, at this place; a person's word stays. */
function askedFor({ failure: _failure, ...sheet }: SheetRecord, queuePosition: number): SheetRecord {
  return { ...sheet, state: 'waiting', queuePosition, attempts: 0, revision: sheet.revision + 1 };
}

/** `now` is read once for each change. */
export function sheetRecords(db: PapelDatabase, now: () => number = Date.now) {
  const writeAll = <T>(work: () => Promise<T>): Promise<T> =>
    withStorageFailures(() => db.transaction('rw', db.exams, db.sheets, db.blobs, work));

  const inState = (state: SheetRecord['state']) =>
    db.sheets.where('[state+queuePosition]').between([state, -Infinity], [state, Infinity]);

  const firstIn = (state: SheetRecord['state']) =>
    inState(state)
      .filter((sheet) => isThere(sheet))
      .first();

  async function noteChange(examIds: Iterable<string>, at: number): Promise<void> {
    for (const id of new Set(examIds)) {
      const exam = await db.exams.get(id);
      if (isThere(exam)) await db.exams.put({ ...exam, updatedAt: at });
    }
  }

  /** Changes sheets that are there; the others are left alone. */
  const changeSheets = (ids: readonly string[], change: (sheet: SheetRecord, at: number) => SheetRecord) =>
    writeAll(async () => {
      const at = now();
      const sheets = (await db.sheets.bulkGet([...ids])).filter((sheet) => isThere(sheet));
      await storeSheets(
        db,
        sheets.map((sheet) => change(sheet, at)),
      );
      await noteChange(
        sheets.map(({ examId }) => examId),
        at,
      );
    });

  return {
    /** Sheets of an exam in the order in which they came. */
    listSheets: (examId: string): Promise<SheetRecord[]> =>
      withStorageFailures(async () => {
        const sheets = await db.sheets.where('examId').equals(examId).toArray();
        return sheets
          .filter((sheet) => isThere(sheet))
          .toSorted((a, b) => a.createdAt - b.createdAt || a.queuePosition - b.queuePosition);
      }),

    getSheet: (id: string): Promise<SheetRecord | undefined> =>
      withStorageFailures(async () => {
        const sheet = await db.sheets.get(id);
        return isThere(sheet) ? sheet : undefined;
      }),

    getPhoto: (id: string): Promise<Blob | undefined> =>
      withStorageFailures(async () => (await db.blobs.get(blobKey(id, 'original')))?.blob),

    /** Whether a file was taken in for this exam before. */
    hasFile: (examId: string, digest: string): Promise<boolean> =>
      withStorageFailures(
        async () =>
          (await db.sheets
            .where('[examId+digest]')
            .equals([examId, digest])
            .filter((sheet) => isThere(sheet))
            .count()) > 0,
      ),

    /** The exam whose sheets are read now or next, and how many are left in the line of all exams; `undefined` for none. */
    lookAtLine: (): Promise<{ readonly examId: string; readonly left: number } | undefined> =>
      withStorageFailures(async () => {
        const next = (await firstIn('reading')) ?? (await firstIn('waiting'));
        if (next === undefined) return undefined;
        const deleted = await db.sheets.where('deletedAt').above(0).toArray();
        const inLine = (await inState('reading').count()) + (await inState('waiting').count());
        const left = inLine - deleted.filter(({ state }) => state === 'reading' || state === 'waiting').length;
        return { examId: next.examId, left };
      }),

    /** Bytes of all sheets, with what is deleted but not yet purged. */
    countBytes: (): Promise<number> =>
      withStorageFailures(async () => {
        let bytes = 0;
        await db.sheets.each((sheet) => {
          bytes += sheet.bytes;
        });
        return bytes;
      }),

    /**
     * Keeps a photo as a waiting sheet. `position` orders photos that come at the same time.
     *
     * @returns `undefined` where the exam is not there
     */
    addPhoto: (examId: string, photo: IncomingSheet, position: number): Promise<string | undefined> =>
      writeAll(async () => {
        if (!isThere(await db.exams.get(examId))) return undefined;
        const { file, name, kind, digest, needsConversion, index } = photo;
        const id = newId();
        const at = now();
        const sourceId = newId();
        await db.blobs.add({ key: needsConversion ? sourceKey(sourceId) : blobKey(id, 'original'), blob: file });
        await storeSheets(db, [
          {
            ...freshSheet({ id, examId, fileName: name, photoKind: kind, bytes: file.size, position, at }),
            digest,
            ...(needsConversion ? { source: index === undefined ? { id: sourceId } : { id: sourceId, index } } : {}),
          },
        ]);
        await noteChange([examId], at);
        return id;
      }),

    /** Keeps a photo that was read already. */
    addRead: (examId: string, photo: Blob, read: SheetPhotoReading, position: number): Promise<string | undefined> =>
      writeAll(async () => {
        if (!isThere(await db.exams.get(examId))) return undefined;
        const id = newId();
        const at = now();
        await db.blobs.add({ key: blobKey(id, 'original'), blob: photo });
        await storeSheets(db, [
          {
            ...freshSheet({ id, examId, fileName: '', photoKind: 'jpeg', bytes: photo.size, position, at }),
            state: 'read',
            ...recordReading(read),
          },
        ]);
        await noteChange([examId], at);
        return id;
      }),

    /** Lets sheets wait once more, whatever became of them; corrections stay. */
    readAgain: (ids: readonly string[]): Promise<void> =>
      changeSheets(ids, (sheet) => askedFor(sheet, sheet.queuePosition)),

    /** Reads the sheet as this page from now on, before photos that wait. */
    assignPage: (id: string, page: { readonly version: VersionLetter; readonly page: number }): Promise<void> =>
      changeSheets([id], (sheet, at) => ({ ...askedFor(sheet, -at), readAsByHand: page })),

    /** `undefined` takes a correction back. Does nothing where the sheet has no such field. */
    correctField: (id: string, label: string, corrected: string | undefined): Promise<void> =>
      changeSheets([id], (sheet, at) => {
        const field = sheet.reading?.found ? sheet.reading.fields.find((each) => each.label === label) : undefined;
        if (field === undefined) return sheet;
        const correction: FieldCorrection | undefined =
          corrected === undefined ? undefined : { read: field.value, corrected, at };
        return { ...sheet, corrections: withEntry(sheet.corrections, label, correction) };
      }),

    setPoints: (id: string, questionId: string, points: number | undefined): Promise<void> =>
      changeSheets([id], (sheet, at) => ({
        ...sheet,
        pointsByHand: withEntry(sheet.pointsByHand, questionId, points === undefined ? undefined : { points, at }),
      })),

    assignStudent: (id: string, studentId: string | undefined): Promise<void> =>
      changeSheets([id], ({ studentByHand: _earlier, ...sheet }) =>
        studentId === undefined ? sheet : { ...sheet, studentByHand: studentId },
      ),

    setAside: (id: string, isSetAside: boolean): Promise<void> =>
      changeSheets([id], (sheet) => ({ ...sheet, isSetAside })),

    /** Returns the sheets that were there. */
    deleteSheets: (ids: readonly string[]): Promise<string[]> =>
      writeAll(async () => {
        const at = now();
        const sheets = (await db.sheets.bulkGet([...ids])).filter((sheet) => isThere(sheet));
        await storeSheets(
          db,
          sheets.map((sheet) => withDeletion(sheet, at)),
        );
        await noteChange(
          sheets.map(({ examId }) => examId),
          at,
        );
        return sheets.map(({ id }) => id);
      }),

    restoreSheets: (ids: readonly string[]): Promise<void> =>
      writeAll(async () => {
        const sheets = (await db.sheets.bulkGet([...ids])).filter((sheet) => sheet !== undefined);
        await storeSheets(
          db,
          sheets.map((sheet) => withoutDeletion(sheet)),
        );
        await noteChange(
          sheets.map(({ examId }) => examId),
          now(),
        );
      }),
  };
}

interface FreshSheet extends Pick<SheetRecord, 'id' | 'examId' | 'fileName' | 'photoKind' | 'bytes'> {
  readonly position: number;
  readonly at: number;
}

/** One that waits for its first round. */
export function freshSheet({ position, at, ...sheet }: FreshSheet): SheetRecord {
  return {
    ...sheet,
    state: 'waiting',
    queuePosition: position,
    revision: 0,
    attempts: 0,
    corrections: {},
    pointsByHand: {},
    isSetAside: false,
    createdAt: at,
  };
}

function withEntry<T>(entries: Readonly<Record<string, T>>, key: string, value: T | undefined): Record<string, T> {
  const { [key]: _earlier, ...others } = entries;
  return value === undefined ? others : { ...others, [key]: value };
}
