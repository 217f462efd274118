/** What screens read: always from the store, and again whenever it changes, in whichever tab. */
import { useLiveQuery } from 'dexie-react-hooks';
import { useDeferredValue, useEffect, useMemo, useState, useSyncExternalStore } from 'react';

import type { Roster } from '#contract/exams.ts';
import type { Failure } from '#contract/failures.ts';
import { type ExamRecords, type SheetCounts, examRecords, noSheets } from '#src/store/exam-records.ts';
import { LivePicture } from '#src/store/live-picture.ts';
import type { ExamRecord, ListedSheet, RosterRecord, SheetRecord } from '#src/store/records.ts';
import { type RosterRecords, rosterRecords } from '#src/store/roster-records.ts';
import { type SheetRecords, sheetRecords } from '#src/store/sheet-records.ts';
import { SheetWatch } from '#src/store/sheet-watch.ts';
import { theStore } from '#src/store/store.ts';
import { watchChanges } from '#src/store/watch-changes.ts';
import { assemblePapers } from './assemble-papers.ts';
import { theSheetQueue } from './flow.ts';
import type { AssembledExam, PaperScore } from './papers.ts';
import { scorePapers } from './score-papers.ts';

interface Records {
  readonly exams: ExamRecords;
  readonly rosters: RosterRecords;
  readonly sheets: SheetRecords;
}

let opened: Records | undefined;

function theRecords(): Records {
  const { db } = theStore();
  opened ??= { exams: examRecords(db), rosters: rosterRecords(db), sheets: sheetRecords(db) };
  return opened;
}

/** `undefined` while it is read, `null` where there is none (deleted, or never was). */
type Read<T> = T | undefined | null;

/** A live query whose answer for another id is never shown. */
function useRead<T>(id: string, read: (id: string) => Promise<T | undefined>): Read<T> {
  const answer = useLiveQuery(async () => ({ id, value: (await read(id)) ?? null }), [id]);
  return answer?.id === id ? answer.value : undefined;
}

export interface ListedExam {
  readonly record: ExamRecord;
  readonly sheets: SheetCounts;
}

async function listExams(): Promise<readonly ListedExam[]> {
  const { exams } = theRecords();
  const records = await exams.listExams();
  const counts = await exams.countSheets(records.map(({ id }) => id));
  return records.map((record) => ({ record, sheets: counts.get(record.id) ?? noSheets }));
}

/** Exams with the number of their sheets, in no order. */
export function useExams(): readonly ListedExam[] | undefined {
  return useLiveQuery(listExams, []);
}

/** Exams without their sheets, in no order. */
export function useExamRecords(): readonly ExamRecord[] | undefined {
  return useLiveQuery(() => theRecords().exams.listExams(), []);
}

/** Exams whose time to keep pupils' sheets is over, and which have some. Nothing is deleted before a person says so. */
export function useDueExams(): readonly ListedExam[] | undefined {
  return useLiveQuery(async () => (await listExams()).filter((exam) => isDue(exam, Date.now())), []);
}

function isDue({ record: { keepPupilsUntil }, sheets }: ListedExam, now: number): boolean {
  return keepPupilsUntil !== undefined && keepPupilsUntil < now && sheets.total > 0;
}

export function useExam(id: string): Read<ExamRecord> {
  return useRead(id, (each) => theRecords().exams.getExam(each));
}

/** Class lists in no order. */
export function useRosters(): readonly RosterRecord[] | undefined {
  return useLiveQuery(() => theRecords().rosters.listRosters(), []);
}

/** `null` where there is none, and where no id is given. */
export function useRoster(id: string | undefined): Read<RosterRecord> {
  return useRead(id ?? '', async (each) => (each === '' ? undefined : theRecords().rosters.getRoster(each)));
}

/** Sheets of an exam in the order in which they came. */
/** One sheet with where its bubbles lie. */
export function useSheet(id: string): Read<SheetRecord> {
  return useRead(id, theRecords().sheets.getSheet);
}

function useSheets(examId: string): readonly ListedSheet[] | undefined {
  const watch = watchOf(examId);
  return useSyncExternalStore(watch.subscribe, watch.sheets);
}

/** They forget all sheets when no screen is left. */
const watches = new Map<string, SheetWatch>();

/** One for all parts of a screen, and for the next step of the same exam. */
function watchOf(examId: string): SheetWatch {
  const watch = watches.get(examId) ?? new SheetWatch(theStore().db, examId);
  watches.set(examId, watch);
  return watch;
}

/** What an exam's sheets come to. */
export interface AssembledView {
  readonly assembled: AssembledExam;
  /** One for each paper, in their order. */
  readonly scores: readonly PaperScore[];
  readonly sheets: readonly ListedSheet[];
  readonly roster: Roster | undefined;
}

/** Follows sheets, class list and exam; undefined while they are read. */
export function useAssembled(record: ExamRecord): AssembledView | undefined {
  const current = useSheets(record.id);
  // While hundreds of sheets are read, what is tapped comes first.
  const sheets = useDeferredValue(current);
  const rosterRecord = useRoster(record.rosterId);
  const roster = rosterRecord === null ? null : rosterRecord?.roster;
  return useMemo(() => {
    if (sheets === undefined || roster === undefined) return undefined;
    return assembleOnce(record, roster ?? undefined, sheets);
  }, [record, roster, sheets]);
}

let lastAssembled: { readonly of: readonly unknown[]; readonly view: AssembledView } | undefined;

/** The steps in a row and the step below them ask for the same. */
function assembleOnce(record: ExamRecord, roster: Roster | undefined, sheets: readonly ListedSheet[]): AssembledView {
  const of = [record, roster, sheets];
  if (lastAssembled?.of.every((each, at) => each === of[at]) !== true) {
    const assembled = assemblePapers(record, roster, sheets);
    const view = { assembled, scores: scorePapers(record.exam, assembled.papers), sheets, roster };
    lastAssembled = { of, view };
  }
  return lastAssembled.view;
}

/** Bytes of all sheets on this device. */
export function useSheetBytes(): number | undefined {
  return useLiveQuery(() => theRecords().sheets.countBytes(), []);
}

type ReadingLine = Awaited<ReturnType<SheetRecords['lookAtLine']>>;

/** The tray counts along once a second. */
const trayCalmMs = 1000;

/** What is read in the background, of all exams; undefined for nothing. */
export function useReadingLine(): ReadingLine {
  const [line, setLine] = useState<ReadingLine>();
  useEffect(
    () =>
      watchChanges(
        theStore().db,
        'sheets',
        trayCalmMs,
        async () => setLine(await theRecords().sheets.lookAtLine()),
        console.error,
      ),
    [],
  );
  return line;
}

/** Why no sheet is read; undefined while they are. */
export function usePausedReading(): Failure | undefined {
  const queue = theSheetQueue();
  return useSyncExternalStore(queue.subscribe, () => queue.paused);
}

/** The address of a sheet's photo for an `<img>`; undefined while there is none. */
export function useSheetPhoto(sheetId: string): string | undefined {
  const picture = useMemo(() => new LivePicture(() => theRecords().sheets.getPhoto(sheetId)), [sheetId]);
  return useSyncExternalStore(picture.subscribe, picture.url);
}
