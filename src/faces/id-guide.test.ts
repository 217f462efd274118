import { describe, expect, test } from 'vitest';
import type { FaceFrameReading, FoundFace, FrameLight } from '#contract/faces.ts';
import { headRulesOf, sizeInMm } from '#contract/id-photos.ts';
import { photoPoint } from '#contract/images.ts';
import { adviseOnId, firstGuide, guide, headShares, type IdHint } from './id-guide.ts';

const passport = { name: 'Passport', width: 35, height: 45, unit: 'mm' } as const;
const rules = headRulesOf('UK', passport);
const frameMm = sizeInMm(passport);

/** A face in a picture of 640 x 480, by its middle and its height. */
function face(middleX: number, middleY: number, height: number, change: Partial<FoundFace['pose']> = {}): FoundFace {
  const y = middleY - height / 2;
  return {
    box: { x: middleX - 0.4 * height, y, width: 0.8 * height, height },
    score: 0.95,
    pose: {
      eyes: [photoPoint(middleX - 30, y + 0.38 * height), photoPoint(middleX + 30, y + 0.38 * height)],
      tiltDegrees: 0,
      sideTurn: 0,
      ...change,
    },
  };
}

function frame(faces: readonly FoundFace[], change: Partial<FrameLight> = {}): FaceFrameReading {
  const light = { brightness: 0.5, faceBrightness: 0.5, faceUnevenness: 0, sharpness: 0.2, ...change };
  return { frameSize: { width: 640, height: 480 }, faces, light, detector: 'test 1' };
}

describe('advice, one thing at a time', () => {
  const good = face(320, 240, 190);
  test.each<[IdHint, FaceFrameReading]>([
    ['good', frame([good])],
    ['noFace', frame([])],
    ['tooDark', frame([], { brightness: 0.1 })],
    ['several', frame([good, good])],
    ['closer', frame([face(320, 240, 90)])],
    ['back', frame([face(320, 240, 300)])],
    ['centre', frame([face(470, 240, 190)])],
    ['moveUp', frame([face(320, 330, 190)])],
    ['moveDown', frame([face(320, 140, 190)])],
    ['straighten', frame([face(320, 240, 190, { tiltDegrees: -9 })])],
    ['lookHere', frame([face(320, 240, 190, { sideTurn: 0.4 })])],
    ['unevenLight', frame([good], { faceUnevenness: 0.4 })],
    ['tooDark', frame([good], { faceBrightness: 0.1 })],
    ['holdStill', frame([good], { sharpness: 0.02 })],
  ])('%s', (hint, reading) => {
    expect(adviseOnId(reading, rules, frameMm)).toBe(hint);
  });
});

test('on a phone held upright, a square photo wants the head smaller, so that the square fits', () => {
  const square = { name: '2 x 2', width: 2, height: 2, unit: 'in' } as const;
  const usRules = headRulesOf('US', square);
  const mm = sizeInMm(square);
  const phone = { width: 360, height: 640 };
  const { most } = headShares(usRules, mm, phone);
  const squarePx = (most * phone.height * mm.width) / usRules.headMm.most;
  expect(squarePx).toBeLessThan(phone.width);
});

test('advice that changes with every frame is not shown', () => {
  let shown = firstGuide;
  for (let atMs = 0; atMs < 2000; atMs += 100) shown = guide(shown, 'good', atMs);
  expect(shown.hint).toBe('good');
  for (let atMs = 2000; atMs < 4000; atMs += 100) shown = guide(shown, atMs % 200 === 0 ? 'closer' : 'good', atMs);
  expect(shown.hint).toBe('good');
  for (let atMs = 4000; atMs < 5000; atMs += 100) shown = guide(shown, 'closer', atMs);
  expect(shown.hint).toBe('closer');
});
