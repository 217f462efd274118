import { expect, it } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import { measureLight } from './measure-light.ts';

const size = { width: 80, height: 60 };

function frameOf(grey: (x: number, y: number) => number): RgbaImage {
  const data = new Uint8ClampedArray(4 * size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const value = grey(x, y);
      data.set([value, value, value, 255], 4 * (y * size.width + x));
    }
  }
  return { ...size, data };
}

/** Of the frame before it was scaled to a quarter. */
const frameSize = { width: 320, height: 240 };
const face = { x: 80, y: 40, width: 160, height: 160 };

it('measures the frame, and the face apart from it', () => {
  const lit = frameOf((x, y) => (x >= 20 && x < 60 && y >= 10 && y < 50 ? 204 : 51));
  const { brightness, faceBrightness, faceUnevenness } = measureLight(lit, frameSize, face);
  expect(faceBrightness).toBeCloseTo(0.8, 2);
  expect(brightness).toBeCloseTo(0.4, 2);
  expect(faceUnevenness).toBeCloseTo(0, 2);
});

it('tells light from one side', () => {
  const fromLeft = frameOf((x) => (x < 40 ? 180 : 60));
  expect(measureLight(fromLeft, frameSize, face).faceUnevenness).toBeCloseTo(0.5, 2);
});

it('tells a sharp picture from a blurred one, in any light', () => {
  const stripes = (period: number, most: number) =>
    frameOf((x) => most * (0.5 + 0.5 * Math.sin((2 * Math.PI * x) / period)));
  const sharp = measureLight(stripes(6, 240), frameSize, undefined).sharpness;
  expect(measureLight(stripes(6, 60), frameSize, undefined).sharpness).toBeCloseTo(sharp, 1);
  expect(measureLight(stripes(60, 240), frameSize, undefined).sharpness).toBeLessThan(sharp / 3);
});

it('says of darkness that it is dark and not sharp, and of no face nothing', () => {
  expect(
    measureLight(
      frameOf(() => 0),
      frameSize,
      undefined,
    ),
  ).toEqual({
    brightness: 0,
    faceBrightness: undefined,
    faceUnevenness: undefined,
    sharpness: 0,
  });
});
