import { describe, expect, test } from 'vitest';
import type { FoundFace } from '#contract/faces.ts';
import { headRulesOf, sizeInMm } from '#contract/id-photos.ts';
import { photoPoint } from '#contract/images.ts';
import { markets, regions } from '#contract/regions.ts';
import { headOf, isWithin, keepInside, measureHead, middleFrame, placeFrame } from './id-placement.ts';

const photo = { width: 3000, height: 4000 };

/** A face 600 pixels high, leaning clockwise by the tilt. */
function face(tiltDegrees = 0, x = 1500, y = 1800): FoundFace {
  const angle = (tiltDegrees * Math.PI) / 180;
  const eye = (along: number) => photoPoint(x + along * Math.cos(angle), y + along * Math.sin(angle));
  return {
    box: { x: x - 240, y: y - 230, width: 480, height: 600 },
    score: 0.95,
    pose: { eyes: [eye(-100), eye(100)], tiltDegrees, sideTurn: 0 },
  };
}

describe('in every size of every market', () => {
  for (const market of markets) {
    for (const size of regions[market].idPhotos) {
      test(`${market} ${size.name}: head and eyes are where the rules want them, also of a leaning head`, () => {
        const frame = sizeInMm(size);
        const rules = headRulesOf(market, size);
        for (const tilt of [0, 8, -12]) {
          const head = headOf(face(tilt));
          const crop = placeFrame(head, rules, frame, photo);
          const { headMm, eyesMm } = measureHead(head, crop, frame);
          expect(isWithin(headMm, rules.headMm), `head of ${headMm} mm`).toBe(true);
          expect(isWithin(eyesMm, rules.eyesMm), `eyes at ${eyesMm} mm`).toBe(true);
          expect(crop.tiltDegrees).toBe(tilt);
          // Room above the crown.
          expect(frame.height - eyesMm - (headMm * (head.height - head.chinToEyes)) / head.height).toBeGreaterThan(1);
        }
      });
    }
  }
});

test('a frame never lies beside the photo', () => {
  const frame = { width: 35, height: 45 };
  const rules = headRulesOf('UK', { name: 'Passport', width: 35, height: 45, unit: 'mm' });
  for (const small of [face(10, 250, 300), face(0, 2900, 3900)]) {
    const { centre, width, tiltDegrees } = placeFrame(headOf(small), rules, frame, photo);
    const angle = (tiltDegrees * Math.PI) / 180;
    for (const [across, down] of [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const) {
      const u = (across * width) / 2;
      const w = (down * width * 45) / 70;
      const x = centre.x + u * Math.cos(angle) - w * Math.sin(angle);
      const y = centre.y + u * Math.sin(angle) + w * Math.cos(angle);
      expect(x).toBeGreaterThanOrEqual(-0.001);
      expect(y).toBeGreaterThanOrEqual(-0.001);
      expect(x).toBeLessThanOrEqual(photo.width + 0.001);
      expect(y).toBeLessThanOrEqual(photo.height + 0.001);
    }
  }
});

test('a frame larger than the photo becomes as large as the photo', () => {
  const crop = { centre: photoPoint(0, 0), width: 90_000, tiltDegrees: 0 };
  expect(keepInside(crop, { width: 1, height: 1 }, photo)).toEqual({
    centre: photoPoint(1500, 1500),
    width: 3000,
    tiltDegrees: 0,
  });
  expect(middleFrame({ width: 1, height: 1 }, photo)).toEqual({
    centre: photoPoint(1500, 2000),
    width: 2400,
    tiltDegrees: 0,
  });
});
