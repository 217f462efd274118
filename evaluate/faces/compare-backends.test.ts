import { expect, it } from 'vitest';
import { compareBackends } from './compare-backends.ts';
import type { Detection } from './summarise.ts';

const face = (x: number, score = 0.9): Detection => ({ box: [x, 10, 40, 50], score });

it('pairs what lies at the same place, and tells how far it is off', () => {
  const agreement = compareBackends([
    { wasm: [face(0), face(100, 0.8)], webgl: [face(101, 0.82), face(0)] },
    { wasm: [], webgl: [] },
  ]);
  expect(agreement).toMatchObject({ pictures: 2, sameFaces: 2, onlyOnOne: 0, isWithinTolerance: true });
  expect(agreement.leastOverlap).toBeCloseTo(39 / 41, 6);
  expect(agreement.largestScoreDifference).toBeCloseTo(0.02, 6);
});

it('counts a face that only one of them finds, whichever it is', () => {
  const agreement = compareBackends([{ wasm: [face(0), face(100)], webgl: [face(100), face(300)] }]);
  expect(agreement).toMatchObject({ sameFaces: 1, onlyOnOne: 2, isWithinTolerance: false });
});

it('is outside of the tolerance by place or by chance', () => {
  expect(compareBackends([{ wasm: [face(0)], webgl: [face(8)] }]).isWithinTolerance).toBe(false);
  expect(compareBackends([{ wasm: [face(0)], webgl: [face(0, 0.8)] }]).isWithinTolerance).toBe(false);
});
