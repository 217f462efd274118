import { expect, it } from 'vitest';
import { stillSettings } from './camera-still.ts';

function range(max: number, step = 1, min = 1) {
  return { min, max, step };
}

it('asks for the largest still of a phone of 12 megapixels', () => {
  const settings = stillSettings({ imageWidth: range(4032), imageHeight: range(3024) }, { width: 1920, height: 1080 });
  expect(settings).toEqual({ imageWidth: 4032, imageHeight: 3024 });
});

it('asks a 50-megapixel sensor for no more than helps, in its own shape', () => {
  const settings = stillSettings(
    { imageWidth: range(8160, 16, 16), imageHeight: range(6120, 8, 8) },
    { width: 1920, height: 1080 },
  );
  const { imageWidth = 0, imageHeight = 0 } = settings ?? {};
  expect(imageWidth * imageHeight).toBeLessThanOrEqual(16_000_000);
  expect(imageWidth * imageHeight).toBeGreaterThan(15_500_000);
  expect(imageWidth % 16).toBe(0);
  expect(imageHeight % 8).toBe(0);
});

it('takes the frame where a still is no larger than the video, or of unknown size', () => {
  expect(
    stillSettings({ imageWidth: range(1280), imageHeight: range(720) }, { width: 1280, height: 720 }),
  ).toBeUndefined();
  expect(stillSettings({}, { width: 1280, height: 720 })).toBeUndefined();
  expect(stillSettings({ imageWidth: range(0), imageHeight: range(0) }, { width: 1280, height: 720 })).toBeUndefined();
});
