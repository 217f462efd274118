import { describe, expect, it } from 'vitest';
import { quadOverlap, type Point, type Quad } from './quad-overlap.ts';

const square: Quad = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
];

describe('by hand', () => {
  it.each<[string, Quad, number]>([
    ['the same', square, 1],
    [
      'the same, other way round and other start',
      [
        [10, 10],
        [10, 0],
        [0, 0],
        [0, 10],
      ],
      1,
    ],
    [
      'the same, corners given crosswise',
      [
        [0, 0],
        [10, 10],
        [10, 0],
        [0, 10],
      ],
      1,
    ],
    [
      'half of it',
      [
        [0, 0],
        [5, 0],
        [5, 10],
        [0, 10],
      ],
      0.5,
    ],
    [
      'a shift by half',
      [
        [5, 0],
        [15, 0],
        [15, 10],
        [5, 10],
      ],
      1 / 3,
    ],
    [
      'inside',
      [
        [2, 2],
        [8, 2],
        [8, 8],
        [2, 8],
      ],
      0.36,
    ],
    [
      'a diamond inside',
      [
        [5, 0],
        [10, 5],
        [5, 10],
        [0, 5],
      ],
      0.5,
    ],
    [
      'apart',
      [
        [20, 0],
        [30, 0],
        [30, 10],
        [20, 10],
      ],
      0,
    ],
    [
      'touching',
      [
        [10, 0],
        [20, 0],
        [20, 10],
        [10, 10],
      ],
      0,
    ],
    [
      'a dart inside, three quarters of one half',
      [
        [0, 0],
        [10, 0],
        [2.5, 2.5],
        [0, 10],
      ],
      0.25,
    ],
    [
      'of no area',
      [
        [0, 0],
        [10, 10],
        [0, 0],
        [10, 10],
      ],
      0,
    ],
  ])('%s', (_name, other, overlap) => {
    expect(quadOverlap(square, other)).toBeCloseTo(overlap, 10);
    expect(quadOverlap(other, square)).toBeCloseTo(overlap, 10);
  });
});

it('agrees with counting pixels, for any quads', () => {
  const random = randomFrom(3);
  for (let round = 0; round < 40; round++) {
    const one = starQuad(random);
    const other = starQuad(random);
    expect(Math.abs(quadOverlap(one, other) - countOverlap(one, other))).toBeLessThan(0.02);
  }
});

/** Corners at rising angles around a middle: simple, and not always convex. */
function starQuad(random: () => number): Quad {
  const corner = (turn: number): Point => {
    const angle = ((turn + random() * 0.9) * Math.PI) / 2;
    const radius = 20 + random() * 70;
    return [100 + radius * Math.cos(angle), 100 + radius * Math.sin(angle)];
  };
  return [corner(0), corner(1), corner(2), corner(3)];
}

/** Brute force: tests the centre of each of 200 x 200 cells by the even-odd rule. */
function countOverlap(one: Quad, other: Quad): number {
  let both = 0;
  let either = 0;
  for (let y = 0.5; y < 200; y++) {
    for (let x = 0.5; x < 200; x++) {
      const inOne = isInside(one, x, y);
      const inOther = isInside(other, x, y);
      if (inOne && inOther) both++;
      if (inOne || inOther) either++;
    }
  }
  return both / either;
}

function isInside(quad: Quad, x: number, y: number): boolean {
  let inside = false;
  quad.forEach(([x0, y0], at) => {
    const [x1, y1] = quad[(at + 1) % 4] ?? [x0, y0];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  });
  return inside;
}

/** 0 to 1, the same on every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
