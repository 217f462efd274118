import { describe, expect, it } from 'vitest';
import { photoPoint, type PhotoPoint, type Quad, type Size } from '#contract/images.ts';
import { dotsPerInch, guessPaper, recoverAspect } from './recover-aspect.ts';
import { createRandom } from './testing/draw-page.ts';

const photo: Size = { width: 3000, height: 4000 };

/** Photographs a rectangle of width `aspect` and height 1 with a pinhole camera. Angles in radians. */
function photograph(
  aspect: number,
  camera: { tiltX: number; tiltY: number; roll: number; distance: number; focal: number },
): Quad {
  const place = (x: number, y: number): PhotoPoint => {
    const { tiltX, tiltY, roll, distance, focal } = camera;
    const rolledX = x * Math.cos(roll) - y * Math.sin(roll);
    const rolledY = x * Math.sin(roll) + y * Math.cos(roll);
    const tiltedY = rolledY * Math.cos(tiltX);
    const depthX = rolledY * Math.sin(tiltX);
    const tiltedX = rolledX * Math.cos(tiltY) + depthX * Math.sin(tiltY);
    const depth = distance - rolledX * Math.sin(tiltY) + depthX * Math.cos(tiltY);
    const scale = (focal * 4000) / depth;
    return photoPoint(photo.width / 2 + tiltedX * scale, photo.height / 2 + tiltedY * scale);
  };
  return [place(-aspect / 2, -0.5), place(aspect / 2, -0.5), place(aspect / 2, 0.5), place(-aspect / 2, 0.5)];
}

describe('recoverAspect', () => {
  it('is exact for a tilted page, whatever the lens', () => {
    for (const focal of [0.65, 0.75, 1.2]) {
      const corners = photograph(Math.SQRT1_2, { tiltX: 0.5, tiltY: -0.4, roll: 0.15, distance: 1.5, focal });
      expect(recoverAspect(corners, photo)).toBeCloseTo(Math.SQRT1_2, 3);
      const [a, b, c, d] = corners;
      const bySides =
        (Math.hypot(b.x - a.x, b.y - a.y) + Math.hypot(c.x - d.x, c.y - d.y)) /
        (Math.hypot(d.x - a.x, d.y - a.y) + Math.hypot(c.x - b.x, c.y - b.y));
      expect(Math.abs(bySides - Math.SQRT1_2), 'the sides alone mislead').toBeGreaterThan(0.02);
    }
  });

  it('is the ratio of the sides where nothing converges', () => {
    const corners: Quad = [photoPoint(500, 700), photoPoint(2500, 700), photoPoint(2500, 3700), photoPoint(500, 3700)];
    expect(recoverAspect(corners, photo)).toBeCloseTo(2 / 3, 6);
  });

  it('stays within 4.5 % for 19 of 20 photos of a phone with corners off by 0.2 % of the diagonal', () => {
    const random = createRandom(11);
    const errors = Array.from({ length: 1000 }, () => {
      const aspect = [0.4, Math.SQRT1_2, 0.7727, 1, Math.SQRT2][Math.floor(random() * 5)] ?? 1;
      const corners = photograph(aspect, {
        tiltX: random() - 0.5,
        tiltY: random() - 0.5,
        roll: 0.6 * (random() - 0.5),
        distance: 1.3 + random(),
        focal: 0.68 + 0.17 * random(),
      });
      const jitter = ({ x, y }: PhotoPoint): PhotoPoint =>
        photoPoint(x + 34 * (random() - 0.5), y + 34 * (random() - 0.5));
      const [a, b, c, d] = corners;
      return Math.abs(Math.log(recoverAspect([jitter(a), jitter(b), jitter(c), jitter(d)], photo) / aspect));
    }).toSorted((a, b) => a - b);
    expect(errors[950]).toBeLessThan(0.045);
    expect(errors[500]).toBeLessThan(0.015);
  });
});

describe('guessPaper', () => {
  it('snaps to A4 and Letter in both orientations, and to cards across', () => {
    expect(guessPaper(0.72)).toEqual({ aspect: 210 / 297, paper: 'a4' });
    expect(guessPaper(1.4)).toEqual({ aspect: 297 / 210, paper: 'a4' });
    expect(guessPaper(0.765).paper).toBe('letter');
    expect(guessPaper(1.3).paper).toBe('letter');
    expect(guessPaper(1.6).paper).toBe('card');
  });

  it('leaves folio, receipts, squares and upright notepads as they were measured', () => {
    for (const aspect of [215.9 / 330.2, 330.2 / 215.9, 0.3, 1, 0.63])
      expect(guessPaper(aspect)).toEqual({ aspect, paper: 'custom' });
  });

  it('takes A5 for A4, which has its ratio', () => {
    expect(guessPaper(148 / 210).paper).toBe('a4');
  });
});

it('dotsPerInch follows from the paper', () => {
  expect(dotsPerInch({ width: 2480, height: 3508 }, 'a4')).toBeCloseTo(300, 0);
  expect(dotsPerInch({ width: 1100, height: 850 }, 'letter')).toBeCloseTo(100, 0);
  // A receipt of 80 by 297 mm.
  expect(dotsPerInch({ width: 945, height: 3508 }, 'custom')).toBeCloseTo(300, 0);
});
