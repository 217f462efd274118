/** For tests: one tab, with its flows and its queue, over a database that may come from an earlier session. */
import { CodedFailure } from '#contract/failures.ts';
import type { SheetPhotoReading } from '#contract/sheets.ts';
import { FakeEngine } from '#src/engine/testing/fake-engine.ts';
import { addImportedExam } from '#src/store/add-imported-exam.ts';
import type { PapelDatabase } from '#src/store/database.ts';
import { examRecords } from '#src/store/exam-records.ts';
import { openMemoryDatabase } from '#src/store/memory-database.ts';
import { rosterRecords } from '#src/store/roster-records.ts';
import { sheetQueueRecords } from '#src/store/sheet-queue-records.ts';
import { sheetRecords } from '#src/store/sheet-records.ts';
import { createExamFlow } from '../create-exam-flow.ts';
import { createSheetFlow } from '../create-sheet-flow.ts';
import { type SheetQueue, createSheetQueue } from '../sheet-queue.ts';
import { makeReading } from './make-exam.ts';

const sessions: SheetQueue[] = [];
let databases = 0;

/** The photo's text says what is marked on it. */
export async function readText({ photo }: { photo: Blob }): Promise<SheetPhotoReading> {
  return makeReading(await photo.text());
}

const unzipLimits = () => ({ mostFileBytes: 10_000, mostBytes: 20_000, mostFiles: 30 });

export async function openSession({
  engine = new FakeEngine({ 'answer-sheets.read-page': readText }),
  db: earlier,
  concurrency = 2,
}: { readonly engine?: FakeEngine; readonly db?: PapelDatabase; readonly concurrency?: number } = {}) {
  const db = earlier ?? (await openMemoryDatabase(`papel sheets ${databases++}`));
  const clock = { now: Date.now() };
  const now = () => clock.now;
  const exams = examRecords(db, now);
  const sheets = sheetRecords(db, now);
  const queueRecords = sheetQueueRecords(db);
  const queue = createSheetQueue({
    records: queueRecords,
    engine,
    pagesOf: async ({ exam }) =>
      exam.versions.map(({ letter }) => ({
        version: letter,
        page: 1,
        design: {
          name: '',
          unit: 'mm',
          size: { width: 210, height: 297 },
          location: { by: 'page-outline' },
          blocks: [],
          customLabels: [],
          outputColumns: [],
        },
        code: { left: 0, top: 0, width: 20, height: 20 },
        boxes: [],
      })),
    lock: (work) => work(),
    concurrency,
    timeoutMs: () => 77_000,
    onError: (error) => {
      throw error;
    },
  });
  sessions.push(queue);
  const examFlow = createExamFlow({
    exams,
    rosters: rosterRecords(db, now),
    sheets,
    addImported: (imported, at) => addImportedExam(db, imported, at),
    unzipLimits,
    pupilDataDays: () => 365,
    now,
  });
  const sheetFlow = createSheetFlow({
    sheets,
    queueRecords,
    queue,
    inspect: async (file, name) => {
      if (file.size === 0) throw new CodedFailure('empty-file', 'nothing');
      if (!/\.(?:jpg|pdf)$/.test(name)) throw new CodedFailure('unsupported-format', 'no picture');
      return { kind: name.endsWith('.pdf') ? 'pdf' : 'jpeg' };
    },
    unzipLimits,
    now,
  });
  return { flow: { ...examFlow, ...sheetFlow }, exams, sheets, queue, engine, db, clock };
}

/** What a tab that dies does: nothing more. */
export function forget(queue: SheetQueue): void {
  sessions.splice(sessions.indexOf(queue), 1);
}

export function endSessions(): void {
  for (const queue of sessions.splice(0)) queue.end();
}
