import { describe, expect, it } from 'vitest';
import { closePlane, erodePlane, fillGaps, readRow, shrinkBytes, shrinkPlane, type Plane } from './plane.ts';

/** Numbers from 0 to 255 in no order. */
function scatter(width: number, height: number): Plane {
  return {
    width,
    height,
    values: Uint8Array.from({ length: width * height }, (_, at) => (at * 7919 + ((at * at) % 251)) % 256),
  };
}

/** Extreme of each square by looking at every pixel of it. */
function slide({ width, height, values }: Plane, radius: number, extreme: (...values: number[]) => number): Plane {
  const out = values.map((_, at) => {
    const x = at % width;
    const y = Math.floor(at / width);
    const near: number[] = [];
    for (let row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row++)
      for (let column = Math.max(0, x - radius); column <= Math.min(width - 1, x + radius); column++)
        near.push(values[row * width + column] ?? 0);
    return extreme(...near);
  });
  return { width, height, values: out };
}

describe('morphology', () => {
  it.each([
    [1, 1, 2],
    [40, 1, 3],
    [1, 23, 1],
    [31, 17, 1],
    [30, 18, 4],
    [5, 4, 9],
  ])('%i x %i with radius %i is what looking at every pixel gives', (width, height, radius) => {
    const plane = scatter(width, height);
    expect(erodePlane(plane, radius)).toEqual(slide(plane, radius, Math.min));
    expect(closePlane(plane, radius)).toEqual(slide(slide(plane, radius, Math.max), radius, Math.min));
  });

  it('closing takes a thin dark line away and leaves a wide dark area with its edge', () => {
    const plane: Plane = { width: 40, height: 40, values: new Uint8Array(1600).fill(200) };
    for (let y = 0; y < 40; y++) {
      plane.values[y * 40 + 8] = 20;
      plane.values.fill(90, y * 40 + 22, y * 40 + 40);
    }
    const closed = closePlane(plane, 3);
    for (let y = 0; y < 40; y++)
      expect([...closed.values.subarray(y * 40, y * 40 + 40)]).toEqual(
        Array.from({ length: 40 }, (_, x) => (x < 22 ? 200 : 90)),
      );
  });
});

describe('readRow', () => {
  it('enlarges a slope to the same slope, centres on centres', () => {
    const plane = {
      width: 6,
      height: 5,
      values: Float32Array.from({ length: 30 }, (_, at) => 3 * (at % 6) + 10 * Math.floor(at / 6)),
    };
    for (const factor of [1, 2, 5, 3.3]) {
      const row = new Float32Array(Math.floor(6 * factor));
      const y = Math.floor(2.4 * factor);
      readRow(plane, factor, y, row);
      row.forEach((value, x) => {
        const atX = Math.min(5, Math.max(0, (x + 0.5) / factor - 0.5));
        const atY = (y + 0.5) / factor - 0.5;
        expect(value, `pixel ${x} at ${factor}`).toBeCloseTo(3 * atX + 10 * atY, 3);
      });
    }
  });

  it('goes on level beyond the borders and beyond the last column', () => {
    const plane = { width: 2, height: 1, values: Float32Array.of(5, 9) };
    const row = new Float32Array(12);
    readRow(plane, 4, 100, row);
    expect([row[0], row[1], row[7], row[11]]).toEqual([5, 5, 9, 9]);
  });
});

describe('shrinkPlane and fillGaps', () => {
  it('means of squares, of what there is at the border', () => {
    const plane = { width: 5, height: 3, values: Uint8Array.from({ length: 15 }, (_, at) => at) };
    expect([...shrinkPlane(plane, 2).values]).toEqual([3, 5, 6.5, 10.5, 12.5, 14]);
  });

  it('fills a large gap smoothly and leaves the known as it is', () => {
    const width = 64;
    const isKnown = (x: number, y: number): boolean => Math.hypot(x - 32, y - 32) > 20;
    const values = new Float32Array(width * width);
    const known = new Float32Array(width * width);
    for (let y = 0, at = 0; y < width; y++)
      for (let x = 0; x < width; x++, at++) {
        known[at] = isKnown(x, y) ? 1 : 0;
        values[at] = isKnown(x, y) ? 100 + x : -1000;
      }
    const filled = fillGaps({ width, height: width, values }, { width, height: width, values: known });
    for (let y = 0, at = 0; y < width; y++)
      for (let x = 0; x < width; x++, at++) {
        expect(Math.abs((filled.values[at] ?? 0) - 100 - x), `${x}, ${y}`).toBeLessThan(isKnown(x, y) ? 1e-6 : 18);
      }
  });

  it('takes a plane of which nothing is known', () => {
    const nothing = { width: 3, height: 3, values: new Float32Array(9) };
    expect(fillGaps({ ...nothing, values: new Float32Array(9).fill(7) }, nothing).values.every(Number.isFinite)).toBe(
      true,
    );
  });
});

it.each([
  [2, 6, 4],
  [2, 7, 5],
  [3, 8, 7],
])('shrinkBytes by %i rounds what shrinkPlane gives (%i x %i)', (factor, width, height) => {
  const plane = { width, height, values: Uint8Array.from({ length: width * height }, (_, at) => (at * 89) % 256) };
  const exact = shrinkPlane(plane, factor);
  const shrunk = shrinkBytes(plane, factor);
  expect({ width: shrunk.width, height: shrunk.height }).toEqual({ width: exact.width, height: exact.height });
  expect([...shrunk.values]).toEqual([...exact.values].map((value) => Math.floor(value + 0.5)));
});
