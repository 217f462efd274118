import { describe, expect, it } from 'vitest';
import {
  cornerAngles,
  fitLineRobustly,
  homographyBetween,
  intersectLines,
  isConvex,
  lineThrough,
  orderCorners,
  projectPoint,
  quadIoU,
  signedArea,
  type FourPoints,
} from './geometry.ts';

const square: FourPoints = [
  { x: 0, y: 0 },
  { x: 10, y: 0 },
  { x: 10, y: 10 },
  { x: 0, y: 10 },
];

function turned(quad: FourPoints, degrees: number): FourPoints {
  const turn = (degrees * Math.PI) / 180;
  const [a, b, c, d] = quad.map(({ x, y }) => ({
    x: x * Math.cos(turn) - y * Math.sin(turn),
    y: x * Math.sin(turn) + y * Math.cos(turn),
  }));
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four corners');
  return [a, b, c, d];
}

describe('quads', () => {
  it('has a positive area clockwise on a screen', () => {
    expect(signedArea(square)).toBe(100);
    expect(signedArea(square.toReversed())).toBe(-100);
  });

  it('tells convex from dented and crossed quads', () => {
    expect(isConvex(square)).toBe(true);
    expect(isConvex([square[0], square[1], { x: 2, y: 2 }, square[3]])).toBe(false);
    expect(isConvex([square[0], square[2], square[1], square[3]])).toBe(false);
  });

  it('measures IoU whatever the starting corner and direction', () => {
    const shifted: FourPoints = [
      { x: 5, y: 0 },
      { x: 15, y: 0 },
      { x: 15, y: 10 },
      { x: 5, y: 10 },
    ];
    expect(quadIoU(square, shifted)).toBeCloseTo(1 / 3, 10);
    expect(quadIoU([square[2], square[1], square[0], square[3]], shifted)).toBeCloseTo(1 / 3, 10);
    expect(quadIoU(square, square)).toBeCloseTo(1, 10);
    expect(
      quadIoU(square, [
        { x: 20, y: 20 },
        { x: 30, y: 20 },
        { x: 30, y: 30 },
        { x: 20, y: 30 },
      ]),
    ).toBe(0);
  });

  it('starts at the top left corner of a page turned by up to 44 degrees either way', () => {
    const page: FourPoints = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 100, y: 300 },
      { x: 0, y: 300 },
    ];
    for (const degrees of [-44, -20, 0, 20, 44]) {
      const quad = turned(page, degrees);
      const shuffled: FourPoints = [quad[2], quad[1], quad[0], quad[3]];
      expect(orderCorners(shuffled)).toEqual(quad);
    }
  });

  it('knows its angles', () => {
    expect(
      cornerAngles([
        { x: 0, y: 0 },
        { x: 10, y: 0 },
        { x: 20, y: 10 },
        { x: 0, y: 10 },
      ]),
    ).toEqual([expect.closeTo(90), expect.closeTo(135), expect.closeTo(45), expect.closeTo(90)]);
  });
});

describe('lines', () => {
  it('meet where they should, parallels nowhere', () => {
    const across = lineThrough({ x: 0, y: 3 }, { x: 10, y: 3 });
    const down = lineThrough({ x: 4, y: -5 }, { x: 4, y: 5 });
    expect(intersectLines(across, down)).toEqual({ x: expect.closeTo(4), y: expect.closeTo(3) });
    expect(intersectLines(across, lineThrough({ x: 0, y: 9 }, { x: 1, y: 9 }))).toBeUndefined();
  });

  it('are fitted through noise with a third of the points elsewhere', () => {
    const xs = Array.from({ length: 60 }, (_, index) => index);
    const ys = xs.map((x, index) => 5 + 0.5 * x + (index % 3 === 0 ? 30 : 0.05 * Math.sin(index * 7)));
    const fit = fitLineRobustly(
      xs,
      ys,
      xs.map(() => 1),
    );
    const crossing = fit && intersectLines(fit.line, lineThrough({ x: 20, y: 0 }, { x: 20, y: 1 }));
    expect(crossing?.y).toBeCloseTo(15, 1);
    expect(fit?.weights[3]).toBe(0);
  });
});

describe('homography', () => {
  it('takes each corner to its partner and back', () => {
    const photo: FourPoints = [
      { x: 12, y: 7 },
      { x: 93, y: 15 },
      { x: 120, y: 140 },
      { x: -4, y: 120 },
    ];
    const there = homographyBetween(square, photo);
    const back = homographyBetween(photo, square);
    if (there === undefined || back === undefined) throw new Error('no homography');
    square.forEach((corner, index) => {
      expect(projectPoint(there, corner).x).toBeCloseTo(photo[index]?.x ?? Number.NaN, 8);
      expect(projectPoint(there, corner).y).toBeCloseTo(photo[index]?.y ?? Number.NaN, 8);
    });
    const inside = { x: 3.3, y: 6.1 };
    const returned = projectPoint(back, projectPoint(there, inside));
    expect(returned.x).toBeCloseTo(inside.x, 8);
    expect(returned.y).toBeCloseTo(inside.y, 8);
  });

  it('refuses three points in line', () => {
    expect(homographyBetween([square[0], { x: 5, y: 5 }, square[2], square[3]], square)).toBeUndefined();
  });
});
