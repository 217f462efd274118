import { describe, expect, it } from 'vitest';
import { evenLight } from './even-light.ts';
import { inkBelow } from './find-letters.ts';

const size = 720;

/** Strokes 4 pixels wide every 24 pixels on a paper that is lit as `light` says; `ink` is what is left of the light there. */
function drawPage(light: (x: number) => number, ink: number) {
  const values = new Uint8Array(size * size);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const isInk = x % 24 < 4 && y % 40 < 16 && x > 24;
      values[y * size + x] = light(x) * (isInk ? ink : 1);
    }
  return { width: size, height: size, values };
}

function tonesAt({ values }: { values: Uint8Array }, left: number): { ink: number; paper: number } {
  const row = 200 * size;
  return { ink: values[row + left + 2] ?? 0, paper: values[row + left + 14] ?? 0 };
}

describe('evenLight', () => {
  it('makes print in a shadow as black and its paper as white as in the light', () => {
    const even = evenLight(drawPage((x) => (x < 360 ? 220 : 90), 0.3));
    for (const { ink, paper } of [tonesAt(even, 96), tonesAt(even, 600)]) {
      expect(ink).toBeLessThan(60);
      expect(paper).toBeGreaterThan(225);
    }
  });

  it('makes faint print black', () => {
    expect(tonesAt(evenLight(drawPage(() => 230, 0.7)), 96).ink).toBeLessThan(60);
  });

  it('makes no print of a blank page', () => {
    const grain = drawPage(() => 215, 1);
    grain.values.forEach((value, at) => (grain.values[at] = value + ((at * 7919) % 13) - 6));
    expect(evenLight(grain).values.every((value) => value >= inkBelow)).toBe(true);
  });
});
