import { describe, expect, it, vi } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import { measureQuality } from './measure-quality.ts';
import { addGrain, blurPage, castLight, createPage, fillRectangle, writeLines } from './testing/draw-page.ts';

// Pages are drawn pixel by pixel: far below a second each, more on a machine that runs everything else too.
vi.setConfig({ testTimeout: 60_000 });

const dotsPerInch = 180;

function writtenPage(letterPx = 12): RgbaImage {
  const page = createPage(700, 900, [225, 222, 216]);
  writeLines(page, { left: 50, top: 50, right: 650, bottom: 850 }, letterPx);
  return page;
}

describe('measureQuality', () => {
  it('has nothing to say about a good page', () => {
    const page = blurPage(writtenPage(), 1);
    addGrain(page, 3);
    const quality = measureQuality({ image: page, dotsPerInch });
    expect(quality.warnings).toEqual([]);
    expect(quality.paperBrightness).toBeGreaterThan(210);
    expect(quality.glareShare).toBe(0);
  });

  it('measures edges as wide as they were blurred', () => {
    // Two means of 2r + 1 make a standard deviation of sqrt(2 (r² + r) / 3); 10 to 90 % of a normal edge is 2.56 of them.
    const widths = [1, 2, 3, 4].map((radius) => {
      const page = createPage(700, 900, [225, 225, 225]);
      for (let x = 60; x < 640; x += 60)
        fillRectangle(page, { left: x, top: 60, right: x + 30, bottom: 840 }, [40, 40, 40]);
      for (let y = 70; y < 830; y += 80)
        fillRectangle(page, { left: 30, top: y, right: 670, bottom: y + 36 }, [40, 40, 40]);
      return measureQuality({ image: blurPage(page, radius), dotsPerInch }).edgeWidthPx;
    });
    [1, 2, 3, 4].forEach((radius, index) => {
      const expected = 2.56 * Math.sqrt((2 * (radius * radius + radius)) / 3);
      expect(Math.abs((widths[index] ?? 0) / expected - 1), `radius ${radius}`).toBeLessThan(0.15);
    });
  });

  it('says blurred for blur and for a shake in one direction', () => {
    expect(measureQuality({ image: blurPage(writtenPage(), 3), dotsPerInch }).warnings).toContain('blurred');
    const shaken = blurPage(writtenPage(18), 4, 0);
    expect(measureQuality({ image: shaken, dotsPerInch }).warnings).toContain('blurred');
  });

  it('says glare for a lamp on the paper, not for white paper or the lit half of a shadowed page', () => {
    const lamp = writtenPage();
    castLight(lamp, () => 0.8);
    for (let y = 0; y < 900; y++)
      for (let x = 0; x < 700; x++) {
        const glow = 230 * Math.exp(-((x - 400) ** 2 + (y - 300) ** 2) / 4000);
        for (let channel = 0; channel < 3; channel++) {
          const at = (y * 700 + x) * 4 + channel;
          lamp.data[at] = (lamp.data[at] ?? 0) + glow;
        }
      }
    const quality = measureQuality({ image: lamp, dotsPerInch });
    expect(quality.warnings).toContain('glare');
    expect(quality.glareShare).toBeGreaterThan(0.005);
    expect(quality.glareShare).toBeLessThan(0.05);

    const white = createPage(700, 900, [255, 255, 255]);
    writeLines(white, { left: 50, top: 50, right: 650, bottom: 850 }, 12);
    expect(measureQuality({ image: white, dotsPerInch }).warnings).toEqual([]);
    castLight(white, (x) => (x < 420 ? 0.6 : 1));
    expect(measureQuality({ image: white, dotsPerInch }).warnings).not.toContain('glare');
  });

  it('says too dark, and too small', () => {
    const dark = writtenPage();
    castLight(dark, () => 0.25);
    expect(measureQuality({ image: dark, dotsPerInch }).warnings).toEqual(['too-dark']);
    const quality = measureQuality({ image: writtenPage(), dotsPerInch: 110 });
    expect(quality.warnings).toEqual(['too-small']);
    expect(quality.dotsPerInch).toBe(110);
  });

  it('says nothing about the sharpness of an empty page, and takes a page of one pixel', () => {
    const quality = measureQuality({ image: createPage(600, 800), dotsPerInch });
    expect([quality.edgeWidthPx, quality.warnings]).toEqual([0, []]);
    expect(measureQuality({ image: createPage(1, 1), dotsPerInch }).glareShare).toBe(0);
  });
});
