import { describe, expect, it } from 'vitest';
import { detectorInputPx, mapPx, prepareDetectorInput, splitMaps } from './page-maps.ts';
import { createPage, fillRectangle } from './testing/draw-page.ts';

const pixel = (input: Float32Array, x: number, y: number) => [
  ...input.subarray(3 * (y * detectorInputPx + x), 3 * (y * detectorInputPx + x) + 3),
];

describe('prepareDetectorInput', () => {
  it('squashes any shape to the square, colours from 0 to 1', () => {
    const photo = createPage(512, 300, [255, 0, 51]);
    fillRectangle(photo, { left: 256, top: 0, right: 512, bottom: 150 }, [0, 255, 0]);
    const input = prepareDetectorInput(photo);
    expect(input).toHaveLength(detectorInputPx ** 2 * 3);
    for (const [x, y] of [
      [0, 0],
      [127, 127],
      [255, 255],
    ] as const) {
      const [red, green, blue] = pixel(input, x, y);
      expect(red).toBeCloseTo(1, 5);
      expect(green).toBeCloseTo(0, 5);
      expect(blue).toBeCloseTo(0.2, 5);
    }
    expect(pixel(input, 128, 127)[1]).toBeCloseTo(1, 5);
    expect(pixel(input, 128, 128)[1]).toBeCloseTo(0, 5);
  });

  it('takes each pixel by the area that falls on it', () => {
    // 384 columns to 256: the second takes half of the photo's second and all of its third.
    const photo = createPage(384, 384, [0, 0, 0]);
    fillRectangle(photo, { left: 2, top: 0, right: 3, bottom: 384 }, [255, 255, 255]);
    const input = prepareDetectorInput(photo);
    expect(pixel(input, 0, 9)[0]).toBeCloseTo(0, 5);
    expect(pixel(input, 1, 9)[0]).toBeCloseTo(2 / 3, 5);
    expect(pixel(input, 2, 9)[0]).toBeCloseTo(0, 5);
  });

  it('shares out rows apart from columns', () => {
    const photo = createPage(256, 384, [0, 0, 0]);
    fillRectangle(photo, { left: 0, top: 2, right: 256, bottom: 3 }, [255, 255, 255]);
    const input = prepareDetectorInput(photo);
    expect(pixel(input, 9, 0)[0]).toBeCloseTo(0, 5);
    expect(pixel(input, 9, 1)[0]).toBeCloseTo(2 / 3, 5);
    expect(pixel(input, 9, 2)[0]).toBeCloseTo(0, 5);
  });

  it('enlarges what is smaller', () => {
    const photo = createPage(1, 2, [0, 0, 0]);
    fillRectangle(photo, { left: 0, top: 1, right: 1, bottom: 2 }, [255, 255, 255]);
    const input = prepareDetectorInput(photo);
    expect(pixel(input, 200, 127)[0]).toBe(0);
    expect(pixel(input, 200, 128)[0]).toBeCloseTo(1, 5);
  });
});

it('splits the output into its maps', () => {
  const { page, sides, corners, presence } = splitMaps(
    Float32Array.from({ length: mapPx * mapPx * 3 }, (_, at) => at),
    0.75,
    'test 1',
  );
  expect([page[0], sides[0], corners[0], page[1]]).toEqual([0, 1, 2, 3]);
  expect(corners.at(-1)).toBe(mapPx * mapPx * 3 - 1);
  expect(presence).toBe(0.75);
});
