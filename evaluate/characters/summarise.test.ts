import { describe, expect, it } from 'vitest';
import { UnusableInput } from '../unusable.ts';
import { readIdx } from './read-idx.ts';
import { readTruth } from './read-truth.ts';
import { summarise, type ReadCharacter } from './summarise.ts';

const read = (character: string, probability: number): ReadCharacter => ({
  state: probability > 0.9 ? 'read' : 'doubtful',
  character,
  probability,
});

describe('summarise', () => {
  it('counts what is right, by class, and what is struck out as wrong', () => {
    const summary = summarise(
      ['A', 'A', 'B', 'B'],
      [read('A', 0.99), read('B', 0.4), read('B', 0.95), { state: 'scribbled', probability: 0 }],
    );
    expect(summary.accuracy).toBe(0.5);
    expect(summary.perClass).toEqual({ A: { count: 2, accuracy: 0.5 }, B: { count: 2, accuracy: 0.5 } });
    expect(summary.acceptedByApp).toEqual({ accepted: 0.5, error: 0 });
    expect(summary.takenForStruckOut).toBe(1);
  });

  it('accepts as many as leave at most one in two hundred wrong', () => {
    // The 301st surest is wrong, and so are the last hundred.
    const labels = Array.from({ length: 1000 }, () => '7');
    const readings = labels.map((_, at) => read(at === 300 || at >= 900 ? '1' : '7', 1 - at / 1000));
    const { acceptedAtHalfPercent } = summarise(labels, readings);
    // 1 of 900 is right; with four more wrong ones, 5 of 904 are too many.
    expect(acceptedAtHalfPercent.accepted).toBeCloseTo(0.903);
    expect(acceptedAtHalfPercent.error).toBeCloseTo(4 / 903);
  });

  it('accepts none where the surest is wrong and few follow', () => {
    expect(summarise(['1', '2'], [read('2', 0.9), read('2', 0.8)]).acceptedAtHalfPercent.accepted).toBe(0);
  });
});

describe('readIdx', () => {
  it('reads sizes and values', () => {
    const { sizes, values } = readIdx(Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6));
    expect(sizes).toEqual([2, 3]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    ['a file that is cut off', [0, 0, 8, 1, 0, 0, 0, 4, 1, 2]],
    ['floats', [0, 0, 13, 1, 0, 0, 0, 1, 1, 2, 3, 4]],
    ['nothing', []],
  ])('refuses %s', (_what, bytes) => {
    expect(() => readIdx(Uint8Array.from(bytes))).toThrow(/IDX/);
  });
});

describe('readTruth', () => {
  it.each<[string, unknown]>([
    ['no classes', { images: 'a', labels: 'b' }],
    ['small letters', { images: 'a', labels: 'b', classes: ['a'] }],
    ['a class that is there twice', { images: 'a', labels: 'b', classes: ['A', 'A'] }],
  ])('refuses %s', (_what, truth) => {
    expect(() => readTruth(truth)).toThrow(UnusableInput);
  });
});
