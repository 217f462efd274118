import type { RgbaImage } from '#contract/images.ts';
import { closePlane, erodePlane, readRow, type Plane } from '#worker/vision/plane.ts';
import type { PaperLight } from './estimate-paper.ts';
import type { Grain } from './measure-grain.ts';

/*
 * Each stroke is cut at a share of its own depth below the paper, read in the blocks around it (Bernsen 1986, on light
 * evened out before): so the edge of a bold heading stays where it was photographed, and a pencil line beside it has its
 * own, higher threshold. Faint strokes are cut at a third, since pencil covers only the tips of the paper's grain.
 */
const blockPx = 4;
const cutShare = { faint: 0.35, solid: 0.5, faintest: 0.15, solidest: 0.45 } as const;

/* How far the brightness moves the cut, as a share of it. */
const cutShift = 0.5;

/* Less contrast is no ink: 0.1 lies between show-through and light pencil; 6 deviations, as 144 pixels vote for their darkest. */
const leastContrast = 0.1;
const grainDeviations = 6;

/*
 * The paper is looked for within 7 blocks (2.4 mm at 300 dpi), so that what is left of a shading, and an even fill
 * under text, is white. Nothing darker than half of the paper's light is taken for it: solid black stays black.
 */
const paperBlocks = 7;
const darkestPaper = 0.5;

/* Half the width of the grey ramp around the cut, as a share of the stroke's depth, at half and at full strength. */
const rampShare = { half: 0.4, full: 0.12 } as const;

/*
 * Touching blocks that are the paper's texture, by number and by their greatest contrast: a full stop in pencil is darker
 * than the first kind, a faint pencil line longer than the second (30 blocks of 4 pixels are a centimetre at 300 dpi).
 */
const specks = [
  { blocks: 3, contrast: 0.3 },
  { blocks: 30, contrast: 0.17 },
] as const;

/*
 * Up to half of the strength the page's own greys fade out; from there on four greys are left, which smooth the edges as well
 * as sixteen do at reading size and pack to half the bytes (230 against 450 kB for a written page at 300 dpi).
 */
const strengthOfInk = 0.5;
const greySteps = 3;

/* Value of paper in the byte planes: leaves room for what is brighter. */
const paperValue = 220;

export interface InkSettings {
  /** Over 0, up to 1. */
  readonly strength: number;
  /** -1 to 1: how little or how much of a stroke is ink, from a quarter of its depth to three quarters. */
  readonly brightness: number;
  /** What a brightness, 0 to 1, is shown as, 0 to 255. */
  readonly expose: (share: number) => number;
}

/** Black ink on white paper with smoothed edges, pencil included. */
export function binarisePage(
  page: RgbaImage,
  light: PaperLight,
  grain: Grain,
  { strength, brightness, expose }: InkSettings,
): RgbaImage {
  const { width, height } = page;
  const ink = Math.min(1, strength / strengthOfInk);
  const beyond = Math.max(0, (strength - strengthOfInk) / (1 - strengthOfInk));
  const ramp = rampShare.half + beyond * (rampShare.full - rampShare.half);
  const tones = Uint8Array.from({ length: 256 }, (_, value) => {
    const tone = Math.min(255, Math.max(0, expose(value / 255)));
    return ink === 1 ? (Math.round((tone / 255) * greySteps) / greySteps) * 255 : tone;
  });

  const shares = shareOfPaper(page, light);
  const { middle, halfWidth } = cutStrokes(shares, grain, ramp, brightness);
  const middleRow = new Float32Array(width);
  const halfRow = new Float32Array(width);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    readRow(middle, blockPx, y, middleRow);
    readRow(halfWidth, blockPx, y, halfRow);
    for (let x = 0; x < width; x++, at++) {
      const half = halfRow[x] ?? 1;
      let value = (((shares.values[at] ?? 0) - (middleRow[x] ?? 0) + half) * 127.5) / half;
      value = value < 0 ? 0 : value > 255 ? 255 : value;
      const from = at * 4;
      if (ink < 1) {
        const own =
          0.299 * (page.data[from] ?? 0) + 0.587 * (page.data[from + 1] ?? 0) + 0.114 * (page.data[from + 2] ?? 0);
        value = own + ink * (value - own);
      }
      const tone = tones[(value + 0.5) | 0] ?? 255;
      data[from] = tone;
      data[from + 1] = tone;
      data[from + 2] = tone;
      data[from + 3] = 255;
    }
  }
  return { width, height, data };
}

/** The page's brightness as a share of its paper's, `paperValue` for bare paper. */
function shareOfPaper(page: RgbaImage, light: PaperLight): Plane {
  const { width, height, data } = page;
  const { red, green, blue } = light;
  const gains = new Float32Array(green.values.length);
  for (let at = 0; at < gains.length; at++) {
    const brightness = 0.299 * (red.values[at] ?? 0) + 0.587 * (green.values[at] ?? 0) + 0.114 * (blue.values[at] ?? 0);
    gains[at] = paperValue / brightness;
  }
  const row = new Float32Array(width);
  const values = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    readRow({ width: green.width, height: green.height, values: gains }, light.factor, y, row);
    for (let x = 0; x < width; x++, at++) {
      const from = at * 4;
      const value =
        (0.299 * (data[from] ?? 0) + 0.587 * (data[from + 1] ?? 0) + 0.114 * (data[from + 2] ?? 0)) * (row[x] ?? 0) +
        0.5;
      values[at] = value < 255 ? value : 255;
    }
  }
  return { width, height, values };
}

/** Per block, where between ink and paper the cut lies and how wide its ramp is to either side. */
function cutStrokes(
  shares: Plane,
  grain: Grain,
  ramp: number,
  brightness: number,
): { middle: Plane<Float32Array>; halfWidth: Plane<Float32Array> } {
  const { darkest, mean } = readBlocks(shares);
  const { width, height } = darkest;
  const paper = closePlane(mean, paperBlocks);
  for (let at = 0; at < paper.values.length; at++)
    paper.values[at] = Math.max(darkestPaper * paperValue, paper.values[at] ?? 0);
  const least = leastContrasts(grain, width, height);
  const all = erodePlane(darkest, 1);
  removeSpecks(darkest, paper, least);
  const ink = erodePlane(darkest, 1);

  const middle = new Float32Array(width * height);
  const halfWidth = new Float32Array(width * height);
  for (let at = 0; at < middle.length; at++) {
    const white = paper.values[at] ?? 0;
    const depth = (white - (ink.values[at] ?? 0)) / paperValue;
    const needed = least[at] ?? leastContrast;
    const solidness = Math.min(1, Math.max(0, (depth - cutShare.faintest) / (cutShare.solidest - cutShare.faintest)));
    const share = (cutShare.faint + solidness * (cutShare.solid - cutShare.faint)) * (1 + cutShift * brightness);
    // From no ink, cut below all that is there, specks included, to ink within another half of the least contrast.
    const deepest = Math.max(needed, (white - (all.values[at] ?? 0)) / paperValue);
    const sureness = Math.min(1, Math.max(0, (depth / needed - 1) * 2));
    const cutDepth = sureness * share * depth + (1 - sureness) * deepest * (1 + ramp);
    middle[at] = white - cutDepth * paperValue;
    halfWidth[at] = Math.max(1, ramp * Math.max(needed, depth) * paperValue);
  }
  return { middle: { width, height, values: middle }, halfWidth: { width, height, values: halfWidth } };
}

/** Per block, the contrast from which something may be ink. */
function leastContrasts(grain: Grain, width: number, height: number): Float32Array {
  const least = new Float32Array(width * height);
  const row = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    readRow(grain.deviation, grain.factor / blockPx, y, row);
    for (let x = 0; x < width; x++) least[y * width + x] = Math.max(leastContrast, grainDeviations * (row[x] ?? 0));
  }
  return least;
}

/** Sets small groups of faint blocks in `darkest` to the paper. */
function removeSpecks(darkest: Plane, paper: Plane, least: Float32Array): void {
  const { width, height, values } = darkest;
  const depthAt = (at: number): number => ((paper.values[at] ?? 0) - (values[at] ?? 0)) / paperValue;
  const isInk = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) isInk[at] = depthAt(at) > (least[at] ?? 0) ? 1 : 0;
  const group: number[] = [];
  for (let start = 0; start < values.length; start++) {
    if (isInk[start] !== 1) continue;
    group.length = 0;
    group.push(start);
    isInk[start] = 0;
    let deepest = 0;
    for (let index = 0; index < group.length; index++) {
      const at = group[index] ?? 0;
      deepest = Math.max(deepest, depthAt(at));
      const x = at % width;
      const y = (at - x) / width;
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const next = row * width + column;
          if (isInk[next] !== 1) continue;
          isInk[next] = 0;
          group.push(next);
        }
      }
    }
    if (specks.some(({ blocks, contrast }) => group.length <= blocks && deepest < contrast))
      for (const at of group) values[at] = paper.values[at] ?? 0;
  }
}

/** Darkest and mean value of each block of `blockPx` x `blockPx` pixels, fewer at the right and bottom. */
function readBlocks({ width, height, values }: Plane): { darkest: Plane; mean: Plane } {
  const across = Math.ceil(width / blockPx);
  const down = Math.ceil(height / blockPx);
  const darkest = new Uint8Array(across * down);
  const mean = new Uint8Array(across * down);
  for (let y = 0, to = 0; y < down; y++) {
    const bottom = Math.min(height, (y + 1) * blockPx);
    for (let x = 0; x < across; x++, to++) {
      const right = Math.min(width, (x + 1) * blockPx);
      let least = 255;
      let sum = 0;
      for (let row = y * blockPx; row < bottom; row++) {
        for (let at = row * width + x * blockPx; at < row * width + right; at++) {
          const value = values[at] ?? 0;
          sum += value;
          if (value < least) least = value;
        }
      }
      darkest[to] = least;
      mean[to] = sum / ((bottom - y * blockPx) * (right - x * blockPx));
    }
  }
  return {
    darkest: { width: across, height: down, values: darkest },
    mean: { width: across, height: down, values: mean },
  };
}
