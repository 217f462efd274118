import { expect, test } from 'vitest';
import { photoPoint } from '#contract/images.ts';
import { cropMatrix } from './id-crop.ts';

const target = { width: 600, height: 600 };

function place(crop: Parameters<typeof cropMatrix>[0], x: number, y: number) {
  const [a, b, c, d, e, f] = cropMatrix(crop, target);
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

test('an upright crop goes corner to corner', () => {
  const crop = { centre: photoPoint(1000, 800), width: 1200, tiltDegrees: 0 };
  expect(place(crop, 400, 200)).toEqual({ x: 0, y: 0 });
  expect(place(crop, 1600, 1400)).toEqual({ x: 600, y: 600 });
});

test('a head that leans clockwise stands upright', () => {
  // Eyes on a line that falls to the right by 10 degrees, in the photo.
  const crop = { centre: photoPoint(1000, 800), width: 1200, tiltDegrees: 10 };
  const run = Math.cos(Math.PI / 18) * 100;
  const fall = Math.sin(Math.PI / 18) * 100;
  const left = place(crop, 1000 - run, 700 - fall);
  const right = place(crop, 1000 + run, 700 + fall);
  expect(left.y).toBeCloseTo(right.y, 6);
  expect(right.x - left.x).toBeCloseTo(100, 6);
});
