import { expect, it } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import { turnPicture, turnSpotBack } from './turn-picture.ts';

/** 3 x 2 pixels, each with its number in red. */
const picture: RgbaImage = {
  width: 3,
  height: 2,
  data: Uint8ClampedArray.from([0, 1, 2, 3, 4, 5].flatMap((number) => [number, 0, 0, 255])),
};
const numbers = ({ data }: RgbaImage) => [...data].filter((_, at) => at % 4 === 0);

it('turns clockwise', () => {
  expect(turnPicture(picture, 1)).toMatchObject({ width: 2, height: 3 });
  expect(numbers(turnPicture(picture, 1))).toEqual([3, 0, 4, 1, 5, 2]);
  expect(numbers(turnPicture(picture, 2))).toEqual([5, 4, 3, 2, 1, 0]);
  expect(numbers(turnPicture(picture, 3))).toEqual([2, 5, 1, 4, 0, 3]);
});

it.each([1, 2, 3] as const)('knows where each pixel of %i quarter turns was', (turns) => {
  const turned = turnPicture(picture, turns);
  for (const [at, number] of numbers(turned).entries()) {
    const middle = { x: (at % turned.width) + 0.5, y: Math.floor(at / turned.width) + 0.5 };
    const { x, y } = turnSpotBack(middle, turned, turns);
    expect(Math.floor(y) * picture.width + Math.floor(x)).toBe(number);
  }
});
