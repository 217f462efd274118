import { expect, it, vi } from 'vitest';

import { openMemoryDatabase } from './memory-database.ts';
import { freshSheet } from './sheet-records.ts';
import { storeSheets } from './store-sheets.ts';
import { watchChanges } from './watch-changes.ts';

const calmMs = 40;

async function openWatched(name: string) {
  const db = await openMemoryDatabase(name);
  const write = (id: string) =>
    db.transaction('rw', db.sheets, () =>
      storeSheets(db, [
        freshSheet({ id, examId: 'exam', fileName: '', photoKind: 'jpeg', bytes: 1, position: 1, at: 1 }),
      ]),
    );
  return { db, write };
}

it('reads at once, once for a burst of changes, and never before the time is up', async () => {
  const { db, write } = await openWatched('papel changes');
  const counts: number[] = [];
  const times: number[] = [];
  const stop = watchChanges(
    db,
    'sheets',
    calmMs,
    async () => {
      times.push(performance.now());
      counts.push(await db.sheets.count());
    },
    () => {},
  );
  for (const id of ['a', 'b', 'c', 'd', 'e']) await write(id);
  await vi.waitFor(() => expect(counts.at(-1)).toBe(5));
  expect(counts.length).toBeLessThan(5);
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(calmMs - 5);
  stop();
});

it('leaves changes of other tables alone, says what went wrong, goes on after it, and ends', async () => {
  const { db, write } = await openWatched('papel changes that fail');
  const read = vi.fn(() => Promise.resolve()).mockRejectedValueOnce(new Error('full'));
  const onError = vi.fn();
  const stop = watchChanges(db, 'sheets', calmMs, read, onError);
  await vi.waitFor(() => expect(onError).toHaveBeenCalledOnce());
  await db.settings.put({ key: 'theme', value: 'dark' });
  await new Promise((resolve) => {
    setTimeout(resolve, 2 * calmMs);
  });
  expect(read).toHaveBeenCalledOnce();
  await write('a');
  await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(2));
  stop();
  await write('b');
  await new Promise((resolve) => {
    setTimeout(resolve, 2 * calmMs);
  });
  expect(read).toHaveBeenCalledTimes(2);
});
