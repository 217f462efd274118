import type { Roster } from '#contract/exams.ts';

import type { PapelDatabase } from './database.ts';
import { takeCode } from './exam-code.ts';
import { type ExamRecord, type SheetRecord, blobKey, newId, referenceKey } from './records.ts';
import { freshSheet } from './sheet-records.ts';
import { withStorageFailures } from './storage-failure.ts';
import { storeSheets } from './store-sheets.ts';

export type KeptOfSheet =
  | 'fileName'
  | 'photoKind'
  | 'digest'
  | 'photoSize'
  | 'identity'
  | 'readAs'
  | 'readAsByHand'
  | 'reading'
  | 'studentByHand'
  | 'corrections'
  | 'pointsByHand'
  | 'isSetAside';

/** A sheet of another device. One without a reading waits to be read, and needs its photo. */
export type ImportedSheet = Pick<SheetRecord, KeptOfSheet> & { readonly photo?: Blob };

export interface ImportedExam extends Pick<ExamRecord, 'code' | 'exam' | 'keptPhotos' | 'design' | 'keepPupilsUntil'> {
  readonly reference?: Blob;
  readonly roster?: Roster;
  readonly sheets: readonly ImportedSheet[];
}

/**
 * Keeps an exam of another device, all of it or nothing, under new ids. Its code stays, so that printed sheets go on to
 * work, unless an exam of this device has it: then the sheets that come along get the new one.
 *
 * @returns the exam's id here
 */
export function addImportedExam(db: PapelDatabase, imported: ImportedExam, at: number): Promise<string> {
  const { reference, roster, sheets, code: wished, ...record } = imported;
  return withStorageFailures(() =>
    db.transaction('rw', db.exams, db.rosters, db.sheets, db.blobs, async () => {
      const id = newId();
      const code = await takeCode(db, wished);
      const rosterId = roster === undefined ? undefined : newId();
      if (roster !== undefined && rosterId !== undefined)
        await db.rosters.add({ id: rosterId, roster, createdAt: at, updatedAt: at });
      await db.exams.add({
        ...record,
        id,
        code,
        createdAt: at,
        updatedAt: at,
        ...(rosterId === undefined ? {} : { rosterId }),
      });
      if (reference !== undefined) await db.blobs.add({ key: referenceKey(id), blob: reference });
      const kept = sheets.map(({ photo, ...sheet }, index) => ({
        photo,
        sheet: {
          ...freshSheet({
            id: newId(),
            examId: id,
            fileName: sheet.fileName,
            photoKind: sheet.photoKind,
            bytes: photo?.size ?? 0,
            position: at + index,
            at,
          }),
          ...sheet,
          ...(sheet.identity?.exam === wished ? { identity: { ...sheet.identity, exam: code } } : {}),
          ...(sheet.reading === undefined
            ? {}
            : {
                state: 'read' as const,
                madeBy: { room: 'answer-sheets', version: sheet.reading.version } as const,
              }),
        },
      }));
      await storeSheets(
        db,
        kept.map(({ sheet }) => sheet),
      );
      await db.blobs.bulkAdd(
        kept.flatMap(({ sheet, photo }) =>
          photo === undefined ? [] : [{ key: blobKey(sheet.id, 'original'), blob: photo }],
        ),
      );
      return id;
    }),
  );
}
