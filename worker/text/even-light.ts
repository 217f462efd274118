import { closePlane, readRow, type Plane } from '#worker/vision/plane.ts';

/** Tiles per long side: 1.2 mm each on A4, finer than a soft shadow's edge and wider than a stroke. */
const tilesPerLongSide = 240;

/** What is dark and up to 4 tiles wide (5 mm on A4) is ink; wider is a shadow, or a tinted row of a table. */
const closingTiles = 2;

/**
 * The grey of a page over the light on its paper: 255 for blank paper whether lit or in a shadow, and print at its own
 * darkness, stretched so that ink is near 0 however faint it was.
 */
export function evenLight(page: Plane): Plane {
  const factor = Math.max(2, Math.round(Math.max(page.width, page.height) / tilesPerLongSide));
  const light = smooth(closePlane(brightestOf(page, factor), closingTiles));
  // Multiplying by what is between tiles is quicker than dividing, and the light is smooth.
  const gains = { ...light, values: light.values.map((value) => 255 / value) };
  const { width, height, values } = page;
  const out = new Uint8ClampedArray(values.length);
  const row = new Float32Array(width);
  for (let y = 0, at = 0; y < height; y++) {
    readRow(gains, factor, y, row);
    for (let x = 0; x < width; x++, at++) out[at] = (values[at] ?? 0) * (row[x] ?? 1);
  }
  let even: Plane = { width, height, values: new Uint8Array(out.buffer) };
  stretch(even);
  for (let round = 0; round < mostBlurs && measureGrain(even) > mostGrain; round++) {
    even = blur(even);
    stretch(even);
  }
  return even;
}

/** Per tile the value that a tenth of its pixels are above: paper, and no single grain of noise. */
function brightestOf({ width, height, values }: Plane, factor: number): Plane {
  const across = Math.ceil(width / factor);
  const down = Math.ceil(height / factor);
  const tiles = new Uint8Array(across * down);
  const histogram = new Uint16Array(256);
  for (let tileY = 0; tileY < down; tileY++) {
    const bottom = Math.min(height, (tileY + 1) * factor);
    for (let tileX = 0; tileX < across; tileX++) {
      const right = Math.min(width, (tileX + 1) * factor);
      histogram.fill(0);
      for (let y = tileY * factor; y < bottom; y++)
        for (let at = y * width + tileX * factor; at < y * width + right; at++) {
          const value = values[at] ?? 0;
          histogram[value] = (histogram[value] ?? 0) + 1;
        }
      let above = 0.1 * (bottom - tileY * factor) * (right - tileX * factor);
      let level = 255;
      while (level > 1 && above >= (histogram[level] ?? 0)) above -= histogram[level--] ?? 0;
      tiles[tileY * across + tileX] = level;
    }
  }
  return { width: across, height: down, values: tiles };
}

function smooth({ width, height, values }: Plane): Plane<Float32Array> {
  const out = new Float32Array(values.length);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      let sum = 0;
      let count = 0;
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++)
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++, count++)
          sum += values[row * width + column] ?? 0;
      out[at] = Math.max(1, sum / count);
    }
  return { width, height, values: out };
}

/** Grain of the stretched page beyond which it breaks up letters, of 255: photos of faint print in poor light have more. */
const mostGrain = 8;
const mostBlurs = 3;

/** Median over the page of how far a pixel is from the mean of the four beside it. */
function measureGrain({ width, height, values }: Plane): number {
  const histogram = new Uint32Array(256);
  for (let y = 1; y < height - 1; y += 5)
    for (let x = 1, at = y * width + 1; x < width - 1; x += 5, at += 5) {
      const around =
        ((values[at - 1] ?? 0) + (values[at + 1] ?? 0) + (values[at - width] ?? 0) + (values[at + width] ?? 0)) / 4;
      const off = Math.round(Math.abs((values[at] ?? 0) - around));
      histogram[off] = (histogram[off] ?? 0) + 1;
    }
  return medianOf(histogram);
}

function blur({ width, height, values }: Plane): Plane {
  const out = new Uint8Array(values.length);
  const sums = new Uint16Array(width);
  for (let y = 0; y < height; y++) {
    const here = y * width;
    const above = Math.max(0, y - 1) * width;
    const below = Math.min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x++)
      sums[x] = (values[above + x] ?? 0) + 2 * (values[here + x] ?? 0) + (values[below + x] ?? 0);
    for (let x = 0; x < width; x++) {
      const left = sums[x > 0 ? x - 1 : 0] ?? 0;
      const right = sums[x < width - 1 ? x + 1 : x] ?? 0;
      out[here + x] = (left + 2 * (sums[x] ?? 0) + right + 8) >> 4;
    }
  }
  return { width, height, values: out };
}

/** Where ink and paper lie after stretching: room on both sides for the noise of each. */
const stretched = { ink: 25, paper: 245 } as const;

/** Ink and paper closer than this are one: a blank page's noise must not become print. */
const leastContrast = 40;

/** The share of pixels, by how steep they are, that ink and paper are told apart by: both sides of strokes' edges. */
const steepShare = 0.03;

/** Print however faint becomes black, and paper white. */
function stretch({ width, height, values }: Plane): void {
  const { ink, paper } = measureTones({ width, height, values });
  const scale = (stretched.paper - stretched.ink) / Math.max(leastContrast, paper - ink);
  const table = Uint8ClampedArray.from({ length: 256 }, (_, value) => stretched.paper + (value - paper) * scale);
  for (let at = 0; at < values.length; at++) values[at] = table[values[at] ?? 0] ?? 0;
}

/**
 * Typical values of ink and of paper. Ink is too little of a page for its histogram to show, so only the steepest pixels are
 * looked at, of which half are ink, and parted after Otsu (1979).
 */
function measureTones({ width, height, values }: Plane): { ink: number; paper: number } {
  const steepness = new Uint32Array(512);
  const all = new Uint32Array(256);
  const steepOf = (at: number): number =>
    Math.abs((values[at + 2] ?? 0) - (values[at - 2] ?? 0)) +
    Math.abs((values[at + 2 * width] ?? 0) - (values[at - 2 * width] ?? 0));
  // Every third row and column do.
  let count = 0;
  for (let y = 2; y < height - 2; y += 3)
    for (let x = 2, at = y * width + 2; x < width - 2; x += 3, at += 3, count++) {
      const steep = steepOf(at);
      steepness[steep] = (steepness[steep] ?? 0) + 1;
      const value = values[at] ?? 0;
      all[value] = (all[value] ?? 0) + 1;
    }
  let least = 511;
  for (let rest = steepShare * count; least > 1 && rest >= (steepness[least] ?? 0); least--)
    rest -= steepness[least] ?? 0;
  const steep = new Uint32Array(256);
  for (let y = 2; y < height - 2; y += 3)
    for (let x = 2, at = y * width + 2; x < width - 2; x += 3, at += 3) {
      const value = values[at] ?? 0;
      if (steepOf(at) >= least) steep[value] = (steep[value] ?? 0) + 1;
    }
  return { ink: meanBelow(steep, parting(steep)), paper: medianOf(all) };
}

/** The value that parts a histogram so that the variance between both parts is largest. */
function parting(histogram: Uint32Array): number {
  let total = 0;
  let sum = 0;
  for (const [value, count] of histogram.entries()) {
    total += count;
    sum += value * count;
  }
  let best = 128;
  let most = -1;
  let below = 0;
  let sumBelow = 0;
  for (const [value, count] of histogram.entries()) {
    below += count;
    sumBelow += value * count;
    const above = total - below;
    if (below === 0 || above === 0) continue;
    const between = below * above * (sumBelow / below - (sum - sumBelow) / above) ** 2;
    if (between > most) {
      most = between;
      best = value + 1;
    }
  }
  return best;
}

function meanBelow(histogram: Uint32Array, limit: number): number {
  let sum = 0;
  let count = 0;
  for (let value = 0; value < limit; value++) {
    sum += value * (histogram[value] ?? 0);
    count += histogram[value] ?? 0;
  }
  return sum / Math.max(1, count);
}

function medianOf(histogram: Uint32Array): number {
  let rest = histogram.reduce((sum, count) => sum + count, 0) / 2;
  let value = 0;
  while (value < 255 && rest >= (histogram[value] ?? 0)) rest -= histogram[value++] ?? 0;
  return value;
}
