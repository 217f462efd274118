import { expect, it } from 'vitest';
import { liesOnSide, turnPlane } from './find-turns.ts';
import { asLetters, setLine } from './testing/set-letters.ts';

const lines = Array.from({ length: 6 }, (_, at) => setLine(40, 60 + at * 16, 30)).flat();

it('sees a page that lies on its side by its words', () => {
  expect(liesOnSide(asLetters(lines))).toBe(false);
  const turned = lines.map(({ left, top, right, bottom }) => ({ left: top, top: left, right: bottom, bottom: right }));
  expect(liesOnSide(asLetters(turned))).toBe(true);
  expect(liesOnSide(asLetters([]))).toBe(false);
});

it('turns pictures clockwise', () => {
  const picture = { width: 3, height: 2, values: Uint8Array.of(1, 2, 3, 4, 5, 6) };
  expect(turnPlane(picture, 1)).toEqual({ width: 2, height: 3, values: Uint8Array.of(4, 1, 5, 2, 6, 3) });
  expect(turnPlane(picture, 2)).toEqual({ width: 3, height: 2, values: Uint8Array.of(6, 5, 4, 3, 2, 1) });
  expect(turnPlane(picture, 3)).toEqual({ width: 2, height: 3, values: Uint8Array.of(3, 6, 2, 5, 1, 4) });
  expect(turnPlane(picture, 0)).toBe(picture);
});
