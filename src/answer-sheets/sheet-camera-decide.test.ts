import { expect, test } from 'vitest';

import { type SheetSight, type SheetWatch, watchSheet, watchingSheets } from './sheet-camera-decide.ts';

function sight(answers: string, { hasCode = true, page = 'EXAM A 1 ' } = {}): SheetSight {
  const values = new Map(
    Array.from(answers, (value, index) => [`q${index}`, value === '?' ? undefined : value] as const),
  );
  return { page, values, doubtful: Array.from(answers).filter((value) => value === '?').length, hasCode };
}

/** @returns for each frame whether it is kept */
function watchAll(frames: readonly (SheetSight | undefined)[]): readonly boolean[] {
  let watch: SheetWatch = watchingSheets;
  return frames.map((frame) => {
    const next = watchSheet(watch, frame);
    watch = next.watch;
    return next.keeps;
  });
}

test('a sheet whose code was read and that has no doubts is kept at once, and once', () => {
  expect(watchAll([sight('ABC'), sight('ABC'), sight('AB?'), sight('ABC')])).toEqual([true, false, false, false]);
});

test('without a code, or with doubts, two readings must be alike', () => {
  const plain = sight('ABC', { hasCode: false });
  expect(watchAll([plain, plain])).toEqual([false, true]);
  expect(watchAll([sight('A?C'), sight('B?C'), sight('A?C')])).toEqual([false, false, true]);
});

test('a mark that never settles does not hold the sheet up for ever', () => {
  expect(watchAll([sight('A?C'), sight('B?C'), sight('C?C'), sight('D?C')])).toEqual([false, false, false, true]);
});

test('the next sheet may follow at once, even with the same code', () => {
  expect(watchAll([sight('ABC'), sight('CCC'), sight('CCC'), sight('CCC')])).toEqual([true, false, true, false]);
});

test('a hand over the sheet does not make it a new one; taking it away does', () => {
  expect(watchAll([sight('ABC'), undefined, undefined, sight('ABC')])).toEqual([true, false, false, false]);
  const gone = Array.from({ length: 5 }, () => undefined);
  expect(watchAll([sight('ABC'), ...gone, sight('ABC')]).at(-1)).toBe(true);
});
