/** Exams as the screens read and change them. */
import type { Exam } from '#contract/exams.ts';
import type { SheetDesign } from '#contract/sheets.ts';

import type { PapelDatabase } from './database.ts';
import { eraseSheets } from './erase-sheets.ts';
import { takeCode } from './exam-code.ts';
import { type ExamRecord, type SheetRecord, newId, referenceKey } from './records.ts';
import { isThere, wasDeletedBefore, withDeletion, withoutDeletion } from './soft-deletion.ts';
import { storeSheets } from './store-sheets.ts';
import { withStorageFailures } from './storage-failure.ts';

export type ExamRecords = ReturnType<typeof examRecords>;

/** What an exam begins with beside its questions. */
export interface NewExam extends Pick<ExamRecord, 'keptPhotos' | 'rosterId' | 'keepPupilsUntil'> {
  readonly exam: Exam;
  /** The sheet of an exam that Papel does not lay out, and the photo that it was drawn over. */
  readonly design?: SheetDesign;
  readonly reference?: Blob;
}

/** How many sheets of an exam are where. */
export interface SheetCounts {
  readonly total: number;
  readonly waiting: number;
  /** In the worker. */
  readonly reading: number;
  readonly read: number;
  readonly failed: number;
}

export const noSheets: SheetCounts = { total: 0, waiting: 0, reading: 0, read: 0, failed: 0 };

/** `now` is read once for each change. */
export function examRecords(db: PapelDatabase, now: () => number = Date.now) {
  const writeAll = <T>(work: () => Promise<T>): Promise<T> =>
    withStorageFailures(() => db.transaction('rw', db.exams, db.sheets, db.blobs, work));

  /** Takes everything of these exams away. Inside a transaction. */
  async function erase(examIds: readonly string[]): Promise<void> {
    for (const examId of examIds) await eraseSheets(db, await db.sheets.where('examId').equals(examId).toArray());
    await db.blobs.bulkDelete(examIds.map(referenceKey));
    await db.exams.bulkDelete([...examIds]);
  }

  /** Told by the index: not even the keys are read, but those of deleted sheets. */
  const countSheets = (examIds: readonly string[]): Promise<ReadonlyMap<string, SheetCounts>> =>
    withStorageFailures(async () => {
      const deleted = await db.sheets.where('deletedAt').above(0).toArray();
      const count = async (examId: string, state: SheetRecord['state']) =>
        (await db.sheets.where('[examId+state]').equals([examId, state]).count()) -
        deleted.filter((sheet) => sheet.examId === examId && sheet.state === state).length;
      const counted = examIds.map(async (examId) => {
        const [waiting, reading, read, failed] = await Promise.all([
          count(examId, 'waiting'),
          count(examId, 'reading'),
          count(examId, 'read'),
          count(examId, 'failed'),
        ]);
        return [examId, { total: waiting + reading + read + failed, waiting, reading, read, failed }] as const;
      });
      return new Map(await Promise.all(counted));
    });

  return {
    /** Exams that are not deleted, in no order. */
    listExams: (): Promise<ExamRecord[]> =>
      withStorageFailures(() => db.exams.filter((record) => isThere(record)).toArray()),

    getExam: (id: string): Promise<ExamRecord | undefined> =>
      withStorageFailures(async () => {
        const record = await db.exams.get(id);
        return isThere(record) ? record : undefined;
      }),

    countSheets,

    createExam: ({ exam, keptPhotos, rosterId, keepPupilsUntil, design, reference }: NewExam): Promise<string> =>
      writeAll(async () => {
        const id = newId();
        const at = now();
        await db.exams.add({
          id,
          code: await takeCode(db),
          exam,
          keptPhotos,
          createdAt: at,
          updatedAt: at,
          ...(rosterId === undefined ? {} : { rosterId }),
          ...(keepPupilsUntil === undefined ? {} : { keepPupilsUntil }),
          ...(design === undefined ? {} : { design }),
        });
        if (reference !== undefined) await db.blobs.add({ key: referenceKey(id), blob: reference });
        return id;
      }),

    /** Changes an exam that is there; does nothing to one that is not. */
    changeExam: (id: string, change: (record: ExamRecord) => ExamRecord): Promise<void> =>
      writeAll(async () => {
        const record = await db.exams.get(id);
        if (isThere(record)) await db.exams.put({ ...change(record), id, updatedAt: now() });
      }),

    getReference: (id: string): Promise<Blob | undefined> =>
      withStorageFailures(async () => (await db.blobs.get(referenceKey(id)))?.blob),

    /** With their sheets, which leave the line. Returns the exams that were there. */
    deleteExams: (ids: readonly string[]): Promise<string[]> =>
      writeAll(async () => {
        const at = now();
        const exams = (await db.exams.bulkGet([...ids])).filter((record) => isThere(record));
        await db.exams.bulkPut(exams.map((record) => withDeletion(record, at)));
        const sheets = await db.sheets
          .where('examId')
          .anyOf(exams.map(({ id }) => id))
          .filter((sheet) => isThere(sheet))
          .toArray();
        await storeSheets(
          db,
          sheets.map((sheet) => withDeletion(sheet, at)),
        );
        return exams.map(({ id }) => id);
      }),

    /** Undoes `deleteExams`. Sheets that were deleted before stay deleted. */
    restoreExams: (ids: readonly string[]): Promise<void> =>
      writeAll(async () => {
        for (const record of await db.exams.bulkGet([...ids])) {
          if (record?.deletedAt === undefined) continue;
          const sheets = await db.sheets.where('examId').equals(record.id).toArray();
          await db.exams.put(withoutDeletion(record));
          await storeSheets(
            db,
            sheets.filter((sheet) => sheet.deletedAt === record.deletedAt).map((sheet) => withoutDeletion(sheet)),
          );
        }
      }),

    /** Exam, sheets and photos, gone for good in one transaction. */
    eraseExam: (id: string): Promise<void> => writeAll(() => erase([id])),

    /** Takes away for good what was deleted before this time, sheets of exams that stay among it. */
    purge: (deletedBefore: number): Promise<void> =>
      writeAll(async () => {
        await erase(await db.exams.filter((record) => wasDeletedBefore(record, deletedBefore)).primaryKeys());
        await eraseSheets(db, await db.sheets.where('deletedAt').below(deletedBefore).toArray());
      }),
  };
}
