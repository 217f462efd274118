import { describe, expect, it } from 'vitest';
import { compareMarks } from './compare-marks.ts';
import { patchSamples, patchSide } from './sample-patches.ts';

type Stroke = 'tick' | 'across' | 'none';

/** Darkness of bubbles that hold a tick, each put off by up to a sample, a level line, or nothing. */
function drawPatches(strokes: readonly Stroke[]): Uint8Array {
  const patches = new Uint8Array(strokes.length * patchSamples);
  strokes.forEach((stroke, cell) => {
    const draw = (x: number, y: number) => {
      patches[cell * patchSamples + y * patchSide + x] = 200;
    };
    const off = cell % 2;
    for (let at = 0; at < 8; at++) {
      if (stroke === 'tick') draw(3 + at, 9 + off - at);
      if (stroke === 'tick' && at < 3) draw(1 + at, 7 + off + at);
      if (stroke === 'across') draw(2 + at, 3);
    }
  });
  return patches;
}

const compare = (strokes: readonly Stroke[]) => {
  const inks = strokes.map((stroke) => ({ fill: 0, stroke: stroke === 'none' ? 0 : 0.6 }));
  const noPrint = new Uint8Array(patchSamples);
  return compareMarks(drawPatches(strokes), { ofCells: [], ofAny: noPrint }, inks);
};

describe('marks of one sheet', () => {
  it('are alike, and a line that strayed is not', () => {
    const likenesses = compare([...Array.from({ length: 12 }, () => 'tick' as const), 'across', 'none']);
    expect(Math.min(...likenesses.slice(0, 12).map((likeness) => likeness ?? 0))).toBeGreaterThan(0.95);
    expect(likenesses[12]).toBeLessThan(0.5);
    expect(likenesses[13]).toBeUndefined();
  });

  it('are compared only where there are enough of them', () => {
    expect(compare(['tick', 'tick', 'across'])).toEqual([undefined, undefined, undefined]);
  });
});
