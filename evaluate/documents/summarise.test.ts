import { expect, it } from 'vitest';
import { UnusableInput } from '../unusable.ts';
import type { Quad } from './quad-overlap.ts';
import { readTruth, type LabelledPhoto } from './read-truth.ts';
import { summarise, type Finding } from './summarise.ts';

const whole: Quad = [
  [0, 0],
  [100, 0],
  [100, 100],
  [0, 100],
];
const half: Quad = [
  [0, 0],
  [50, 0],
  [50, 100],
  [0, 100],
];
const almost: Quad = [
  [0, 0],
  [91, 0],
  [91, 100],
  [0, 100],
];

const photo = (file: string, hasPage: boolean, tags: string[] = []): LabelledPhoto => ({
  file,
  corners: hasPage
    ? [
        [0, 0],
        [100, 0],
        [100, 100],
        [0, 100],
      ]
    : null,
  tags,
});
const found = (corners: Quad | null, ms = 10): Finding => ({ corners, confidence: 1, ms, decodeMs: 2 * ms });

it('counts pages, hits, misses and false alarms, in all and per tag', () => {
  const summary = summarise(
    [
      photo('a', true, ['dark']),
      photo('b', true, ['dark', 'card']),
      photo('c', true),
      photo('d', false),
      photo('e', false, ['card']),
    ],
    [found(whole, 10), found(half, 20), found(null, 30), found(null, 40), found(half, 50)],
  );
  expect(summary).toMatchObject({ pages: 3, negatives: 2, meanIoU: 0.5, falseDetections: 1, errors: 0 });
  expect(summary.hitRate).toBeCloseTo(1 / 3);
  expect(summary.msPerFile.p50).toBe(30);
  expect(summary.msPerFile.p95).toBeCloseTo(48);
  expect(summary.decodeMs.p50).toBe(60);
  expect(summary.tags).toEqual({
    card: { pages: 1, negatives: 1, meanIoU: 0.5, hitRate: 0, falseDetections: 1 },
    dark: { pages: 2, negatives: 0, meanIoU: 0.75, hitRate: 0.5, falseDetections: 0 },
  });
  expect(summary.perFile.map(({ iou }) => iou)).toEqual([1, 0.5, 0, null, null]);
});

it('takes an overlap of 0.9 as a hit', () => {
  expect(summarise([photo('a', true)], [found(almost)]).hitRate).toBe(1);
});

it('counts a file that failed as not found, and leaves it out of the times', () => {
  const failed: Finding = { ...found(null, 0), error: 'damaged-file' };
  const summary = summarise([photo('a', true), photo('b', true)], [found(whole, 10), failed]);
  expect(summary).toMatchObject({ meanIoU: 0.5, errors: 1, msPerFile: { p50: 10, p95: 10 } });
});

it('knows no rate of nothing', () => {
  expect(summarise([photo('a', false)], [found(null)])).toMatchObject({ meanIoU: null, hitRate: null });
});

it.each([
  ['no list', { file: 'a' }],
  ['an empty list', []],
  [
    'three corners',
    [
      {
        file: 'a',
        corners: [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      },
    ],
  ],
  [
    'corners in words',
    [
      {
        file: 'a',
        corners: [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 'one'],
        ],
      },
    ],
  ],
  ['no file', [{ corners: null }]],
])('refuses a truth with %s', (_name, json) => {
  expect(() => readTruth(json)).toThrow(UnusableInput);
});

it('reads a truth without tags', () => {
  expect(readTruth([{ file: 'a.jpg', corners: null }])).toEqual([{ file: 'a.jpg', corners: null, tags: [] }]);
});
