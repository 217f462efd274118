import type { RgbaImage } from '#contract/images.ts';
import { readRow, type Plane } from '#worker/vision/plane.ts';
import type { PaperLight } from './estimate-paper.ts';

/** How bare paper scatters around its light at every place of the page, as shares of the light. */
export interface Grain {
  /** Pixels of the page per pixel of the planes, across and down. */
  readonly factor: number;
  /** Where most bare paper lies: a little below 1, because the light follows the brightest grain. */
  readonly paper: Plane<Float32Array>;
  /** Standard deviation of bare paper: sensor noise, texture, JPEG. More where a shadow was lightened. */
  readonly deviation: Plane<Float32Array>;
}

/*
 * Blocks small enough to lie between lines of print, and wide enough to see grain that sharpening and enlarging made
 * several pixels coarse; tiles (8 mm at 300 dpi) of which a quarter is bare even in dense text.
 */
const blockPx = 8;
const tileBlocks = 12;

/* Of a tile's blocks, ordered: bare paper has the higher means and the lower ranges, whatever is written on the rest. */
const paperPercentile = 0.75;
const rangePercentile = 0.25;

/*
 * The darkest of 64 normal values lies 2.4 standard deviations below their mean; in a quarter of the cases less than 2.05
 * (simulated over 100,000 blocks).
 */
const deviationsOfRange = 2.05;

/*
 * Bare paper lies this close below and above the page's usual: what is darker is print, a picture, the grey fill of a form,
 * and takes over what bare tiles show. Sought among tiles over 0.75 of their light.
 */
const barePaper = { below: 0.07, above: 0.1, least: 0.75 } as const;

/*
 * A camera's noise is at most inversely proportional to the light, so the quieter tiles bound what noise may be in the
 * others, with room for JPEG's unevenness; beyond it there is writing without a gap.
 */
const quietPercentile = 0.3;
const mostUnevenness = 1.8;

/* Shares are counted in bytes, 200 for the light itself. */
const lightValue = 200;

/** Measures the paper's grain, pixel by pixel in the channel that is darkest against its light. */
export function measureGrain(page: RgbaImage, light: PaperLight): Grain {
  const { width, height, data } = page;
  const factor = blockPx * tileBlocks;
  const across = Math.max(1, Math.round(width / factor));
  const down = Math.max(1, Math.round(height / factor));
  const paper = new Float32Array(across * down);
  const deviation = new Float32Array(across * down);
  const lightOfTiles = new Float32Array(across * down);
  const means = new Uint32Array(256 * across);
  const ranges = new Uint32Array(256 * across);
  const redRow = new Float32Array(width);
  const greenRow = new Float32Array(width);
  const blueRow = new Float32Array(width);
  for (let tileY = 0; tileY < down; tileY++) {
    means.fill(0);
    ranges.fill(0);
    const bottom = tileY === down - 1 ? height : (tileY + 1) * factor;
    for (let top = tileY * factor; top + blockPx <= bottom; top += blockPx) {
      readRow(light.red, light.factor, top + blockPx / 2, redRow);
      readRow(light.green, light.factor, top + blockPx / 2, greenRow);
      readRow(light.blue, light.factor, top + blockPx / 2, blueRow);
      // Every other block, as on a chessboard.
      for (let left = (top / blockPx) % 2 === 0 ? 0 : blockPx; left + blockPx <= width; left += 2 * blockPx) {
        const redGain = lightValue / (redRow[left + blockPx / 2] ?? 255);
        const greenGain = lightValue / (greenRow[left + blockPx / 2] ?? 255);
        const blueGain = lightValue / (blueRow[left + blockPx / 2] ?? 255);
        let sum = 0;
        let least = Infinity;
        for (let y = top; y < top + blockPx; y++) {
          for (let at = (y * width + left) * 4, last = at + 4 * blockPx; at < last; at += 4) {
            const value = Math.min(
              (data[at] ?? 0) * redGain,
              (data[at + 1] ?? 0) * greenGain,
              (data[at + 2] ?? 0) * blueGain,
            );
            sum += value;
            if (value < least) least = value;
          }
        }
        const mean = sum / (blockPx * blockPx);
        const tile = Math.min(across - 1, Math.floor(left / factor)) * 256;
        const meanStep = tile + Math.min(255, Math.round(mean));
        const rangeStep = tile + Math.min(255, Math.round(mean - least));
        means[meanStep] = (means[meanStep] ?? 0) + 1;
        ranges[rangeStep] = (ranges[rangeStep] ?? 0) + 1;
      }
    }
    readRow(light.green, light.factor, (tileY + 0.5) * factor, greenRow);
    for (let tileX = 0; tileX < across; tileX++) {
      const from = tileX * 256;
      const at = tileY * across + tileX;
      lightOfTiles[at] = greenRow[Math.min(width - 1, (tileX + 0.5) * factor)] ?? 255;
      paper[at] = percentileOf(means.subarray(from, from + 256), paperPercentile) / lightValue;
      deviation[at] = percentileOf(ranges.subarray(from, from + 256), rangePercentile) / lightValue / deviationsOfRange;
    }
  }
  replaceCoveredTiles(paper, deviation, lightOfTiles);
  return {
    factor,
    paper: { width: across, height: down, values: paper },
    deviation: { width: across, height: down, values: deviation },
  };
}

function replaceCoveredTiles(paper: Float32Array, deviation: Float32Array, light: Float32Array): void {
  const usual =
    percentile(
      paper.filter((share) => share > barePaper.least),
      0.5,
    ) ?? 1;
  const isBare = (at: number): boolean =>
    (paper[at] ?? 0) > usual - barePaper.below && (paper[at] ?? 0) < usual + barePaper.above;
  const noise = deviation.map((value, at) => value * (light[at] ?? 0));
  const quiet =
    percentile(
      noise.filter((_, at) => isBare(at)),
      quietPercentile,
    ) ?? 0;
  for (let at = 0; at < paper.length; at++) {
    const expected = quiet / (light[at] ?? 255);
    deviation[at] = isBare(at) ? Math.min(deviation[at] ?? 0, mostUnevenness * expected) : expected;
    if (!isBare(at)) paper[at] = usual;
  }
}

/** The value that the share `share` of all lie below; `undefined` of none. */
function percentile(values: Float32Array, share: number): number | undefined {
  return values.toSorted()[Math.floor(values.length * share)];
}

/** Of a histogram: the step that the share `share` of all lies below, with the part of the step itself; 0 of none. */
function percentileOf(counts: Uint32Array, share: number): number {
  let total = 0;
  for (const count of counts) total += count;
  let left = total * share;
  for (let step = 0; step < counts.length; step++) {
    const count = counts[step] ?? 0;
    if (count > 0 && left <= count) return step - 0.5 + left / count;
    left -= count;
  }
  return 0;
}
