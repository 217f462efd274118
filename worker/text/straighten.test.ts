import { expect, it } from 'vitest';
import { straightenPage } from './straighten.ts';

it('takes out the bend, scales, and knows the way back to the page', () => {
  const width = 300;
  const height = 200;
  const bend = { at: (x: number) => 20 * Math.sin((x / width) * Math.PI), most: 20 };
  const values = new Uint8Array(width * height).fill(255);
  for (let x = 0; x < width; x++)
    for (let y = 0; y < 4; y++) values[(Math.round(80 + bend.at(x + 0.5)) + y) * width + x] = 0;
  const { picture, toPage } = straightenPage({ width, height, values }, bend, { across: 2, down: 2 });
  expect(picture).toMatchObject({ width: 600, height: 400 });
  const darkest = [20, 150, 300, 450, 580].map((x) => {
    const column = Array.from({ length: 400 }, (_, y) => picture.values[y * 600 + x] ?? 255);
    return column.indexOf(Math.min(...column));
  });
  for (const y of darkest) expect(Math.abs(y - 163)).toBeLessThan(5);
  const [x, y] = toPage(300, 164);
  expect(x).toBe(150);
  expect(y).toBeCloseTo(102, 0);
});
