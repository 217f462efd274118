import type { RgbaImage } from '#contract/images.ts';
import type { PageQuality, PageWarning } from '#contract/pages.ts';
import { shrinkImage } from '#worker/vision/shrink-image.ts';
import type { FlatPage } from './flatten-page.ts';
import { measureEdgeWidth } from './measure-edge-width.ts';

/*
 * Edges wider than 0.6 mm on the paper run the strokes of 11 point print together. Of the 73 flattened pages of the
 * development sets the least sharp has 0.46; blurred by 3 pixels of standard deviation all those of 150 to 240 dpi have
 * 0.61 and more. Below 3 pixels it is resolution that is wanting, and said so: sharp pages show 1.5 to 2.5 there.
 */
const blurred = { mm: 0.6, px: 3 } as const;

/*
 * Glare is an island of pure white on paper that is not: from 0.3 % of the page on (a spot of 15 mm on A4), each island of
 * 0.05 % or more. An island of over 15 % is the lit part of a page half in shadow.
 */
const glare = { warnShare: 0.003, leastIsland: 0.0005, mostIsland: 0.15, blown: 250, mostPaper: 232 } as const;

/* The darkest development page that reads well has paper of 91. */
const darkPaper = 80;

/* Half of a scanner's 300: an x-height of 10 point print then has 10 pixels, the fewest that recognition is content with. */
const leastDotsPerInch = 150;

/* Long side of the overview that light is read from, and its tiles: 5 mm on A4, wider than a line of print is high. */
const overviewLongSidePx = 440;
const tilePx = 8;

/** Measures a flattened page before it is cleaned. */
export function measureQuality({ image, dotsPerInch }: Pick<FlatPage, 'image' | 'dotsPerInch'>): PageQuality {
  const overview = shrinkImage(
    image,
    Math.max(1, Math.round(Math.max(image.width, image.height) / overviewLongSidePx)),
  );
  const paper = readTiles(overview);
  const paperBrightness = median(paper);
  const blownShare = measureGlare(overview, paperBrightness);
  const edgeWidthPx = measureEdgeWidth(image, paperBrightness);

  const warnings: PageWarning[] = [];
  if (edgeWidthPx > blurred.px && edgeWidthPx * (25.4 / dotsPerInch) > blurred.mm) warnings.push('blurred');
  if (blownShare >= glare.warnShare) warnings.push('glare');
  if (paperBrightness < darkPaper) warnings.push('too-dark');
  if (dotsPerInch < leastDotsPerInch) warnings.push('too-small');
  return { edgeWidthPx, glareShare: blownShare, paperBrightness, dotsPerInch, warnings };
}

function brightnessAt(data: Uint8ClampedArray, at: number): number {
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
}

/** The brightest of each tile: paper, wherever a tile holds any. */
function readTiles({ width, height, data }: RgbaImage): Float32Array {
  const across = Math.ceil(width / tilePx);
  const tiles = new Float32Array(across * Math.ceil(height / tilePx));
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const tile = Math.floor(y / tilePx) * across + Math.floor(x / tilePx);
      tiles[tile] = Math.max(tiles[tile] ?? 0, brightnessAt(data, at));
    }
  }
  return tiles;
}

/** Share of the page under islands of glare. */
function measureGlare({ width, height, data }: RgbaImage, paperBrightness: number): number {
  if (paperBrightness > glare.mostPaper) return 0;
  const isBlown = new Uint8Array(width * height);
  for (let at = 0; at < isBlown.length; at++) {
    const darkest = Math.min(data[at * 4] ?? 0, data[at * 4 + 1] ?? 0, data[at * 4 + 2] ?? 0);
    isBlown[at] = darkest >= glare.blown ? 1 : 0;
  }
  let blown = 0;
  const island: number[] = [];
  for (let start = 0; start < isBlown.length; start++) {
    if (isBlown[start] !== 1) continue;
    isBlown[start] = 0;
    island.length = 0;
    island.push(start);
    for (let index = 0; index < island.length; index++) {
      const at = island[index] ?? 0;
      const x = at % width;
      for (const step of [x > 0 ? -1 : 0, x < width - 1 ? 1 : 0, -width, width]) {
        if (isBlown[at + step] !== 1) continue;
        isBlown[at + step] = 0;
        island.push(at + step);
      }
    }
    const share = island.length / isBlown.length;
    if (share >= glare.leastIsland && share <= glare.mostIsland) blown += share;
  }
  return blown;
}

function median(values: Float32Array): number {
  return values.toSorted()[values.length >> 1] ?? 0;
}
