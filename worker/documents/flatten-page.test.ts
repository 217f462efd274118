import { describe, expect, it, vi } from 'vitest';
import { photoPoint, wholePhoto, type Quad, type RgbaImage } from '#contract/images.ts';
import type { Turns } from '#contract/pages.ts';
import { homographyBetween, projectPoint, type FourPoints, type Homography } from '#worker/vision/geometry.ts';
import { flattenPage } from './flatten-page.ts';
import { brightnessAt, colourAt, createPage, fillRectangle, turnPage } from './testing/draw-page.ts';

// Pages are drawn pixel by pixel: far below a second each, more on a machine that runs everything else too.
vi.setConfig({ testTimeout: 60_000 });

const red = [220, 30, 30] as const;
const blue = [30, 30, 220] as const;

/** A page with a red top left corner, a blue bottom left one and fine dark lines. */
function drawTarget(width: number, height: number): RgbaImage {
  const page = createPage(width, height, [240, 240, 240]);
  for (let x = 0; x < width; x += 40)
    fillRectangle(page, { left: x, top: 0, right: x + 4, bottom: height }, [40, 40, 40]);
  fillRectangle(page, { left: 0, top: 0, right: width / 5, bottom: height / 10 }, red);
  fillRectangle(page, { left: 0, top: height * 0.9, right: width / 5, bottom: height }, blue);
  return page;
}

/** Lays the page into a photo with its corners at `quad`, each pixel of the photo the mean of 3 x 3 samples. */
function photographPage(page: RgbaImage, quad: Quad, photo: RgbaImage): void {
  const corners: FourPoints = wholePhoto(page);
  const toPage = homographyBetween(quad, corners) as Homography;
  for (let y = 0; y < photo.height; y++)
    for (let x = 0; x < photo.width; x++) {
      const desk = colourAt(photo, x, y);
      const sum = [0, 0, 0];
      for (let step = 0; step < 9; step++) {
        const at = projectPoint(toPage, { x: x + ((step % 3) + 0.5) / 3, y: y + (Math.floor(step / 3) + 0.5) / 3 });
        const isInside = at.x >= 0 && at.y >= 0 && at.x < page.width && at.y < page.height;
        (isInside ? colourAt(page, at.x, at.y) : desk).forEach(
          (value, channel) => (sum[channel] = (sum[channel] ?? 0) + value),
        );
      }
      photo.data.set(
        sum.map((value) => value / 9),
        (y * photo.width + x) * 4,
      );
    }
}

const quad: Quad = [photoPoint(130, 90), photoPoint(520, 130), photoPoint(560, 640), photoPoint(70, 690)];
const photo = createPage(640, 800, [90, 70, 50]);
photographPage(drawTarget(840, 1188), quad, photo);

describe('flattenPage', () => {
  it('undoes the perspective: straight lines, the right corners, nothing of the desk', () => {
    const { image } = flattenPage(photo, { corners: quad, turns: 0 });
    expect(colourAt(image, image.width * 0.1, image.height * 0.05)[0]).toBeGreaterThan(190);
    expect(colourAt(image, image.width * 0.1, image.height * 0.95)[2]).toBeGreaterThan(190);
    // The target's 21 lines at every 40 of 840: dark on the line, light half way to the next, from top to bottom.
    for (const y of [0.15, 0.5, 0.85])
      for (let line = 3; line < 20; line++) {
        const x = ((line * 40 + 2) / 840) * image.width;
        expect(brightnessAt(image, x, y * image.height), `line ${line}`).toBeLessThan(150);
        expect(brightnessAt(image, x + image.width / 42, y * image.height), `after ${line}`).toBeGreaterThan(215);
      }
    for (const [x, y] of [
      [0, 0.5],
      [0.999, 0.5],
      [0.6, 0],
      [0.6, 0.999],
    ] as const) {
      const [r, , b] = colourAt(image, x * image.width, y * image.height);
      expect(r - b, 'a desk is brown').toBeLessThan(25);
    }
  });

  it('is as large as the longer sides of the page in the photo', () => {
    const { image } = flattenPage(photo, { corners: quad, turns: 0 });
    const area = image.width * image.height;
    expect(area / (492 * 603)).toBeGreaterThan(0.97);
    expect(area / (492 * 603)).toBeLessThan(1.03);
  });

  it('keeps to the limit without aliasing the lines away or into bands', () => {
    const { image } = flattenPage(photo, { corners: quad, turns: 0 }, 150);
    expect(Math.max(image.width, image.height)).toBe(150);
    // Lines every 5 pixels at a tenth of their width: all that is left is an even grey of 240 - 200 / 10.
    for (let x = 40; x < image.width - 4; x++) {
      let sum = 0;
      for (let near = x - 2; near <= x + 2; near++) sum += brightnessAt(image, near, 70);
      expect(Math.abs(sum / 5 - 220)).toBeLessThan(17);
    }
  });

  it.each([1, 2, 3] as const)('turns %i quarter turns clockwise', (turns: Turns) => {
    const upright = flattenPage(photo, { corners: quad, turns: 0 }).image;
    const turned = flattenPage(photo, { corners: quad, turns }).image;
    const expected = turnPage(upright, turns);
    expect([turned.width, turned.height]).toEqual([expected.width, expected.height]);
    let difference = 0;
    turned.data.forEach((value, at) => (difference = Math.max(difference, Math.abs(value - (expected.data[at] ?? 0)))));
    expect(difference).toBeLessThanOrEqual(2);
  });

  it('gives a whole photo back as it is', () => {
    expect(flattenPage(photo, { corners: wholePhoto(photo), turns: 0 }).image).toBe(photo);
    const turned = flattenPage(photo, { corners: wholePhoto(photo), turns: 1 }).image;
    expect(Buffer.compare(Buffer.from(turned.data), Buffer.from(turnPage(photo, 1).data))).toBe(0);
  });

  it('recognises the paper and its resolution', () => {
    const a4: Quad = [photoPoint(100, 100), photoPoint(520, 100), photoPoint(520, 694), photoPoint(100, 694)];
    const flat = flattenPage(photo, { corners: a4, turns: 0 });
    expect(flat.paper).toBe('a4');
    expect(flat.dotsPerInch).toBeCloseTo(420 / (210 / 25.4), 0);
    expect(flat.image.height / flat.image.width).toBeCloseTo(297 / 210, 2);
    const across = flattenPage(photo, { corners: a4, turns: 1 });
    expect([across.paper, across.image.width > across.image.height]).toEqual(['a4', true]);
  });

  it('takes corners outside of the photo, crossed ones and a photo of one pixel', () => {
    const outside: Quad = [photoPoint(-50, -40), photoPoint(700, -10), photoPoint(690, 860), photoPoint(-60, 830)];
    expect(flattenPage(photo, { corners: outside, turns: 0 }).image.width).toBeGreaterThan(500);
    const crossed: Quad = [photoPoint(100, 100), photoPoint(500, 600), photoPoint(500, 100), photoPoint(100, 600)];
    const { image } = flattenPage(photo, { corners: crossed, turns: 0 });
    expect(image.data).toHaveLength(image.width * image.height * 4);
    const dot = createPage(1, 1, [10, 200, 30]);
    expect(colourAt(flattenPage(dot, { corners: wholePhoto(dot), turns: 2 }).image, 0, 0)).toEqual([10, 200, 30]);
  });

  it('refuses corners on a line', () => {
    const line: Quad = [photoPoint(0, 0), photoPoint(100, 100), photoPoint(200, 200), photoPoint(300, 300)];
    expect(() => flattenPage(photo, { corners: line, turns: 0 })).toThrow('on a line');
  });
});
