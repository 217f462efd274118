/** The one flow of exams in this page over the opened store and the engine: everything that changes them. */
import type { Exam, Roster, VersionLetter } from '#contract/exams.ts';
import type { Failure } from '#contract/failures.ts';
import type { SheetPhotoReading } from '#contract/sheets.ts';
import type { KeptPhotoSize } from '#src/store/records.ts';

/** Takes a change back; a deletion, as long as it was not purged. */
export type Undo = () => Promise<void>;

/** A file that brought no sheet, and why. */
export interface SheetRefusal {
  readonly name: string;
  readonly failure: Failure;
}

export interface ExamFlow {
  createExam(exam: Exam): Promise<string>;
  /** `change` gets the exam as it is in the store. */
  changeExam(examId: string, change: (exam: Exam) => Exam): Promise<void>;
  /** The same questions and key under a new code, without sheets. */
  duplicateExam(examId: string): Promise<string>;
  deleteExams(examIds: readonly string[]): Promise<Undo>;
  /** Exam, sheets, photos: gone for good, without undo. */
  eraseExam(examId: string): Promise<void>;
  notePrinted(examId: string): Promise<void>;
  setKeptPhotos(examId: string, size: KeptPhotoSize): Promise<void>;

  saveRoster(rosterId: string | undefined, roster: Roster): Promise<string>;
  chooseRoster(examId: string, rosterId: string | undefined): Promise<void>;
  deleteRosters(rosterIds: readonly string[]): Promise<Undo>;

  /** Photos, PDFs, ZIPs: stored first, read in the background. */
  importSheets(
    examId: string,
    files: readonly File[],
  ): Promise<{ readonly added: number; readonly refused: readonly SheetRefusal[] }>;
  /**
   * A sheet that the live camera has read. One that is the same as a sheet that is there (same student and page, same
   * marks) is not kept again.
   */
  addReadSheet(
    examId: string,
    photo: Blob,
    read: SheetPhotoReading,
  ): Promise<{ readonly sheetId: string; readonly isSame: boolean }>;
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
