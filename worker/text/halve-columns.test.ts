import { expect, it } from 'vitest';
import type { PrintBox } from '#contract/text.ts';
import { halveColumns } from './halve-columns.ts';
import type { PreparedPage } from './prepare-page.ts';
import { asLetters, setLine } from './testing/set-letters.ts';

const size = { width: 800, height: 1000 };

/** A page of straight lines, 24 apart, with the ink of its letters. */
function setPage(boxes: readonly PrintBox[]): PreparedPage {
  const values = new Uint8Array(size.width * size.height).fill(250);
  for (const { left, top, right, bottom } of boxes)
    for (let y = top; y < bottom; y++) values.fill(20, y * size.width + left, y * size.width + right);
  return {
    picture: { ...size, values },
    narrowing: 1,
    letters: asLetters(boxes),
    toPage: (x, y) => [x, y],
  };
}

const setLines = (left: number, count: number, letters: number) =>
  Array.from({ length: count }, (_, at) => setLine(left, 100 + at * 24, letters)).flat();

const sumOf = (bands: readonly { readonly work: number }[]) => bands.reduce((sum, { work }) => sum + work, 0);

it('parts a column between two rows, half of the letters above', () => {
  const boxes = [...setLine(50, 76, 60), ...setLines(50, 19, 20)];
  const column = { left: 50, top: 66, right: 790, bottom: 532 };
  const { first, second } = halveColumns(setPage(boxes), [column]);
  expect([first, second].map((bands) => bands.map((band) => band.column))).toEqual([[0], [0]]);
  expect(sumOf(first) / (sumOf(first) + sumOf(second))).toBeCloseTo(0.5, 1);
  const row = first[0]?.own.bottom ?? 0;
  const isCutBy = (at = 0) => boxes.some(({ top, bottom }) => top < at && bottom > at);
  expect([isCutBy(row), isCutBy(first[0]?.read.bottom), isCutBy(second[0]?.read.top)]).toEqual([false, false, false]);
  expect(second[0]?.own).toEqual({ top: row, bottom: size.height });
  // Each reads one row of the other's.
  expect((first[0]?.read.bottom ?? 0) - row).toBe(24);
  expect(row - (second[0]?.read.top ?? 0)).toBe(24);
});

it('gives whole columns where that is nearly half, and keeps their order', () => {
  const boxes = [...setLines(50, 12, 20), ...setLines(420, 12, 20)];
  const columns = [
    { left: 50, top: 90, right: 300, bottom: 370 },
    { left: 420, top: 90, right: 700, bottom: 370 },
  ];
  const { first, second } = halveColumns(setPage(boxes), columns);
  expect([first, second].map((bands) => bands.map(({ column, box }) => ({ column, box })))).toEqual([
    [{ column: 0, box: columns[0] }],
    [{ column: 1, box: columns[1] }],
  ]);
});

it('parts nothing where ink that is no letter lies across every gap, or where there is little to read', () => {
  const boxes = setLines(50, 20, 20);
  const column = { left: 50, top: 90, right: 300, bottom: 560 };
  const barred = setPage(boxes);
  for (let y = 0; y < size.height; y++) barred.picture.values.fill(0, y * size.width + 200, y * size.width + 203);
  expect(halveColumns(barred, [column]).second).toEqual([]);
  expect(halveColumns(setPage(boxes.slice(0, 200)), [column]).second).toEqual([]);
});
