import { describe, expect, it } from 'vitest';
import { findColumns } from './find-columns.ts';
import { asLetters, setLine } from './testing/set-letters.ts';

const rows = (count: number, from = 120) => Array.from({ length: count }, (_, at) => from + at * 20);

describe('findColumns', () => {
  it('reads what is above columns, then the left one, then the right one, then what is below', () => {
    const parts = findColumns(
      asLetters([
        ...setLine(40, 60, 60),
        ...rows(10).flatMap((y) => setLine(40, y, 24)),
        ...rows(10).flatMap((y) => setLine(400, y + 7, 24)),
        ...setLine(40, 400, 60),
      ]),
    );
    expect(parts.map(({ left, top }) => ({ left, top }))).toEqual([
      { left: 40, top: 50 },
      { left: 40, top: 110 },
      { left: 400, top: 117 },
      { left: 40, top: 390 },
    ]);
  });

  it('reads a table row by row', () => {
    const cells = rows(8).flatMap((y) => [40, 200, 360].flatMap((x) => setLine(x, y, 8)));
    expect(findColumns(asLetters(cells))).toHaveLength(1);
  });

  it('has an answer for a page without letters', () => {
    expect(findColumns(asLetters([]))).toEqual([]);
  });
});
