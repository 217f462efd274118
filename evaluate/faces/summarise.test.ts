import { expect, it } from 'vitest';
import type { Box, LabelledFaces } from './read-truth.ts';
import { summarise, type FoundFaces } from './summarise.ts';

const photo = (faces: Box[], ignore: Box[] = [], tags: string[] = []): LabelledFaces => ({
  file: 'a.jpg',
  faces,
  ignore,
  tags,
});
const said = (...boxes: Box[]): FoundFaces => ({
  faces: boxes.map((box, index) => ({ box, score: 0.9 - 0.01 * index })),
  imageHeight: 1000,
  ms: 10,
  decodeMs: 1,
});

it('counts each face once, and finds nearby as wrong', () => {
  const { recall, precision, f1, meanIoU } = summarise(
    [
      photo([
        [100, 100, 100, 200],
        [500, 100, 100, 200],
      ]),
    ],
    [said([100, 100, 100, 200], [104, 100, 100, 200], [900, 100, 50, 50])],
  );
  expect(recall).toBe(0.5);
  expect(precision).toBeCloseTo(1 / 3);
  expect(f1).toBeCloseTo(0.4);
  expect(meanIoU).toBe(1);
});

it('counts what is to be ignored neither way', () => {
  const { recall, precision, negatives } = summarise([photo([], [[0, 0, 100, 100]])], [said([10, 10, 50, 50])]);
  expect({ recall, precision, negatives }).toEqual({ recall: null, precision: null, negatives: 0 });
});

it('sorts faces by their share of the height, and false ones by their own', () => {
  const { sizes } = summarise(
    [
      photo([
        [0, 0, 100, 150],
        [200, 0, 50, 60],
        [300, 0, 20, 59],
      ]),
    ],
    [said([0, 0, 100, 150], [300, 0, 20, 59], [600, 600, 20, 20])],
  );
  expect(sizes.large.f1).toBe(1);
  expect(sizes.medium).toEqual({ recall: 0, precision: null, f1: 0 });
  expect(sizes.small).toEqual({ recall: 1, precision: 0.5, f1: 2 / 3 });
});

it('counts pictures without a face in which something was found, however much it is', () => {
  const pictures = [photo([], [], ['document']), photo([], [], ['animal'])];
  const { negatives, falsePositives, errors, msPerFile } = summarise(pictures, [
    { ...said(), error: 'broken' },
    said([0, 0, 10, 10], [50, 0, 10, 10]),
  ]);
  expect({ negatives, falsePositives, errors }).toEqual({ negatives: 2, falsePositives: 1, errors: 1 });
  expect(msPerFile.p50).toBe(10);
});
