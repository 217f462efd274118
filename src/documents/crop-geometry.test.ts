import { describe, expect, it } from 'vitest';
import { photoPoint, wholePhoto, type Quad } from '#contract/images.ts';
import {
  cornerIndices,
  crossLines,
  isSoundCrop,
  moveCorner,
  moveSide,
  soundCrop,
  topLeftIndex,
} from './crop-geometry.ts';

const photo = { width: 1000, height: 1400 };

function quad(...points: readonly [number, number][]): Quad {
  const [a, b, c, d] = points.map(([x, y]) => photoPoint(x, y));
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four points');
  return [a, b, c, d];
}

const page = quad([200, 200], [800, 250], [850, 1200], [150, 1150]);

describe('isSoundCrop', () => {
  it.each([
    ['a page', page, true],
    ['the whole photo', wholePhoto(photo), true],
    ['a page that starts at another corner', quad([800, 250], [850, 1200], [150, 1150], [200, 200]), true],
    ['a bow tie', quad([200, 200], [800, 250], [150, 1150], [850, 1200]), false],
    ['a dart', quad([200, 200], [800, 250], [300, 400], [150, 1150]), false],
    ['an anticlockwise page', quad([200, 200], [150, 1150], [850, 1200], [800, 250]), false],
    ['a triangle', quad([200, 200], [800, 200], [500, 1000], [350, 600]), false],
    ['a sliver', quad([200, 200], [800, 200], [800, 215], [200, 215]), false],
    ['a dot', quad([200, 200], [220, 200], [220, 220], [200, 220]), false],
    ['a corner outside', quad([-1, 200], [800, 250], [850, 1200], [150, 1150]), false],
  ])('%s: %#', (_, corners, expected) => {
    expect(isSoundCrop(corners, photo)).toBe(expected);
  });
});

describe('moveCorner', () => {
  it('moves to the target', () => {
    expect(moveCorner(page, 0, photoPoint(120, 90), photo)[0]).toEqual({ x: 120, y: 90 });
  });

  it('stays inside the photo', () => {
    expect(moveCorner(page, 2, photoPoint(4000, 9000), photo)[2]).toEqual({ x: 1000, y: 1400 });
  });

  it('stops where the crop would stop being sound, near the limit', () => {
    const moved = moveCorner(page, 0, photoPoint(900, 1250), photo);
    expect(isSoundCrop(moved, photo)).toBe(true);
    const further = photoPoint(moved[0].x + 700 * 0.002, moved[0].y + 1050 * 0.002);
    expect(isSoundCrop([further, moved[1], moved[2], moved[3]], photo)).toBe(false);
  });

  it('is sound for every target, in a scatter that reaches far outside', () => {
    for (let step = 0; step < 400; step += 1) {
      const target = photoPoint(((step * 379) % 3000) - 1000, ((step * 677) % 3800) - 1200);
      for (const index of cornerIndices) expect(isSoundCrop(moveCorner(page, index, target, photo), photo)).toBe(true);
    }
  });
});

describe('moveSide', () => {
  it('slides the two corners along the neighbouring sides', () => {
    const moved = moveSide(page, 0, 60, photo);
    expect(moved[2]).toEqual(page[2]);
    expect(moved[3]).toEqual(page[3]);
    // Each moved corner is still on the line of its neighbouring side.
    const left = (moved[0].x - 150) * (200 - 1150) - (moved[0].y - 1150) * (200 - 150);
    const right = (moved[1].x - 850) * (250 - 1200) - (moved[1].y - 1200) * (800 - 850);
    expect(left).toBeCloseTo(0, 6);
    expect(right).toBeCloseTo(0, 6);
    // The side is parallel to what it was, 60 px further out.
    expect((moved[1].y - moved[0].y) / (moved[1].x - moved[0].x)).toBeCloseTo(50 / 600, 9);
    const distance = ((moved[0].x - 200) * -50 + (moved[0].y - 200) * 600) / Math.hypot(600, 50);
    expect(distance).toBeCloseTo(-60, 6);
  });

  it('moves inwards with a negative offset and stops before the far side', () => {
    const moved = moveSide(page, 0, -5000, photo);
    expect(isSoundCrop(moved, photo)).toBe(true);
    expect(moved[0].y).toBeGreaterThan(900);
  });

  it('stops at the edge of the photo', () => {
    const moved = moveSide(page, 3, 5000, photo);
    expect(isSoundCrop(moved, photo)).toBe(true);
    expect(Math.min(moved[0].x, moved[3].x)).toBeGreaterThanOrEqual(0);
    expect(Math.min(moved[0].x, moved[3].x)).toBeLessThan(1);
  });
});

describe('soundCrop', () => {
  it('pulls corners that lie just outside onto the edge of the photo', () => {
    expect(soundCrop(quad([-2, 200], [1003, 250], [850, 1401], [150, 1150]), photo)).toEqual(
      quad([0, 200], [1000, 250], [850, 1400], [150, 1150]),
    );
  });

  it('gives nothing for a crop that cannot be mended', () => {
    expect(soundCrop(quad([200, 200], [800, 250], [150, 1150], [850, 1200]), photo)).toBeUndefined();
  });
});

it('crossLines finds the crossing and refuses parallels', () => {
  expect(crossLines(photoPoint(0, 0), photoPoint(10, 10), photoPoint(0, 10), photoPoint(10, 0))).toEqual({
    x: 5,
    y: 5,
  });
  expect(crossLines(photoPoint(0, 0), photoPoint(100, 0), photoPoint(0, 5), photoPoint(100, 5.2))).toBeUndefined();
});

describe('topLeftIndex', () => {
  it.each([0, 1, 2, 3])('finds the top left of a turned reading: %i', (start) => {
    const turned = [...page.slice(start), ...page.slice(0, start)];
    expect(topLeftIndex(turned)).toBe((4 - start) % 4);
  });

  it('names a page turned by 30 degrees as a person would', () => {
    const turn = Math.PI / 6;
    const points = [
      [-300, -400],
      [300, -400],
      [300, 400],
      [-300, 400],
    ].map(([x = 0, y = 0]) => ({
      x: 500 + x * Math.cos(turn) - y * Math.sin(turn),
      y: 700 + x * Math.sin(turn) + y * Math.cos(turn),
    }));
    expect(topLeftIndex(points)).toBe(0);
  });
});
