import { expect, test } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import { evenBackground } from './id-background.ts';

const width = 207;
const height = 266;
const white = [255, 255, 255] as const;

type Paint = (x: number, y: number) => readonly [number, number, number];

/** A wall, lit from the left, with noise; a dark head on dark shoulders before it, and its soft shadow to the right. */
function drawPortrait(wall: Paint, hasShadow = true): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  let seed = 1;
  const noise = () => {
    seed = (seed * 16807) % 2147483647;
    return (seed / 2147483647 - 0.5) * 6;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const shadow = hasShadow ? 1 - 0.2 * Math.exp(-(((x - 150) / 25) ** 2) - ((y - 120) / 50) ** 2) : 1;
      const lit = wall(x, y).map((value) => value * shadow);
      // The edge of the head lies in the middle of pixels, as in any photo.
      const corners = [0, 0.25, 0.5, 0.75].flatMap((dy) => [0, 0.25, 0.5, 0.75].map((dx) => isHead(x + dx, y + dy)));
      const share = corners.filter(Boolean).length / corners.length;
      const [r, g, b] = [120, 80, 60].map((head, channel) => share * head + (1 - share) * (lit[channel] ?? 0));
      const grain = noise();
      data.set([(r ?? 0) + grain, (g ?? 0) + grain, (b ?? 0) + grain, 255], 4 * (y * width + x));
    }
  }
  return { width, height, data };
}

function isHead(x: number, y: number): boolean {
  return ((x - 103) / 48) ** 2 + ((y - 120) / 70) ** 2 < 1 || (y > 215 && Math.abs(x - 103) < 90);
}

const at = ({ data }: RgbaImage, x: number, y: number) =>
  Array.from(data.slice(4 * (y * width + x), 4 * (y * width + x) + 3));

const litWall: Paint = (x, y) => [215 - 0.2 * x, 205 - 0.18 * x - 0.05 * y, 190 - 0.15 * x];

test('a wall with light from one side and a shadow becomes one colour, and the head stays', () => {
  const portrait = drawPortrait(litWall);
  const { image, isPlain } = evenBackground(portrait, white);
  expect(isPlain).toBe(true);
  for (const [x, y] of [
    [3, 3],
    [200, 5],
    [103, 20],
    [4, 200],
    [203, 100],
    // In the shadow, close to the head.
    [160, 120],
  ] as const) {
    expect(at(image, x, y), `${x}, ${y}`).toEqual([...white]);
  }
  for (const [x, y] of [
    [103, 120],
    [103, 60],
    [103, 250],
    [62, 120],
  ] as const) {
    expect(at(image, x, y), `${x}, ${y}`).toEqual(at(portrait, x, y));
  }
});

test('no rim of the old wall is left around the head, and hair keeps its colour', () => {
  const { image } = evenBackground(drawPortrait(litWall, false), white);
  const strange: string[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red = 0, green = 0, blue = 0] = at(image, x, y);
      // Of head and white in some mixture, with the noise of the photo.
      const share = (red - 120) / 135;
      const expected = [80 + 175 * share, 60 + 195 * share];
      if (Math.abs(green - (expected[0] ?? 0)) > 8 || Math.abs(blue - (expected[1] ?? 0)) > 8)
        strange.push(`${x}, ${y}`);
      if (
        isHead(x, y) &&
        isHead(x + 2, y + 2) &&
        isHead(x - 2, y - 2) &&
        isHead(x + 2, y - 2) &&
        isHead(x - 2, y + 2) &&
        red > 130
      )
        strange.push(`pale ${x}, ${y}`);
    }
  }
  expect(strange).toEqual([]);
});

test.each<[string, Paint]>([
  ['tiles', (x, y) => (((x >> 4) + (y >> 4)) % 2 === 0 ? [220, 220, 220] : [120, 140, 150])],
  ['a window at one side', (x) => (x < 90 ? [250, 250, 255] : [90, 80, 70])],
])('%s are no plain wall, and nothing is changed', (_name, wall) => {
  const portrait = drawPortrait(wall);
  expect(evenBackground(portrait, white)).toEqual({ image: portrait, isPlain: false });
});
