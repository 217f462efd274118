/** Everything that changes sheets. Photos are in the store before anything is done with them. */
import type { VersionLetter } from '#contract/exams.ts';
import { asFailure } from '#contract/failures.ts';
import type { SheetPhotoReading } from '#contract/sheets.ts';
import type { SheetQueueRecords } from '#src/store/sheet-queue-records.ts';
import type { SheetRecords } from '#src/store/sheet-records.ts';
import type { SheetRefusal, Undo } from './create-exam-flow.ts';
import { findSameSheet, saysWhose } from './find-same-sheet.ts';
import type { SheetQueue } from './sheet-queue.ts';
import { type TakeInSettings, takeInFiles } from './take-in-sheets.ts';

export interface ImportedSheets {
  /** Files that were kept; a PDF counts once here and becomes as many sheets as it has pages. */
  readonly added: number;
  readonly refused: readonly SheetRefusal[];
  /** Names of files that this exam has already. */
  readonly same: readonly string[];
}

export interface SheetFlow {
  /** Photos, PDFs, ZIPs: stored first, read in the background. */
  importSheets(examId: string, files: readonly File[]): Promise<ImportedSheets>;
  /**
   * A sheet that the live camera has read. One that is the same as a sheet that is there (same student and page, same
   * marks) is not kept again.
   */
  addReadSheet(
    examId: string,
    photo: Blob,
    read: SheetPhotoReading,
  ): Promise<{ readonly sheetId: string; readonly isSame: boolean }>;
  /** Reads these sheets once more, and ends a pause of the queue. */
  readAgain(sheetIds: readonly string[]): Promise<void>;
  stopReading(examId: string): Promise<void>;
  deleteSheets(sheetIds: readonly string[]): Promise<Undo>;

  /** `corrected` equal to what was read confirms it; `undefined` takes a correction back. */
  correctField(sheetId: string, label: string, corrected: string | undefined): Promise<void>;
  setPoints(sheetId: string, questionId: string, points: number | undefined): Promise<void>;
  assignStudent(sheetId: string, studentId: string | undefined): Promise<void>;
  /** Reads the sheet again as this page. */
  assignPage(sheetId: string, page: { readonly version: VersionLetter; readonly page: number }): Promise<void>;
  setAside(sheetId: string, isSetAside: boolean): Promise<void>;
}

export interface SheetFlowSettings extends TakeInSettings {
  readonly sheets: SheetRecords;
  readonly queueRecords: Pick<SheetQueueRecords, 'stop'>;
  readonly queue: SheetQueue;
  /** Called once photos were kept, every time. */
  readonly onKept?: () => void;
  readonly now: () => number;
}

/**
 * A sheet without a number can't be told from another one with the same answers, but by this: it still lies there. The
 * camera's frames follow each other faster than anybody swaps sheets.
 */
const stillThereMs = 1500;

export function createSheetFlow({ sheets, queueRecords, queue, onKept, now, ...takeIn }: SheetFlowSettings): SheetFlow {
  let lastPosition = 0;
  let lastSeen = { sheetId: '', at: -Infinity };

  /** Places in the line are whole and rise, so that photos that come together stay in order. */
  function nextPosition(): number {
    lastPosition = Math.max(now(), lastPosition + 1);
    return lastPosition;
  }

  async function findSame(examId: string, read: SheetPhotoReading) {
    const there = await sheets.listSheets(examId);
    if (saysWhose(read)) return findSameSheet(read, there);
    if (now() - lastSeen.at > stillThereMs) return undefined;
    return findSameSheet(
      read,
      there.filter(({ id }) => id === lastSeen.sheetId),
    );
  }

  return {
    async importSheets(examId, files) {
      const refused: SheetRefusal[] = [];
      const same: string[] = [];
      let added = 0;
      for await (const taken of takeInFiles(files, takeIn)) {
        if ('refusal' in taken) {
          refused.push(taken.refusal);
          continue;
        }
        const { photo } = taken;
        try {
          if (await sheets.hasFile(examId, photo.digest)) same.push(photo.name);
          else if ((await sheets.addPhoto(examId, photo, nextPosition())) !== undefined) added++;
          else throw new Error(`There is no exam ${examId}`);
        } catch (error) {
          refused.push({ name: photo.name, failure: asFailure(error) });
        }
      }
      if (added > 0) onKept?.();
      if (queue.paused !== undefined) await queue.resume();
      return { added, refused, same };
    },

    async addReadSheet(examId, photo, read) {
      const same = await findSame(examId, read);
      if (same !== undefined) {
        lastSeen = { sheetId: same.id, at: now() };
        return { sheetId: same.id, isSame: true };
      }
      const sheetId = await sheets.addRead(examId, photo, read, nextPosition());
      if (sheetId === undefined) throw new Error(`There is no exam ${examId}`);
      lastSeen = { sheetId, at: now() };
      onKept?.();
      return { sheetId, isSame: false };
    },

    async readAgain(sheetIds) {
      await sheets.readAgain(sheetIds);
      if (queue.paused !== undefined) await queue.resume();
    },

    async stopReading(examId) {
      queue.abort(await queueRecords.stop(examId));
    },

    async deleteSheets(sheetIds) {
      const deleted = await sheets.deleteSheets(sheetIds);
      return () => sheets.restoreSheets(deleted);
    },

    correctField: (sheetId, label, corrected) => sheets.correctField(sheetId, label, corrected),
    setPoints: (sheetId, questionId, points) => sheets.setPoints(sheetId, questionId, points),
    assignStudent: (sheetId, studentId) => sheets.assignStudent(sheetId, studentId),
    assignPage: (sheetId, page) => sheets.assignPage(sheetId, page),
    setAside: (sheetId, isSetAside) => sheets.setAside(sheetId, isSetAside),
  };
}
