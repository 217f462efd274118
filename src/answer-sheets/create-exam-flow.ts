/** Everything that changes exams, class lists and sheets. Photos are in the store before anything is done with them. */
import type { Exam, Roster } from '#contract/exams.ts';
import type { Failure } from '#contract/failures.ts';
import type { SheetDesign } from '#contract/sheets.ts';
import type { ImportedExam } from '#src/store/add-imported-exam.ts';
import type { ExamRecords } from '#src/store/exam-records.ts';
import type { KeptPhotoSize } from '#src/store/records.ts';
import type { RosterRecords } from '#src/store/roster-records.ts';
import type { SheetRecords } from '#src/store/sheet-records.ts';
import { readExamFile } from './exam-file/read-exam-file.ts';
import { writeExamFile } from './exam-file/write-exam-file.ts';
import type { UnzipLimits } from './unzip-files.ts';

/** Takes a change back; a deletion, as long as it was not purged. */
export type Undo = () => Promise<void>;

/** A file that brought no sheet, and why. */
export interface SheetRefusal {
  readonly name: string;
  readonly failure: Failure;
}

/** The sheet of an exam that Papel does not lay out. */
export interface GivenSheet {
  readonly design: SheetDesign;
  /** The photo that it was drawn over. */
  readonly reference?: Blob;
}

export interface ExportChoice {
  readonly withPupils: boolean;
  readonly withPhotos: boolean;
}

export interface ExamFlow {
  /** `given` where Papel does not lay the sheet out. */
  createExam(exam: Exam, given?: GivenSheet): Promise<string>;
  /** `change` gets the exam as it is in the store. */
  changeExam(examId: string, change: (exam: Exam) => Exam): Promise<void>;
  /** Another sheet for an exam that Papel does not lay out, and what follows from it for the exam. */
  changeSheet(examId: string, design: SheetDesign, change: (exam: Exam) => Exam): Promise<void>;
  /** The same questions and key under a new code, without sheets. */
  duplicateExam(examId: string): Promise<string>;
  deleteExams(examIds: readonly string[]): Promise<Undo>;
  /**
   * The exam as one file, with class list and sheets where pupils' data are to go along, and their photos where those are,
   * too.
   */
  exportExamFile(examId: string, choice: ExportChoice): Promise<Blob>;
  /**
   * Keeps the exam of such a file, under its code unless another exam here has it.
   *
   * @throws CodedFailure `unsupported-format` and `damaged-file` for other files, `storage-full`
   */
  importExamFile(file: Blob): Promise<string>;
  /** Exam, sheets, photos: gone for good, without undo. */
  eraseExam(examId: string): Promise<void>;
  notePrinted(examId: string): Promise<void>;
  setKeptPhotos(examId: string, size: KeptPhotoSize): Promise<void>;
  /** `undefined`: nobody asks whether they may go. */
  keepPupilsUntil(examId: string, time: number | undefined): Promise<void>;

  saveRoster(rosterId: string | undefined, roster: Roster): Promise<string>;
  chooseRoster(examId: string, rosterId: string | undefined): Promise<void>;
  deleteRosters(rosterIds: readonly string[]): Promise<Undo>;
}

export interface ExamFlowSettings {
  readonly exams: ExamRecords;
  readonly rosters: RosterRecords;
  readonly sheets: Pick<SheetRecords, 'listSheets' | 'getPhoto'>;
  readonly addImported: (imported: ImportedExam, at: number) => Promise<string>;
  readonly unzipLimits: () => UnzipLimits;
  /** For how long pupils' sheets are kept before the teacher is asked. */
  readonly pupilDataDays: () => number;
  readonly now: () => number;
}

const dayMs = 24 * 60 * 60_000;

export function createExamFlow({
  exams,
  rosters,
  sheets,
  addImported,
  unzipLimits,
  pupilDataDays,
  now,
}: ExamFlowSettings): ExamFlow {
  const keepPupilsUntil = () => now() + pupilDataDays() * dayMs;

  return {
    createExam: (exam, given) =>
      exams.createExam({ exam, keptPhotos: 'as-taken', keepPupilsUntil: keepPupilsUntil(), ...given }),

    changeExam: (examId, change) => exams.changeExam(examId, (record) => ({ ...record, exam: change(record.exam) })),

    changeSheet: (examId, design, change) =>
      exams.changeExam(examId, (record) => ({ ...record, design, exam: change(record.exam) })),

    async duplicateExam(examId) {
      const record = await exams.getExam(examId);
      if (record === undefined) throw new Error(`There is no exam ${examId}`);
      const { exam, keptPhotos, rosterId, design } = record;
      const reference = await exams.getReference(examId);
      return exams.createExam({
        exam,
        keptPhotos,
        keepPupilsUntil: keepPupilsUntil(),
        ...(rosterId === undefined ? {} : { rosterId }),
        ...(design === undefined ? {} : { design }),
        ...(reference === undefined ? {} : { reference }),
      });
    },

    async deleteExams(examIds) {
      const deleted = await exams.deleteExams(examIds);
      return () => exams.restoreExams(deleted);
    },

    async exportExamFile(examId, { withPupils, withPhotos }) {
      const record = await exams.getExam(examId);
      if (record === undefined) throw new Error(`There is no exam ${examId}`);
      const rosterId = withPupils ? record.rosterId : undefined;
      return writeExamFile({
        record,
        reference: await exams.getReference(examId),
        roster: rosterId === undefined ? undefined : (await rosters.getRoster(rosterId))?.roster,
        sheets: withPupils ? await sheets.listSheets(examId) : undefined,
        readPhoto: withPupils && withPhotos ? sheets.getPhoto : undefined,
        exportedAt: new Date(now()),
      });
    },

    async importExamFile(file) {
      const imported = await readExamFile(file, unzipLimits());
      return addImported({ ...imported, keepPupilsUntil: keepPupilsUntil() }, now());
    },

    eraseExam: (examId) => exams.eraseExam(examId),
    notePrinted: (examId) => exams.changeExam(examId, (record) => ({ ...record, printedAt: now() })),
    setKeptPhotos: (examId, keptPhotos) => exams.changeExam(examId, (record) => ({ ...record, keptPhotos })),
    keepPupilsUntil: (examId, time) =>
      exams.changeExam(examId, ({ keepPupilsUntil: _earlier, ...record }) =>
        time === undefined ? record : { ...record, keepPupilsUntil: time },
      ),

    saveRoster: (rosterId, roster) => rosters.saveRoster(rosterId, roster),
    chooseRoster: (examId, rosterId) =>
      exams.changeExam(examId, ({ rosterId: _earlier, ...record }) =>
        rosterId === undefined ? record : { ...record, rosterId },
      ),
    async deleteRosters(rosterIds) {
      const deleted = await rosters.deleteRosters(rosterIds);
      return () => rosters.restoreRosters(deleted);
    },
  };
}
