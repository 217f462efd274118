import { expect, it } from 'vitest';
import { decodeBlazeface } from './decode-blazeface.ts';
import { decodeYunet } from './decode-yunet.ts';

/** A picture of 128 x 96 pixels: 8 x 6 fine cells, 4 x 3 coarse ones. */
const size = { width: 128, height: 96 };

/** Outputs in which every chance is small but those given, and every place 0 but theirs. */
function blazefaceOutputs(grid: 'fine' | 'coarse', index: number, score: number, places: readonly number[]) {
  const outputs = {
    'fine-scores': new Float32Array(8 * 6 * 2).fill(0.01),
    'fine-places': new Float32Array(8 * 6 * 32),
    'coarse-scores': new Float32Array(4 * 3 * 6).fill(0.01),
    'coarse-places': new Float32Array(4 * 3 * 96),
  };
  outputs[`${grid}-scores`][index] = score;
  outputs[`${grid}-places`].set(
    places.map((px) => px / 256),
    16 * index,
  );
  return outputs;
}

it('places a guess of BlazeFace by its cell, and takes the box up to the forehead', () => {
  // The second guess of the fine cell in column 3, row 2: its middle is (56, 40).
  const outputs = blazefaceOutputs('fine', 2 * (2 * 8 + 3) + 1, 0.8, [4, -2, 20, 20, -5, -6, 6, -6, 1, 0]);
  const [face, ...more] = decodeBlazeface(outputs, size, 0.3);
  expect(more).toEqual([]);
  expect(face?.score).toBeCloseTo(0.8);
  expect(face?.box.width).toBeCloseTo(18.9, 3);
  expect(face?.box.height).toBeCloseTo(23.8, 3);
  expect((face?.box.x ?? 0) + (face?.box.width ?? 0) / 2).toBeCloseTo(60, 3);
  // Its middle was at 38; the box now reaches further up than down from there.
  expect(38 - (face?.box.y ?? 0)).toBeGreaterThan((face?.box.y ?? 0) + (face?.box.height ?? 0) - 38);
  expect(face?.eyes[0].x).toBeCloseTo(51, 3);
  expect(face?.eyes[1].x).toBeCloseTo(62, 3);
  expect(face?.nose.y).toBeCloseTo(40, 3);
});

it('reads the coarse grid of BlazeFace, six guesses a cell', () => {
  const outputs = blazefaceOutputs('coarse', 6 * (1 * 4 + 2) + 5, 0.9, [0, 0, 60, 50]);
  const [face] = decodeBlazeface(outputs, size, 0.3);
  expect((face?.box.x ?? 0) + (face?.box.width ?? 0) / 2).toBeCloseTo(80, 3);
});

it('places a guess of YuNet by the corner of its cell, its size by powers of e', () => {
  const outputs: Record<string, Float32Array> = {};
  for (const cellPx of [8, 16, 32]) {
    const cells = (128 / cellPx) * (96 / cellPx);
    outputs[`scores-${cellPx}`] = new Float32Array(2 * cells).fill(0.01);
    outputs[`places-${cellPx}`] = new Float32Array(14 * cells);
  }
  // Column 3, row 2 of the cells of 16 pixels, whose corner is (48, 32).
  const cell = 2 * 8 + 3;
  outputs['scores-16']?.set([0.9, 0.4], 2 * cell);
  outputs['places-16']?.set([0.5, 0.25, Math.log(2), Math.log(3), 0, 0, 1, 0, 0.5, 0.5], 14 * cell);
  const [face, ...more] = decodeYunet(outputs, size, 0.3);
  expect(more).toEqual([]);
  expect(face?.score).toBeCloseTo(0.6);
  expect(face?.box.x).toBeCloseTo(56 - 16, 3);
  expect(face?.box.y).toBeCloseTo(36 - 24, 3);
  expect(face?.box.width).toBeCloseTo(32, 3);
  expect(face?.box.height).toBeCloseTo(48, 3);
  expect(face?.eyes).toEqual([
    { x: 48, y: 32 },
    { x: 64, y: 32 },
  ]);
});

it('refuses outputs of another network', () => {
  expect(() => decodeBlazeface({}, size, 0.3)).toThrow('fine');
  expect(() => decodeYunet({}, size, 0.3)).toThrow('8 pixels');
});
