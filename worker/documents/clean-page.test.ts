import { describe, expect, it, vi } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import { looks, type Look } from '#contract/pages.ts';
import { cleanPage } from './clean-page.ts';
import {
  addGrain,
  blurPage,
  brightnessAt,
  castLight,
  colourAt,
  createPage,
  createRandom,
  fillRectangle,
  writeLines,
  type Colour,
} from './testing/draw-page.ts';

// Each test cleans a page or twenty: tens of milliseconds each, a second on a machine that runs everything else too.
vi.setConfig({ testTimeout: 60_000 });

const standard = { strength: 0.7, brightness: 0 } as const;
const width = 600;
const height = 848;

/** A written page; writing in the upper two thirds, the last third bare. */
function writtenPage(paper?: Colour): RgbaImage {
  const page = createPage(width, height, paper);
  writeLines(page, { left: 50, top: 50, right: width - 50, bottom: 560 }, 10);
  return page;
}

/** Paper brightness at a grid of places between the lines of writing, away from the outermost pixels. */
function paperSamples(before: RgbaImage, after: RgbaImage): number[] {
  const samples: number[] = [];
  for (let y = 12; y < height - 12; y += 6) {
    for (let x = 12; x < width - 12; x += 6) {
      let isBare = true;
      for (const [dx, dy] of [
        [0, 0],
        [-4, 0],
        [4, 0],
        [0, -4],
        [0, 4],
      ] as const)
        if (brightnessAt(before, x + dx, y + dy) < 200) isBare = false;
      if (isBare) samples.push(brightnessAt(after, x, y));
    }
  }
  return samples;
}

/** How much the paper varies: from the 1st to the 99th percentile, as a share of its median. */
function variation(samples: number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return (at(0.99) - at(0.01)) / at(0.5);
}

/** A hand's shadow from the lower right: a rounded shape, its edge `softPx` wide, slightly blue as daylight shadows are. */
function handShadow(softPx: number): (x: number, y: number) => Colour {
  return (x, y) => {
    const inside = 310 - Math.hypot((x - 510) * 0.9, y - 730);
    const shade = Math.min(1, Math.max(0, inside / softPx + 0.5));
    return [1 - 0.5 * shade, 1 - 0.47 * shade, 1 - 0.44 * shade];
  };
}

describe('shadows', () => {
  for (const [name, softPx] of [
    ['soft-edged', 90],
    ['half soft', 18],
    ['hard-edged', 2],
  ] as const) {
    for (const look of ['colour', 'grey', 'whiteboard'] as const) {
      it(`a ${name} shadow of a hand leaves paper that varies by under 5 % in ${look}`, () => {
        const plain = writtenPage();
        const page = writtenPage();
        castLight(page, handShadow(softPx));
        addGrain(page, 2);
        expect(variation(paperSamples(plain, page))).toBeGreaterThan(0.4);
        const samples = paperSamples(plain, cleanPage(page, { look, ...standard }));
        expect(samples.length).toBeGreaterThan(3000);
        expect(variation(samples)).toBeLessThan(0.05);
      });
    }
  }

  it('uneven light and warm light are evened out to white', () => {
    const page = writtenPage();
    castLight(page, (x, y) => {
      const light = 0.55 + 0.45 * (x / width) * (1 - 0.4 * (y / height));
      return [light, light * 0.9, light * 0.74];
    });
    const cleaned = cleanPage(page, { look: 'colour', ...standard });
    for (const [x, y] of [
      [30, 30],
      [300, 720],
      [580, 650],
      [30, 820],
    ] as const)
      expect(Math.min(...colourAt(cleaned, x, y)), `at ${x}, ${y}`).toBeGreaterThan(245);
  });
});

describe('what is on the page stays', () => {
  it('a large dark figure keeps its tones, and the paper around it is white', () => {
    const page = writtenPage();
    const random = createRandom(5);
    for (let y = 600; y < 780; y += 15)
      for (let x = 150; x < 435; x += 15) {
        const tone = 40 + 130 * random();
        fillRectangle(page, { left: x, top: y, right: x + 15, bottom: y + 15 }, [tone, tone * 0.9, tone * 0.8]);
      }
    fillRectangle(page, { left: 220, top: 640, right: 350, bottom: 740 }, [60, 62, 66]);
    castLight(page, (x) => 0.7 + (0.3 * x) / width);
    const cleaned = cleanPage(page, { look: 'colour', ...standard });
    expect(brightnessAt(cleaned, 285, 690)).toBeLessThan(100);
    expect(brightnessAt(cleaned, 235, 725)).toBeLessThan(100);
    for (const [x, y] of [
      [135, 690],
      [455, 690],
      [290, 800],
    ] as const)
      expect(brightnessAt(cleaned, x, y), `at ${x}, ${y}`).toBeGreaterThan(245);
  });

  it('a grey box of a form keeps its grey', () => {
    const page = writtenPage();
    fillRectangle(page, { left: 150, top: 600, right: 430, bottom: 700 }, [200, 197, 192]);
    castLight(page, (x) => 0.8 + (0.2 * x) / width);
    const cleaned = cleanPage(page, { look: 'colour', ...standard });
    expect(brightnessAt(cleaned, 290, 650)).toBeLessThan(230);
    expect(brightnessAt(cleaned, 100, 650)).toBeGreaterThan(245);
  });

  it('ink keeps its colour under warm light', () => {
    const page = createPage(width, height);
    const inks = { red: [190, 40, 45], blue: [40, 60, 180], green: [30, 130, 60] } as const;
    const rows = { red: 200, blue: 400, green: 600 } as const;
    for (const name of ['red', 'blue', 'green'] as const)
      fillRectangle(page, { left: 100, top: rows[name], right: 500, bottom: rows[name] + 8 }, inks[name]);
    castLight(page, () => [0.95, 0.85, 0.7]);
    const cleaned = cleanPage(page, { look: 'colour', ...standard });
    const [r1, g1, b1] = colourAt(cleaned, 400, 204);
    expect(r1).toBeGreaterThan(1.8 * Math.max(g1, b1));
    const [r2, g2, b2] = colourAt(cleaned, 400, 404);
    expect(b2).toBeGreaterThan(1.8 * Math.max(r2, g2));
    const [r3, g3, b3] = colourAt(cleaned, 400, 604);
    expect(g3).toBeGreaterThan(1.4 * Math.max(r3, b3));
  });

  it('a pale pen on a board comes out strong and in its colour', () => {
    const page = createPage(width, height, [205, 208, 204]);
    fillRectangle(page, { left: 100, top: 300, right: 500, bottom: 308 }, [190, 120, 118]);
    castLight(page, (x, y) => Math.min(1.2, 0.75 + 0.45 * Math.exp(-((x - 400) ** 2 + (y - 600) ** 2) / 20_000)));
    const cleaned = cleanPage(page, { look: 'whiteboard', ...standard });
    const [red, green, blue] = colourAt(cleaned, 400, 304);
    expect(Math.max(green, blue)).toBeLessThan(100);
    expect(red - Math.max(green, blue)).toBeGreaterThan(90);
    expect(brightnessAt(cleaned, 400, 600)).toBeGreaterThan(250);
    expect(brightnessAt(cleaned, 60, 800)).toBeGreaterThan(250);
  });

  it('print that shines through fades, a light pencil does not', () => {
    const page = createPage(width, height);
    const tone = (share: number): Colour => [235 * share, 232 * share, 226 * share];
    fillRectangle(page, { left: 100, top: 200, right: 500, bottom: 206 }, tone(0.94));
    fillRectangle(page, { left: 100, top: 400, right: 500, bottom: 403 }, tone(0.8));
    const cleaned = cleanPage(page, { look: 'colour', ...standard });
    expect(brightnessAt(cleaned, 400, 203)).toBeGreaterThan(244);
    expect(brightnessAt(cleaned, 400, 401)).toBeLessThan(215);
  });

  it('a coloured cover without paper keeps its colour', () => {
    const page = createPage(400, 600, [30, 90, 170]);
    fillRectangle(page, { left: 100, top: 200, right: 300, bottom: 420 }, [200, 60, 120]);
    const [red, green, blue] = colourAt(cleanPage(page, { look: 'colour', ...standard }), 40, 40);
    expect(blue).toBeGreaterThan(150);
    expect(blue).toBeGreaterThan(1.5 * Math.max(red, green));
  });
});

describe('black and white', () => {
  it('keeps light pencil beside bold print, and grain does not speckle', () => {
    const page = createPage(width, height);
    fillRectangle(page, { left: 100, top: 100, right: 500, bottom: 130 }, [25, 25, 25]);
    // Pencil 14 % darker than the paper, 3 pixels wide, 12 pixels below the bar.
    for (let y = 142; y < 560; y += 60)
      fillRectangle(page, { left: 100, top: y, right: 500, bottom: y + 3 }, [202, 199, 194]);
    castLight(page, (x, y) => 0.6 + (0.4 * (x + y)) / (width + height));
    addGrain(page, 2.5);
    const cleaned = cleanPage(page, { look: 'black-and-white', ...standard });
    for (let y = 142; y < 560; y += 60) {
      let dark = 0;
      for (let x = 110; x < 490; x++) if (brightnessAt(cleaned, x, y + 1) < 128) dark++;
      expect(dark / 380, `pencil line at ${y}`).toBeGreaterThan(0.8);
    }
    expect(brightnessAt(cleaned, 400, 115)).toBeLessThan(10);
    let specks = 0;
    for (let y = 580; y < height; y++) for (let x = 0; x < width; x++) if (brightnessAt(cleaned, x, y) < 200) specks++;
    expect(specks / ((height - 580) * width)).toBeLessThan(0.0005);
  });

  const inkShare = (page: RgbaImage, top: number, bottom: number): number => {
    let dark = 0;
    for (let y = top; y < bottom; y++) for (let x = 0; x < width; x++) if (brightnessAt(page, x, y) < 200) dark++;
    return dark / ((bottom - top) * width);
  };

  it('the coarse grain of a dark corner does not speckle either', () => {
    const grain = createPage(width, height, [128, 128, 128]);
    addGrain(grain, 30);
    const coarse = blurPage(grain, 1);
    const page = writtenPage();
    castLight(page, (_x, y) => (y > 600 ? 0.4 : 0.95));
    for (let at = 0; at < page.data.length; at++)
      if (at % 4 !== 3) page.data[at] = (page.data[at] ?? 0) + ((coarse.data[at] ?? 0) - 128) * 0.85;
    const cleaned = cleanPage(page, { look: 'black-and-white', ...standard });
    expect(inkShare(cleaned, 620, height - 10)).toBeLessThan(0.001);
    expect(inkShare(cleaned, 60, 540), 'the writing is there').toBeGreaterThan(0.1);
  });

  it('faint specks of the paper go, dark dots stay', () => {
    const page = createPage(width, height);
    const random = createRandom(9);
    for (let speck = 0; speck < 60; speck++) {
      const left = 20 + Math.floor(random() * (width - 40));
      const top = 20 + Math.floor(random() * 380);
      fillRectangle(page, { left, top, right: left + 5, bottom: top + 5 }, [202, 199, 194]);
    }
    for (let x = 50; x < 550; x += 50)
      fillRectangle(page, { left: x, top: 600, right: x + 4, bottom: 604 }, [70, 70, 80]);
    const cleaned = cleanPage(blurPage(page, 1), { look: 'black-and-white', ...standard });
    expect(inkShare(cleaned, 0, 420)).toBeLessThan(0.001);
    for (let x = 50; x < 550; x += 50) expect(brightnessAt(cleaned, x + 2, 602), `dot at ${x}`).toBeLessThan(100);
  });

  it('leaves four greys at most', () => {
    const page = writtenPage();
    addGrain(page, 3);
    for (const brightness of [-0.5, 0, 0.7]) {
      const { data } = cleanPage(page, { look: 'black-and-white', strength: 0.7, brightness });
      const greys = new Set<number>();
      for (let at = 0; at < data.length; at += 4) greys.add(data[at] ?? -1);
      expect([...greys].every((grey) => grey % 85 === 0)).toBe(true);
    }
  });

  it('strokes keep their width', () => {
    const page = createPage(width, height);
    for (const [index, stroke] of [3, 6, 12, 24].entries())
      fillRectangle(
        page,
        { left: 100 + index * 100, top: 100, right: 100 + index * 100 + stroke, bottom: 900 },
        [40, 40, 40],
      );
    const cleaned = cleanPage(page, { look: 'black-and-white', ...standard });
    for (const [index, stroke] of [3, 6, 12, 24].entries()) {
      let ink = 0;
      for (let x = 60 + index * 100; x < 60 + (index + 1) * 100; x++) ink += 1 - brightnessAt(cleaned, x, 500) / 255;
      expect(ink).toBeCloseTo(stroke, 0);
    }
  });
});

describe('strength and brightness', () => {
  // Small, for the many times that it is cleaned, and blurred, since brightness acts on edges and tones.
  const sharp = createPage(240, 340, [214, 205, 190]);
  writeLines(sharp, { left: 24, top: 24, right: 216, bottom: 240 }, 9);
  castLight(sharp, (x) => 0.75 + (0.25 * x) / 240);
  const page = blurPage(sharp, 1);
  const isSame = (one: RgbaImage, other: RgbaImage): boolean => one.data.every((value, at) => value === other.data[at]);

  it('strength 0 leaves the page as it is, in grey for the looks without colour', () => {
    for (const look of ['original', 'colour', 'whiteboard'] as const)
      expect(isSame(cleanPage(page, { look, strength: 0, brightness: 0 }), page), look).toBe(true);
    for (const look of ['grey', 'black-and-white'] as const) {
      const grey = cleanPage(page, { look, strength: 0, brightness: 0 });
      expect(Math.abs(brightnessAt(grey, 200, 300) - brightnessAt(page, 200, 300))).toBeLessThan(1);
      const [r, g, b] = colourAt(grey, 200, 300);
      expect([r, g]).toEqual([g, b]);
    }
  });

  it('leaves the page that was passed in alone', () => {
    const before = { ...page, data: page.data.slice() };
    for (const look of looks) cleanPage(page, { look, strength: 0.7, brightness: 0.2 });
    expect(isSame(page, before)).toBe(true);
  });

  const meanOf = (image: RgbaImage): number => {
    let sum = 0;
    for (let at = 0; at < image.data.length; at += 4) sum += image.data[at + 1] ?? 0;
    return sum / (image.data.length / 4);
  };

  it.each(['colour', 'grey', 'black-and-white', 'whiteboard'] satisfies Look[])(
    '%s has no jump over the strength',
    (look) => {
      const means = Array.from({ length: 21 }, (_, step) =>
        meanOf(cleanPage(page, { look, strength: step / 20, brightness: 0 })),
      );
      means
        .slice(1)
        .forEach((mean, step) => expect(Math.abs(mean - (means[step] ?? 0)), `after ${step / 20}`).toBeLessThan(16));
      expect((means.at(-1) ?? 0) - (means[0] ?? 0)).toBeGreaterThan(15);
    },
  );

  it.each(looks)('%s grows lighter with the brightness, step by step', (look) => {
    const means = [-1, -0.5, 0, 0.5, 1].map((brightness) =>
      meanOf(cleanPage(page, { look, strength: 0.7, brightness })),
    );
    expect(means).toEqual(means.toSorted((a, b) => a - b));
    expect((means[4] ?? 0) - (means[0] ?? 0)).toBeGreaterThan(1);
  });
});

it.each(looks)('%s takes pages of a pixel and of a line', (look) => {
  for (const [w, h] of [
    [1, 1],
    [1, 300],
    [300, 1],
    [5, 7],
  ] as const) {
    const cleaned = cleanPage(createPage(w, h), { look, ...standard });
    expect([cleaned.width, cleaned.height, cleaned.data.length]).toEqual([w, h, w * h * 4]);
  }
});
