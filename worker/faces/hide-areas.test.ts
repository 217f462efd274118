import { describe, expect, it } from 'vitest';
import { hidingStyles, type HiddenArea } from '#contract/faces.ts';
import type { RgbaImage } from '#contract/images.ts';
import { hideAreas } from './hide-areas.ts';

const width = 200;
const height = 150;

/** Every pixel another colour: whatever is left of the photo can be told. */
function photoOf(colour: (x: number, y: number) => readonly [number, number, number]): RgbaImage {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([...colour(x, y), 255], 4 * (y * width + x));
  }
  return { width, height, data };
}

const colourful = photoOf((x, y) => [x, y, (x * 7 + y * 13) % 256]);
const box = { x: 60, y: 40, width: 80, height: 60 };
const ellipse: HiddenArea = { box, shape: 'ellipse' };
const rectangle: HiddenArea = { box, shape: 'rectangle' };

const pixel = ({ data }: RgbaImage, x: number, y: number) => [
  ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3),
];

/** Pixels that are as they were. */
function keptIn(photo: RgbaImage, hidden: RgbaImage, { box: area }: HiddenArea): number {
  let kept = 0;
  for (let y = Math.max(0, area.y); y < Math.min(height, area.y + area.height); y++) {
    for (let x = Math.max(0, area.x); x < Math.min(width, area.x + area.width); x++) {
      if (pixel(photo, x, y).join() === pixel(hidden, x, y).join()) kept++;
    }
  }
  return kept;
}

describe.each(hidingStyles)('%s', (style) => {
  it('changes what is inside and nothing else', () => {
    const hidden = hideAreas(colourful, [rectangle], style);
    expect(keptIn(colourful, hidden, rectangle)).toBeLessThan(10);
    for (const [x, y] of [
      [59, 40],
      [140, 70],
      [100, 39],
      [100, 100],
    ] as const) {
      expect(pixel(hidden, x, y)).toEqual(pixel(colourful, x, y));
    }
    expect(pixel(colourful, 100, 70)).not.toEqual(pixel(hidden, 100, 70));
  });

  it('leaves the corners around an ellipse', () => {
    const hidden = hideAreas(colourful, [ellipse], style);
    expect(pixel(hidden, 61, 41)).toEqual(pixel(colourful, 61, 41));
    expect(pixel(hidden, 100, 70)).not.toEqual(pixel(colourful, 100, 70));
  });

  it('keeps no detail: what averages out is gone', () => {
    const checks = photoOf((x, y) => ((x + y) % 2 === 0 ? [0, 0, 0] : [255, 255, 255]));
    const hidden = hideAreas(checks, [rectangle], style);
    const colours = new Set<string>();
    for (let y = 40; y < 100; y++) for (let x = 60; x < 140; x++) colours.add(pixel(hidden, x, y).join());
    // Blocks are chequered, whatever lies below.
    expect(colours.size).toBe(style === 'pixelated' ? 2 : 1);
  });

  it('hides what reaches over the border, and copes with areas that are nowhere', () => {
    const over: HiddenArea = { shape: 'rectangle', box: { x: -20, y: 120, width: 60, height: 60 } };
    expect(keptIn(colourful, hideAreas(colourful, [over], style), over)).toBeLessThan(10);
    const nowhere = [
      { x: 500, y: 500, width: 10, height: 10 },
      { x: 10, y: 10, width: 0, height: 5 },
      { x: 10, y: 10, width: -5, height: 5 },
      { x: Number.NaN, y: 10, width: 5, height: 5 },
    ].map((place): HiddenArea => ({ shape: 'ellipse', box: place }));
    const { data } = hideAreas(colourful, nowhere, style);
    expect(data.every((value, at) => value === colourful.data[at])).toBe(true);
  });
});

it('leaves of a pixelated face nine colours, each in two shades, however large it is', () => {
  const hidden = hideAreas(colourful, [rectangle], 'pixelated');
  const colours = new Set<string>();
  for (let y = 40; y < 100; y++) for (let x = 60; x < 140; x++) colours.add(pixel(hidden, x, y).join());
  expect(colours.size).toBe(18);
});

it('blurs without steps', () => {
  const hidden = hideAreas(colourful, [rectangle], 'blurred');
  for (let x = 61; x < 140; x++) {
    expect(Math.abs((pixel(hidden, x, 70)[0] ?? 0) - (pixel(hidden, x - 1, 70)[0] ?? 0))).toBeLessThan(4);
  }
});
