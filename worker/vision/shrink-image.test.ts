import { expect, it } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import { shrinkImage } from './shrink-image.ts';

const image: RgbaImage = {
  width: 5,
  height: 3,
  data: Uint8ClampedArray.from({ length: 60 }, (_, at) => (at % 4 === 3 ? 0 : (at >> 2) * 10 + (at % 4))),
};

it('each pixel is the mean of those that it covers, opaque', () => {
  const small = shrinkImage(image, 2);
  expect([small.width, small.height]).toEqual([3, 2]);
  // Of pixels 0, 1, 5 and 6; at the corner only of pixel 14.
  expect([...small.data.subarray(0, 4)]).toEqual([30, 31, 32, 255]);
  expect([...small.data.subarray(20)]).toEqual([140, 141, 142, 255]);
});

it('keeps a region only', () => {
  const small = shrinkImage(image, 2, { left: 1, top: 1, right: 4, bottom: 3 });
  expect([small.width, small.height]).toEqual([2, 1]);
  expect(small.data[0]).toBe((60 + 70 + 110 + 120) / 4);
  expect(small.data[4]).toBe((80 + 130) / 2);
});

it('factor 1 copies', () => {
  const copy = shrinkImage(image, 1);
  expect(copy.data).not.toBe(image.data);
  expect([copy.data[0], copy.data[56]]).toEqual([0, 140]);
});
