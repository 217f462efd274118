import { expect, test } from 'vitest';
import { cropMatrix, headRulesOf, sizeInMm, sizeInPx, type IdPhotoSize } from './id-photos.ts';
import { photoPoint } from './images.ts';
import { markets, regions } from './regions.ts';

const passport: IdPhotoSize = { name: 'Passport', width: 35, height: 45, unit: 'mm' };
const twoInch: IdPhotoSize = { name: '2 x 2', width: 2, height: 2, unit: 'in' };
const oneInch: IdPhotoSize = { name: '1 x 1', width: 1, height: 1, unit: 'in' };

test('pixels at 300 dots an inch', () => {
  expect([passport, twoInch, oneInch].map((size) => sizeInPx(sizeInMm(size)))).toEqual([
    { width: 413, height: 531 },
    { width: 600, height: 600 },
    { width: 300, height: 300 },
  ]);
});

test('published ranges, and where there is none, the shape of one, said to be so', () => {
  expect(headRulesOf('US', twoInch)).toMatchObject({
    headMm: { least: 25.4 },
    publishedBy: 'U.S. Department of State',
  });
  expect(headRulesOf('UK', passport).headMm).toEqual({ least: 29, most: 34 });
  expect(headRulesOf('AU', passport).headMm).toEqual({ least: 32, most: 36 });
  expect(headRulesOf('PH', oneInch).publishedBy).toBeUndefined();
  expect(headRulesOf('PH', oneInch).headMm.least).toBeCloseTo(12.7);
});

test('in every size of every market, a head of the range fits below the top with its eyes in theirs', () => {
  for (const market of markets) {
    for (const size of regions[market].idPhotos) {
      const { headMm, eyesMm } = headRulesOf(market, size);
      const head = (headMm.least + headMm.most) / 2;
      const eyes = (eyesMm.least + eyesMm.most) / 2;
      // Eyes are about the middle of a head.
      expect(eyes + head / 2, `${market} ${size.name}`).toBeLessThan(sizeInMm(size).height);
      expect(eyes - head / 2, `${market} ${size.name}`).toBeGreaterThan(0);
    }
  }
});

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
