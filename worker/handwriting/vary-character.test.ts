import { describe, expect, it } from 'vitest';
import { characterPx } from './normalise-character.ts';
import { averageChances, varyCharacter } from './vary-character.ts';

/** A bar down the middle, 20 pixels high and 2 wide. */
const bar = Float32Array.from({ length: characterPx ** 2 }, (_, at) => {
  const x = at % characterPx;
  const y = Math.floor(at / characterPx);
  return x >= 13 && x < 15 && y >= 4 && y < 24 ? 1 : 0;
});

const rowOf = (picture: Float32Array, y: number) => picture.subarray(y * characterPx, (y + 1) * characterPx);
const centreOf = (row: Float32Array) =>
  row.reduce((sum, value, x) => sum + value * x, 0) / row.reduce((sum, value) => sum + value, 0);
const inkedRows = (picture: Float32Array) =>
  Array.from({ length: characterPx }, (_, y) => Math.max(...rowOf(picture, y))).filter((most) => most > 0.5).length;

describe('varyCharacter', () => {
  it('slants the character to either side about its middle', () => {
    const leans = varyCharacter(bar).map((picture) => centreOf(rowOf(picture, 6)) - centreOf(rowOf(picture, 21)));
    expect(leans).toEqual([2.25, -2.25, 0, 0].map((lean) => expect.closeTo(lean)));
  });

  it('makes it smaller and larger', () => {
    expect(varyCharacter(bar).map(inkedRows)).toEqual([20, 20, 18, 22]);
  });
});

describe('averageChances', () => {
  it('gives more to what all find possible than to what one alone is sure of', () => {
    const [sure, possible] = averageChances([Float32Array.of(0.98, 0.02), Float32Array.of(0.001, 0.999)]);
    expect(possible).toBeGreaterThan(sure ?? 1);
    expect((sure ?? 0) + (possible ?? 0)).toBeCloseTo(1);
  });

  it('leaves one opinion alone, and a chance of 0 finite', () => {
    expect([...averageChances([Float32Array.of(0.75, 0.25, 0)])]).toEqual([0.75, 0.25, expect.closeTo(0)]);
  });
});
