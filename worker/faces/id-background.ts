/**
 * Evens the wall behind a head: finds its colour and how the light falls off over it, and puts one colour in its place. Only
 * for plain walls; a wall with a pattern, or a room, is left as it is and said to be so.
 */
import type { RgbaImage, Size } from '#contract/images.ts';

export interface EvenedBackground {
  /** The image itself where the background is not plain. */
  readonly image: RgbaImage;
  readonly isPlain: boolean;
}

type Colour = readonly [red: number, green: number, blue: number];

/** Where a wall shows in an ID photo, as shares of its height: across the top, and at both sides down to the shoulders. */
const topShare = 0.06;
const sideShare = 0.06;
const sideDownTo = 0.55;

/** Sensor noise and JPEG of a phone's photo are a spread of 2 to 5 levels on a plain wall; wallpaper begins at about 15. */
const plainSpread = 12;
/** Parts of the border may be hair or a shoulder; more than this and it is no wall. */
const leastWallShare = 0.6;
/** A pixel this close to the wall's colour belongs to it: three spreads, and not less than JPEG's own noise. */
const leastReach = 14;
/** A shadow is the wall's own colour times less, down to this, and its edge is soft: at most so many levels from pixel to pixel. */
const darkestShadow = 0.6;
const shadowTint = 0.07;
const softStep = 6;

/** Evens the background to `target`, 0 to 255 each. Pixels of the head keep their values. */
export function evenBackground(image: RgbaImage, target: Colour): EvenedBackground {
  const wall = fitWall(image);
  if (wall === undefined) return { image, isPlain: false };
  const isWall = growWall(image, wall);
  return { image: replaceWall(image, wall, isWall, target), isPlain: true };
}

interface Wall {
  /** The wall's colour at a pixel, as the light falls there. */
  readonly colourAt: (x: number, y: number) => Colour;
  /** Robust spread of the border's pixels about it, levels. */
  readonly spread: number;
}

/** x, y and their squares and product, each -1 to 1 over the picture: light falls off smoothly. */
const terms = 6;
function termsAt(x: number, y: number, { width, height }: RgbaImage): number[] {
  const u = (2 * x) / width - 1;
  const v = (2 * y) / height - 1;
  return [1, u, v, u * u, v * v, u * v];
}

interface Sample {
  readonly terms: readonly number[];
  readonly colour: Colour;
}

/** Least squares on the border, three times: each time without what the last fit was far off from (hair, shoulders). */
function fitWall(image: RgbaImage): Wall | undefined {
  const all = sampleBorder(image);
  let inliers = all;
  let spread = 0;
  let weights: readonly (readonly number[])[] = [];
  for (let round = 0; round < 4; round++) {
    weights = round === 0 ? medianColour(inliers) : ([0, 1, 2] as const).map((channel) => solve(inliers, channel));
    const offs = all.map((sample) => distance(sample.colour, colourOf(weights, sample.terms)));
    spread = Math.max(1, 1.4826 * median(offs));
    const reach = round === 0 ? 40 : 2.5 * spread;
    inliers = all.filter((_, index) => (offs[index] ?? Infinity) <= reach);
    if (inliers.length < leastWallShare * all.length) return undefined;
  }
  if (spread > plainSpread) return undefined;
  const found = weights;
  return { spread, colourAt: (x, y) => colourOf(found, termsAt(x, y, image)) };
}

function sampleBorder(image: RgbaImage): Sample[] {
  const { width, height } = image;
  const samples: Sample[] = [];
  const step = Math.max(1, Math.round(Math.min(width, height) / 150));
  for (let y = 0; y < sideDownTo * height; y += step) {
    for (let x = 0; x < width; x += step) {
      const isBorder = y < topShare * height || x < sideShare * width || x >= (1 - sideShare) * width;
      if (isBorder) samples.push({ terms: termsAt(x, y, image), colour: pixelAt(image, x, y) });
    }
  }
  return samples;
}

function medianColour(samples: readonly Sample[]): number[][] {
  return ([0, 1, 2] as const).map((channel) => [median(samples.map(({ colour }) => colour[channel])), 0, 0, 0, 0, 0]);
}

/** Normal equations by Gaussian elimination, with a little of ridge: the lower middle of the picture has no samples. */
function solve(samples: readonly Sample[], channel: 0 | 1 | 2): number[] {
  const rows = Array.from({ length: terms }, () => Array.from<number>({ length: terms + 1 }).fill(0));
  for (const { terms: at, colour } of samples) {
    for (const [i, row] of rows.entries()) {
      for (let j = 0; j < terms; j++) row[j] = (row[j] ?? 0) + (at[i] ?? 0) * (at[j] ?? 0);
      row[terms] = (row[terms] ?? 0) + (at[i] ?? 0) * colour[channel];
    }
  }
  for (const [i, row] of rows.entries()) if (i > 0) row[i] = (row[i] ?? 0) + 0.01 * samples.length;
  for (const [i, pivot] of rows.entries()) {
    const lead = pivot[i] ?? 1;
    for (const [k, row] of rows.entries()) {
      if (k === i) continue;
      const by = (row[i] ?? 0) / lead;
      for (let j = i; j <= terms; j++) row[j] = (row[j] ?? 0) - by * (pivot[j] ?? 0);
    }
  }
  return rows.map((row, i) => (row[terms] ?? 0) / (row[i] ?? 1));
}

/**
 * The wall from the border inwards: pixels of its colour, and of its colour in shadow as long as nothing has an edge there. 1
 * where there is wall.
 */
function growWall(image: RgbaImage, { colourAt, spread }: Wall): Uint8Array {
  const { width, height } = image;
  const isWall = new Uint8Array(width * height);
  const reach = Math.max(leastReach, 3 * spread);
  const waiting: number[] = [];
  const visit = (x: number, y: number, from: Colour | undefined): void => {
    const at = y * width + x;
    if (isWall[at] === 1) return;
    const colour = pixelAt(image, x, y);
    const wall = colourAt(x, y);
    const isSoft = from !== undefined && distance(colour, from) <= softStep;
    if (distance(colour, wall) > reach && !(isSoft && isShadowOf(colour, wall))) return;
    isWall[at] = 1;
    waiting.push(at);
  };
  for (let x = 0; x < width; x++) visit(x, 0, undefined);
  for (let y = 0; y < height; y++) {
    visit(0, y, undefined);
    visit(width - 1, y, undefined);
  }
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const x = at % width;
    const y = (at - x) / width;
    const from = pixelAt(image, x, y);
    if (x > 0) visit(x - 1, y, from);
    if (x < width - 1) visit(x + 1, y, from);
    if (y > 0) visit(x, y - 1, from);
    if (y < height - 1) visit(x, y + 1, from);
  }
  return isWall;
}

function isShadowOf(colour: Colour, wall: Colour): boolean {
  const ratios = ([0, 1, 2] as const).map((channel) => colour[channel] / Math.max(1, wall[channel]));
  const least = Math.min(...ratios);
  const most = Math.max(...ratios);
  return least >= darkestShadow && most <= 1.1 && most - least <= shadowTint;
}

/** How far from the wall's end, in pixels, a pixel may still show some wall; what lies deeper is head and nothing else. */
const edgePx = 1;
const deepPx = 3;

/**
 * One colour where all around is wall. At its end, where a pixel shows wall and hair together, only the wall's share is
 * exchanged, so that no rim of the old wall is left around the head.
 */
function replaceWall(image: RgbaImage, { colourAt }: Wall, isWall: Uint8Array, target: Colour): RgbaImage {
  const { width, height } = image;
  const data = new Uint8ClampedArray(image.data);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const near = wallNear(isWall, image, x, y, edgePx);
      if (near === 0) continue;
      const wall = colourAt(x, y);
      const head = near === 1 ? undefined : headNear(isWall, image, x, y);
      const share = head === undefined ? (isWall[y * width + x] ?? 0) : shareOfWall(pixelAt(image, x, y), head, wall);
      const at = 4 * (y * width + x);
      for (const channel of [0, 1, 2] as const) {
        const mixed = (data[at + channel] ?? 0) + share * (target[channel] - wall[channel]);
        data[at + channel] = share === 1 ? target[channel] : mixed;
      }
    }
  }
  return { width, height, data };
}

/** How much of the square around a pixel is wall, 0 to 1. */
function wallNear(isWall: Uint8Array, { width, height }: Size, x: number, y: number, reach: number): number {
  let wall = 0;
  let all = 0;
  for (let ny = Math.max(0, y - reach); ny <= Math.min(height - 1, y + reach); ny++) {
    for (let nx = Math.max(0, x - reach); nx <= Math.min(width - 1, x + reach); nx++) {
      wall += isWall[ny * width + nx] ?? 0;
      all++;
    }
  }
  return wall / all;
}

/** Mean colour of what is surely head near a pixel; `undefined` where nothing is, as in a single hair. */
function headNear(isWall: Uint8Array, image: RgbaImage, x: number, y: number): Colour | undefined {
  const { width, height } = image;
  const sum = [0, 0, 0] as [number, number, number];
  let pixels = 0;
  for (let ny = Math.max(0, y - deepPx); ny <= Math.min(height - 1, y + deepPx); ny++) {
    for (let nx = Math.max(0, x - deepPx); nx <= Math.min(width - 1, x + deepPx); nx++) {
      if (wallNear(isWall, image, nx, ny, edgePx) > 0) continue;
      const colour = pixelAt(image, nx, ny);
      for (const channel of [0, 1, 2] as const) sum[channel] += colour[channel];
      pixels++;
    }
  }
  return pixels === 0 ? undefined : [sum[0] / pixels, sum[1] / pixels, sum[2] / pixels];
}

/** Where between head and wall a colour lies, 0 to 1: the nearest point of the line between both. */
function shareOfWall(colour: Colour, head: Colour, wall: Colour): number {
  let along = 0;
  let length = 0;
  for (const channel of [0, 1, 2] as const) {
    const whole = wall[channel] - head[channel];
    along += (colour[channel] - head[channel]) * whole;
    length += whole * whole;
  }
  return length === 0 ? 1 : Math.min(1, Math.max(0, along / length));
}

function pixelAt({ width, data }: RgbaImage, x: number, y: number): Colour {
  const at = 4 * (y * width + x);
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

function colourOf(weights: readonly (readonly number[])[], at: readonly number[]): Colour {
  const value = (channel: 0 | 1 | 2): number =>
    (weights[channel] ?? []).reduce((sum, weight, term) => sum + weight * (at[term] ?? 0), 0);
  return [value(0), value(1), value(2)];
}

/** The largest difference of any channel. */
function distance(a: Colour, b: Colour): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
