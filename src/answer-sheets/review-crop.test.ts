import { expect, test } from 'vitest';

import { photoPoint } from '#contract/images.ts';
import { mapToFlattened, placeField, planFlattening } from './review-crop.ts';

const plan = planFlattening({ width: 210, height: 297 });
const corners = [photoPoint(100, 50), photoPoint(900, 120), photoPoint(820, 1200), photoPoint(60, 1100)] as const;

test('corners of the photo come to the corners of the frame', () => {
  const map = mapToFlattened(corners, plan);
  const margin = plan.marginUnits * plan.pixelsPerUnit;
  const expected = [
    [margin, margin],
    [margin + 210 * plan.pixelsPerUnit, margin],
    [margin + 210 * plan.pixelsPerUnit, margin + 297 * plan.pixelsPerUnit],
    [margin, margin + 297 * plan.pixelsPerUnit],
  ];
  for (const [index, corner] of corners.entries()) {
    const { x, y } = map(corner);
    expect(x).toBeCloseTo(expected[index]?.[0] ?? NaN, 6);
    expect(y).toBeCloseTo(expected[index]?.[1] ?? NaN, 6);
  }
});

test('the middle of a tilted sheet is where its diagonals cross', () => {
  const map = mapToFlattened(corners, plan);
  const [a, b, c, d] = corners;
  const share =
    ((b.x - a.x) * (d.y - b.y) - (b.y - a.y) * (d.x - b.x)) / ((c.x - a.x) * (d.y - b.y) - (c.y - a.y) * (d.x - b.x));
  const middle = map({ x: a.x + share * (c.x - a.x), y: a.y + share * (c.y - a.y) });
  expect(middle.x).toBeCloseTo((plan.marginUnits + 105) * plan.pixelsPerUnit, 6);
  expect(middle.y).toBeCloseTo((plan.marginUnits + 148.5) * plan.pixelsPerUnit, 6);
});

test('the crop takes in all bubbles of a row and of a column, with their neighbours', () => {
  const bubble = (x: number, y: number) => ({ value: '', ink: 0, marked: false, center: photoPoint(x, y) });
  const row = placeField({ bubbles: [bubble(100, 50), bubble(150, 50), bubble(200, 50)] }, (point) => point);
  expect(row?.crop.left).toBeLessThan(50);
  expect(row?.crop.top).toBeLessThan(0);
  const column = placeField({ bubbles: [bubble(50, 100), bubble(50, 150), bubble(50, 600)] }, (point) => point);
  expect(column?.crop.height).toBeGreaterThan(500);
  expect(placeField({ bubbles: [] }, (point) => point)).toBeUndefined();
});
