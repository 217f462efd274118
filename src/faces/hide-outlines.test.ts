import { expect, test } from 'vitest';
import { photoPoint } from '#contract/images.ts';
import { drawnOutline, hiddenAreas, moveBox, outlinesOf, resizeBox, toggled, without } from './hide-outlines.ts';

const photo = { width: 1000, height: 800 };
const pose = { eyes: [photoPoint(0, 0), photoPoint(1, 0)], tiltDegrees: 0, sideTurn: 0 } as const;
const box = { x: 100, y: 200, width: 100, height: 120 };

test('the ellipse of a found face takes in every corner of its box', () => {
  const [outline] = outlinesOf([{ box, score: 0.9, pose }]);
  const { x = 0, y = 0, width = 0, height = 0 } = outline?.area.box ?? {};
  for (const [px, py] of [
    [100, 200],
    [200, 200],
    [100, 320],
    [200, 320],
  ] as const) {
    const across = (px - (x + width / 2)) / (width / 2);
    const down = (py - (y + height / 2)) / (height / 2);
    expect(across ** 2 + down ** 2, `${px}, ${py}`).toBeLessThan(1);
  }
  expect(outline).toMatchObject({ isHidden: true, isFound: true });
});

test('a drawn outline may go any way and ends at the photo; a slip of the finger is none', () => {
  expect(drawnOutline('a', { x: 50, y: 90 }, { x: -20, y: 40 }, photo)?.area).toEqual({
    box: { x: 0, y: 40, width: 50, height: 50 },
    shape: 'rectangle',
  });
  expect(drawnOutline('a', { x: 50, y: 90 }, { x: 53, y: 300 }, photo)).toBeUndefined();
});

test('no box is moved off the photo, and none is turned inside out', () => {
  expect(moveBox(box, { x: -5000, y: 5000 }, photo)).toEqual({ ...box, x: -50, y: 740 });
  expect(resizeBox(box, 'topLeft', { x: 20, y: -10 })).toEqual({ x: 120, y: 190, width: 80, height: 130 });
  expect(resizeBox(box, 'bottomRight', { x: -500, y: -500 })).toEqual({ x: 100, y: 200, width: 6, height: 6 });
});

test('a found face that is removed stays as an outline that hides nothing; a drawn one goes', () => {
  const drawn = drawnOutline('drawn', { x: 0, y: 0 }, { x: 50, y: 50 }, photo);
  const all = [...outlinesOf([{ box, score: 0.9, pose }]), ...(drawn === undefined ? [] : [drawn])];
  expect(hiddenAreas(all)).toHaveLength(2);
  expect(without(all, 'drawn')).toHaveLength(1);
  const shown = without(all, 'found-1');
  expect(shown).toHaveLength(2);
  expect(hiddenAreas(shown)).toHaveLength(1);
  expect(hiddenAreas(toggled(shown, 'found-1'))).toHaveLength(2);
});
