import { afterEach, expect, test, vi } from 'vitest';

import { openMemoryDatabase } from './memory-database.ts';
import type { SheetRecord } from './records.ts';
import { sheetRecords } from './sheet-records.ts';
import { SheetWatch } from './sheet-watch.ts';
import { storeSheets } from './store-sheets.ts';

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const sheet = (id: string, createdAt: number, examId = 'exam'): SheetRecord => ({
  id,
  examId,
  state: 'waiting',
  queuePosition: createdAt,
  revision: 0,
  attempts: 0,
  fileName: '',
  photoKind: 'jpeg',
  corrections: {},
  pointsByHand: {},
  isSetAside: false,
  bytes: 1,
  createdAt,
});

test('follows what is added, changed, deleted and erased, and leaves the rest as it was', async () => {
  const db = await openMemoryDatabase('papel watch');
  const write = (...sheets: SheetRecord[]) => db.transaction('rw', db.sheets, () => storeSheets(db, sheets));
  await write(sheet('b', 2), sheet('a', 1), sheet('other', 1, 'another exam'));
  const watch = new SheetWatch(db, 'exam');
  expect(watch.sheets()).toBeUndefined();
  stops.push(watch.subscribe(() => {}));
  const ids = () => watch.sheets()?.map(({ id, state }) => `${id} ${state}`);
  await vi.waitFor(() => expect(ids()).toEqual(['a waiting', 'b waiting']));

  const [first] = watch.sheets() ?? [];
  await write({ ...sheet('b', 2), state: 'read' }, sheet('c', 3));
  await vi.waitFor(() => expect(ids()).toEqual(['a waiting', 'b read', 'c waiting']));
  expect(watch.sheets()?.[0]).toBe(first);

  const records = sheetRecords(db);
  await records.deleteSheets(['a']);
  await vi.waitFor(() => expect(ids()).toEqual(['b read', 'c waiting']));
  await records.restoreSheets(['a']);
  await vi.waitFor(() => expect(ids()).toEqual(['a waiting', 'b read', 'c waiting']));
  await db.sheets.delete('c');
  await vi.waitFor(() => expect(ids()).toEqual(['a waiting', 'b read']));
});

test('keeps what it knows for the next screen, and shows who comes later only what is there by then', async () => {
  const db = await openMemoryDatabase('papel watch that is left');
  const write = (...sheets: SheetRecord[]) => db.transaction('rw', db.sheets, () => storeSheets(db, sheets));
  await write(sheet('a', 1));
  const watch = new SheetWatch(db, 'exam');
  const leave = watch.subscribe(() => {});
  await vi.waitFor(() => expect(watch.sheets()).toHaveLength(1));
  leave();
  const leaveNext = watch.subscribe(() => {});
  expect(watch.sheets()).toHaveLength(1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(watch.sheets()).toHaveLength(1);
  leaveNext();
  await vi.waitFor(() => expect(watch.sheets()).toBeUndefined());

  await write({ ...sheet('a', 1), state: 'read' });
  stops.push(watch.subscribe(() => {}));
  expect(watch.sheets()).toBeUndefined();
  await vi.waitFor(() => expect(watch.sheets()?.map(({ state }) => state)).toEqual(['read']));
});

test('tells of a single change at once, and of a burst no more than twice a second', async () => {
  const db = await openMemoryDatabase('papel watch in a burst');
  const write = (...sheets: SheetRecord[]) => db.transaction('rw', db.sheets, () => storeSheets(db, sheets));
  await write(sheet('a', 1));
  const watch = new SheetWatch(db, 'exam');
  const told: number[] = [];
  stops.push(watch.subscribe(() => told.push(watch.sheets()?.length ?? 0)));
  await vi.waitFor(() => expect(told).toEqual([1]));
  for (let at = 2; at <= 20; at += 1) await write(sheet(`sheet ${at}`, at));
  await vi.waitFor(() => expect(told.at(-1)).toBe(20));
  expect(told.length).toBeLessThan(10);
});

test('misses nothing where the clock was set back', async () => {
  const db = await openMemoryDatabase('papel watch with a clock');
  const write = (...sheets: SheetRecord[]) => db.transaction('rw', db.sheets, () => storeSheets(db, sheets));
  await write(sheet('a', 1));
  const watch = new SheetWatch(db, 'exam');
  stops.push(watch.subscribe(() => {}));
  await vi.waitFor(() => expect(watch.sheets()).toHaveLength(1));
  const clock = vi.spyOn(Date, 'now').mockReturnValue(5);
  await write({ ...sheet('a', 1), state: 'read' });
  clock.mockRestore();
  await vi.waitFor(() => expect(watch.sheets()?.[0]?.state).toBe('read'));
});
