import type { RgbaImage } from '#contract/images.ts';

/** Pages drawn for tests: paper, pseudo-writing, light and grain, all reproducible. */

export type Colour = readonly [number, number, number];

const black: Colour = [30, 30, 35];

export function createPage(width: number, height: number, paper: Colour = [235, 232, 226]): RgbaImage {
  const page = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  fillRectangle(page, { left: 0, top: 0, right: width, bottom: height }, paper);
  return page;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function fillRectangle(page: RgbaImage, { left, top, right, bottom }: Rectangle, colour: Colour): void {
  for (let y = Math.max(0, Math.round(top)); y < Math.min(page.height, Math.round(bottom)); y++)
    for (let x = Math.max(0, Math.round(left)); x < Math.min(page.width, Math.round(right)); x++) {
      const at = (y * page.width + x) * 4;
      page.data[at] = colour[0];
      page.data[at + 1] = colour[1];
      page.data[at + 2] = colour[2];
      page.data[at + 3] = 255;
    }
}

/* Shares of letters in English prose that reach up (b d f h i k l t and capitals) and down (g j p q y). */
const letterShares = { up: 0.4, down: 0.09 } as const;

/**
 * Fills a rectangle with lines of pseudo-writing: words of letters that are as wide as their small height, some of which reach
 * up or down as often as they do in English prose. `leading` is the distance of lines in small heights.
 */
export function writeLines(
  page: RgbaImage,
  area: Rectangle,
  letterPx: number,
  ink: Colour = black,
  random = createRandom(1),
  leading = 3,
): void {
  const stroke = Math.max(1, Math.round(letterPx / 6));
  const reach = Math.round(letterPx * 0.7);
  for (let top = area.top + reach; top + letterPx + reach <= area.bottom; top += letterPx * leading) {
    let x = area.left;
    let left = 2 + Math.floor(random() * 7);
    while (x + letterPx <= area.right) {
      if (left-- === 0) {
        left = 2 + Math.floor(random() * 7);
        x += letterPx * 0.8;
        continue;
      }
      const kind = random();
      const goesUp = kind < letterShares.up;
      const goesDown = !goesUp && kind < letterShares.up + letterShares.down;
      const bottom = top + letterPx;
      const right = x + letterPx * 0.7;
      fillRectangle(page, { left: x, top: goesUp ? top - reach : top, right: x + stroke, bottom }, ink);
      fillRectangle(page, { left: right - stroke, top, right, bottom: goesDown ? bottom + reach : bottom }, ink);
      fillRectangle(page, { left: x, top, right, bottom: top + stroke }, ink);
      if (random() < 0.6) fillRectangle(page, { left: x, top: bottom - stroke, right, bottom }, ink);
      x += letterPx;
    }
  }
}

/** Multiplies the page by the light at each place, one factor or one per channel. */
export function castLight(page: RgbaImage, light: (x: number, y: number) => number | Colour): void {
  for (let y = 0, at = 0; y < page.height; y++) {
    for (let x = 0; x < page.width; x++, at += 4) {
      const factor = light(x, y);
      const [red, green, blue] = typeof factor === 'number' ? [factor, factor, factor] : factor;
      page.data[at] = (page.data[at] ?? 0) * red;
      page.data[at + 1] = (page.data[at + 1] ?? 0) * green;
      page.data[at + 2] = (page.data[at + 2] ?? 0) * blue;
    }
  }
}

/** Adds normal noise to each channel. */
export function addGrain(page: RgbaImage, deviation: number, random = createRandom(2)): void {
  for (let at = 0; at < page.data.length; at++) {
    if (at % 4 === 3) continue;
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    page.data[at] = (page.data[at] ?? 0) + deviation * normal;
  }
}

/** Mean over `2 * radius + 1` pixels, twice, across and down: close to a Gaussian. Without `down`, a shake across. */
export function blurPage(page: RgbaImage, radius: number, down = radius): RgbaImage {
  const across = { step: 4, length: page.width, otherStep: page.width * 4, others: page.height, radius };
  const downward = { step: page.width * 4, length: page.height, otherStep: 4, others: page.width, radius: down };
  let { data } = page;
  for (const pass of [across, across, downward, downward]) {
    const out = new Uint8ClampedArray(data.length);
    for (let other = 0; other < pass.others; other++) {
      for (let at = 0; at < pass.length; at++) {
        for (let channel = 0; channel < 4; channel++) {
          let sum = 0;
          for (let near = at - pass.radius; near <= at + pass.radius; near++) {
            const inside = Math.min(pass.length - 1, Math.max(0, near));
            sum += data[other * pass.otherStep + inside * pass.step + channel] ?? 0;
          }
          out[other * pass.otherStep + at * pass.step + channel] = sum / (2 * pass.radius + 1);
        }
      }
    }
    data = out;
  }
  return { ...page, data };
}

export function turnPage(page: RgbaImage, turns: number): RgbaImage {
  let turned = page;
  for (let turn = 0; turn < turns; turn++) {
    const { width, height, data } = turned;
    const out = new Uint8ClampedArray(data.length);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        out.set(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4), (x * height + height - 1 - y) * 4);
    turned = { width: height, height: width, data: out };
  }
  return turned;
}

/** Brightness of a pixel, 0 to 255. */
export function brightnessAt(page: RgbaImage, x: number, y: number): number {
  const at = (Math.floor(y) * page.width + Math.floor(x)) * 4;
  return 0.299 * (page.data[at] ?? 0) + 0.587 * (page.data[at + 1] ?? 0) + 0.114 * (page.data[at + 2] ?? 0);
}

export function colourAt(page: RgbaImage, x: number, y: number): Colour {
  const at = (Math.floor(y) * page.width + Math.floor(x)) * 4;
  return [page.data[at] ?? 0, page.data[at + 1] ?? 0, page.data[at + 2] ?? 0];
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
