import { expect, test } from 'vitest';
import { linesOf, note, writeLogCsv, type LogEntry } from './presence-log.ts';

const start = new Date(2026, 10, 27, 14, 5, 9).getTime();

test('only changes are noted, each with how long it lasted', () => {
  let log: readonly LogEntry[] = [];
  log = note(log, 'one', start);
  log = note(log, 'one', start + 5000);
  log = note(log, 'none', start + 61_000);
  expect(linesOf(log, start + 65_400)).toEqual([
    { sight: 'one', at: start, seconds: 61 },
    { sight: 'none', at: start + 61_000, seconds: 4 },
  ]);
});

test('the file is a table with the time on the wall', () => {
  const sentences = {
    none: 'No face visible',
    one: 'One face visible',
    several: 'Several faces visible',
    dark: 'Too dark',
    turned: 'A face is visible, turned away',
    far: 'far',
    paused: 'Paused',
  };
  const csv = writeLogCsv(linesOf([{ sight: 'turned', at: start }], start + 1000), {
    time: 'Time',
    what: 'What',
    seconds: 'Seconds',
    sentences,
  });
  expect(csv).toBe('\uFEFFTime,What,Seconds\r\n2026-11-27 14:05:09,"A face is visible, turned away",1\r\n');
});
