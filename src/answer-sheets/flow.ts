/** The one flow of exams in this page over the opened store and the engine. Call `openStore` before. */
import { examRecords } from '#src/store/exam-records.ts';
import { rosterRecords } from '#src/store/roster-records.ts';
import { theStore } from '#src/store/store.ts';
import { type ExamFlow, createExamFlow } from './create-exam-flow.ts';

export type { ExamFlow, GivenSheet, SheetRefusal, Undo } from './create-exam-flow.ts';

let open: ExamFlow | undefined;

function theFlow(): ExamFlow {
  if (open !== undefined) return open;
  const { db } = theStore();
  open = createExamFlow({
    exams: examRecords(db),
    rosters: rosterRecords(db),
    pupilDataDays: () => 400,
    now: Date.now,
  });
  return open;
}

export const createExam: ExamFlow['createExam'] = (exam, given) => theFlow().createExam(exam, given);
export const changeExam: ExamFlow['changeExam'] = (id, change) => theFlow().changeExam(id, change);
export const duplicateExam: ExamFlow['duplicateExam'] = (id) => theFlow().duplicateExam(id);
export const deleteExams: ExamFlow['deleteExams'] = (ids) => theFlow().deleteExams(ids);
export const eraseExam: ExamFlow['eraseExam'] = (id) => theFlow().eraseExam(id);
export const notePrinted: ExamFlow['notePrinted'] = (id) => theFlow().notePrinted(id);
export const setKeptPhotos: ExamFlow['setKeptPhotos'] = (id, size) => theFlow().setKeptPhotos(id, size);
export const keepPupilsUntil: ExamFlow['keepPupilsUntil'] = (id, time) => theFlow().keepPupilsUntil(id, time);
export const saveRoster: ExamFlow['saveRoster'] = (id, roster) => theFlow().saveRoster(id, roster);
export const chooseRoster: ExamFlow['chooseRoster'] = (id, rosterId) => theFlow().chooseRoster(id, rosterId);
export const deleteRosters: ExamFlow['deleteRosters'] = (ids) => theFlow().deleteRosters(ids);
