/** The one flow of exams in this page over the opened store and the engine. Call `openStore` before. */
import { lockOfTabs } from '#src/engine/background-queue.ts';
import { engine } from '#src/engine/engine.ts';
import { poolSize } from '#src/engine/pool-size.ts';
import { currentRegion } from '#src/regions/regions.ts';
import { addImportedExam } from '#src/store/add-imported-exam.ts';
import { type ExamRecords, examRecords } from '#src/store/exam-records.ts';
import { type RosterRecords, rosterRecords } from '#src/store/roster-records.ts';
import { sheetQueueRecords } from '#src/store/sheet-queue-records.ts';
import { type SheetRecords, sheetRecords } from '#src/store/sheet-records.ts';
import { theStore } from '#src/store/store.ts';
import { admitFile, currentUnzipLimits } from './admit-file.ts';
import { type ExamFlow, createExamFlow } from './create-exam-flow.ts';
import { type SheetFlow, createSheetFlow } from './create-sheet-flow.ts';
import { createPageFinder } from './find-readable-pages.ts';
import { type SheetQueue, createSheetQueue } from './sheet-queue.ts';

export type { SheetRefusal } from './create-exam-flow.ts';

/** How long a deletion can be undone; then a purge takes it away for good. The notice with "Undo" is shown for seconds. */
const undoMs = 10 * 60_000;

interface OpenFlow {
  readonly records: { readonly exams: ExamRecords; readonly rosters: RosterRecords; readonly sheets: SheetRecords };
  readonly exams: ExamFlow;
  readonly sheets: SheetFlow;
  readonly queue: SheetQueue;
}

let open: OpenFlow | undefined;

let hasAsked = false;

/** Asks the browser, once there is something to lose, not to clear it when the device runs short of space. */
function askToPersist(): void {
  if (hasAsked || !('storage' in navigator)) return;
  hasAsked = true;
  // Where it refuses, everything works as before; only the promise is missing.
  navigator.storage.persist().catch(() => {});
}

function theFlow(): OpenFlow {
  if (open !== undefined) return open;
  const { db } = theStore();
  const records = { exams: examRecords(db), rosters: rosterRecords(db), sheets: sheetRecords(db) };
  const queueRecords = sheetQueueRecords(db);
  const queue = createSheetQueue({
    records: queueRecords,
    engine,
    pagesOf: createPageFinder(engine),
    lock: lockOfTabs('papel-sheet-queue'),
    // A sheet takes all workers, and one more is fetched from the store meanwhile.
    concurrency: poolSize(navigator) + 1,
    timeoutMs: () => currentRegion().config.limits.processingMs,
    onError: (error) => console.error(error),
  });
  open = {
    records,
    exams: createExamFlow({
      ...records,
      addImported: (imported, at) => addImportedExam(db, imported, at),
      unzipLimits: currentUnzipLimits,
      pupilDataDays: () => currentRegion().config.pupilDataDays,
      now: Date.now,
    }),
    sheets: createSheetFlow({
      sheets: records.sheets,
      queueRecords,
      queue,
      inspect: admitFile,
      unzipLimits: currentUnzipLimits,
      onKept: askToPersist,
      now: Date.now,
    }),
    queue,
  };
  return open;
}

/** Takes away for good what can no longer be brought back. */
export async function purgeDeleted(): Promise<void> {
  const { exams, rosters } = theFlow().records;
  const before = Date.now() - undoMs;
  await Promise.all([exams.purge(before), rosters.purge(before)]);
}

/** The background queue, to start and to watch. */
export function theSheetQueue(): SheetQueue {
  return theFlow().queue;
}

const exams = () => theFlow().exams;
const sheets = () => theFlow().sheets;

export const createExam: ExamFlow['createExam'] = (exam, given) => exams().createExam(exam, given);
export const changeExam: ExamFlow['changeExam'] = (id, change) => exams().changeExam(id, change);
export const changeSheet: ExamFlow['changeSheet'] = (id, design, change) => exams().changeSheet(id, design, change);
export const duplicateExam: ExamFlow['duplicateExam'] = (id) => exams().duplicateExam(id);
export const deleteExams: ExamFlow['deleteExams'] = (ids) => exams().deleteExams(ids);
export const exportExamFile: ExamFlow['exportExamFile'] = (id, choice) => exams().exportExamFile(id, choice);
export const importExamFile: ExamFlow['importExamFile'] = (file) => exams().importExamFile(file);
export const eraseExam: ExamFlow['eraseExam'] = (id) => exams().eraseExam(id);
export const notePrinted: ExamFlow['notePrinted'] = (id) => exams().notePrinted(id);
export const setKeptPhotos: ExamFlow['setKeptPhotos'] = (id, size) => exams().setKeptPhotos(id, size);
export const keepPupilsUntil: ExamFlow['keepPupilsUntil'] = (id, time) => exams().keepPupilsUntil(id, time);
export const saveRoster: ExamFlow['saveRoster'] = (id, roster) => exams().saveRoster(id, roster);
export const chooseRoster: ExamFlow['chooseRoster'] = (id, rosterId) => exams().chooseRoster(id, rosterId);
export const deleteRosters: ExamFlow['deleteRosters'] = (ids) => exams().deleteRosters(ids);

export const importSheets: SheetFlow['importSheets'] = (examId, files) => sheets().importSheets(examId, files);
export const addReadSheet: SheetFlow['addReadSheet'] = (examId, photo, read) =>
  sheets().addReadSheet(examId, photo, read);
export const readAgain: SheetFlow['readAgain'] = (ids) => sheets().readAgain(ids);
export const stopReading: SheetFlow['stopReading'] = (examId) => sheets().stopReading(examId);
export const deleteSheets: SheetFlow['deleteSheets'] = (ids) => sheets().deleteSheets(ids);
export const correctField: SheetFlow['correctField'] = (id, label, corrected) =>
  sheets().correctField(id, label, corrected);
export const setPoints: SheetFlow['setPoints'] = (id, questionId, points) => sheets().setPoints(id, questionId, points);
export const assignStudent: SheetFlow['assignStudent'] = (id, studentId) => sheets().assignStudent(id, studentId);
export const assignPage: SheetFlow['assignPage'] = (id, page) => sheets().assignPage(id, page);
export const setAside: SheetFlow['setAside'] = (id, isSetAside) => sheets().setAside(id, isSetAside);
