import { describe, expect, it } from 'vitest';
import { quadIoU, type FourPoints } from '#worker/vision/geometry.ts';
import { outlinePages } from './outline-pages.ts';
import { drawMaps } from './testing/draw-maps.ts';

/* Quads here are drawn and found in map pixels. */
const map = { width: 64, height: 64 };
const quad = (...numbers: [number, number, number, number, number, number, number, number]): FourPoints => {
  const [ax, ay, bx, by, cx, cy, dx, dy] = numbers;
  return [
    { x: ax, y: ay },
    { x: bx, y: by },
    { x: cx, y: cy },
    { x: dx, y: dy },
  ];
};
const tilted = quad(20, 8, 50, 12, 54, 55, 14, 50);

describe('outlinePages', () => {
  it('gives the four sides of a page, to less than a map pixel', () => {
    const [found] = outlinePages(drawMaps([tilted], map));
    expect(found && quadIoU(found, tilted)).toBeGreaterThan(0.94);
  });

  it('finds a page turned by 45 degrees, and clockwise corners', () => {
    const diamond = quad(32, 6, 58, 32, 32, 58, 6, 32);
    const [found] = outlinePages(drawMaps([diamond], map));
    expect(found && quadIoU(found, diamond)).toBeGreaterThan(0.91);
  });

  it('ends at the frame where the frame cuts the page', () => {
    const cut = quad(-20, 20, 40, 20, 40, 50, -20, 50);
    const [found] = outlinePages(drawMaps([cut], map));
    expect(found && quadIoU(found, quad(0, 20, 40, 20, 40, 50, 0, 50))).toBeGreaterThan(0.93);
  });

  it('tells two pages apart, the larger one first', () => {
    const small = quad(4, 40, 16, 40, 16, 58, 4, 58);
    const large = quad(24, 8, 60, 8, 60, 56, 24, 56);
    const found = outlinePages(drawMaps([small, large], map));
    expect(found).toHaveLength(2);
    expect(found[0] && quadIoU(found[0], large)).toBeGreaterThan(0.93);
    expect(found[1] && quadIoU(found[1], small)).toBeGreaterThan(0.85);
  });

  it('finds nothing in an empty map, nor in a few lone pixels', () => {
    expect(outlinePages(drawMaps([], map))).toEqual([]);
    expect(outlinePages(drawMaps([quad(10, 10, 14, 10, 14, 15, 10, 15)], map))).toEqual([]);
  });
});
