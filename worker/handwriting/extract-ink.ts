import { closePlane, readRow, shrinkPlane, type Plane } from '#worker/vision/plane.ts';
import { eraseLines, sideInPhoto, type BoxPlace } from './erase-lines.ts';
import { findComponents, type Component } from './find-components.ts';
import { blurPlane } from './normalise-character.ts';

/** What was found in a box. */
export type BoxInk =
  | { readonly kind: 'blank' }
  /** So much of the box is inked that no character can be in it. */
  | { readonly kind: 'blackened' }
  /** 0 for paper to 1 for full ink. */
  | { readonly kind: 'written'; readonly ink: Plane<Float32Array> };

/** Strokes are narrower than this share of the box's shorter side; the paper shows through between them. */
const widestStrokeShare = 0.3;
/** The lightest pencil that is taken for writing darkens the paper by this share; the show-through of a back page is less. */
const leastDarkness = 0.07;
/** Ink has to stand out from the paper's own noise by so many standard deviations. */
const noiseFactor = 4;
/**
 * Full ink is this share of the darkest tenth of what is written: strokes then have no texture, as in the training data. In small
 * boxes, where strokes are as soft as the photo, less than all would run them together.
 */
const fullInkShare = { usual: 0.75, small: 1, smallBelowPx: 25 } as const;
/** Writing is at least so long, as a share of the box's shorter side; less is a dot or a fleck. */
const leastLengthShare = 0.2;
/** A piece with less than this share of the ink is a fleck, or what the scanner saw of the next box. */
const fleckShare = 0.03;
/** At least as many pixels, of a box that is 64 pixels high. */
const fleckPx = 6;
/** What lies all along a line, no farther from it than so many pixels of the photo, is what is left of the line. */
const lineRestPx = 2;
/** Pieces are made of what has at least this share of full ink. */
const inkLevel = 0.3;
/** Strokes of the next box reach in no further than this, as a share of the shorter side. */
const reachShare = 0.3;
/** Inked share of the box beyond which it is blackened; a thick `8` or `B` in a small box inks 40 % of it. */
const blackenedShare = 0.6;
/** Paper in the shade of a hand or a curl is at least this share as bright as the brightest paper of the patch. */
const mostShade = 0.6;
/** The grain of paper, sensor and JPEG darkens its middle by less than this against its brightest; more is ink. */
const mostGrain = 0.1;
/** What lies nearer to the printed lines is not looked at for grain, ink and blackening, as a share of the shorter side. */
const insideMargin = 0.1;

/**
 * Finds what is written in a box: darkness against the paper around it, without the printed lines, without what belongs to the
 * neighbours.
 *
 * @param grey the box upright with some of its surroundings, 0 black to 255 white
 * @param box where in it the box's lines should be
 */
export function extractInk(grey: Plane, box: BoxPlace): BoxInk {
  const side = Math.min(box.right - box.left, box.bottom - box.top);
  const { darkness, noise } = measureDarkness(grey, Math.ceil(widestStrokeShare * side));
  const floor = Math.max(leastDarkness, noiseFactor * noise);
  const written = eraseLines(darkness, box);
  const inside = cutInside(written, box);
  const most = measureFullInk(inside, floor);
  if (most === undefined) return { kind: 'blank' };
  const { usual, small, smallBelowPx } = fullInkShare;
  const full = Math.max((sideInPhoto(box) < smallBelowPx ? small : usual) * most, 1.5 * floor);
  // Half of full ink: the soft edges of a felt pen's strokes fill a small box without blackening it.
  if (inside.filter((value) => value > full / 2).length > blackenedShare * inside.length) return { kind: 'blackened' };
  const ink = {
    ...written,
    values: written.values.map((value) => Math.min(1, Math.max(0, (value - floor / 2) / (full - floor / 2)))),
  };
  const own = keepOwn(ink, box);
  return own === undefined ? { kind: 'blank' } : { kind: 'written', ink: own };
}

/** How much darker than the paper each pixel is, 0 to 1, and the standard deviation of that on the bare paper. */
function measureDarkness(grey: Plane, radius: number): { darkness: Plane<Float32Array>; noise: number } {
  const { width, height, values } = grey;
  const closed = closePlane(grey, radius);
  // Where a box is blackened there is no paper to be seen: light does not fall off so far from one side of a box to the other.
  const bright = quantileOf(values, 0.95);
  const lifted = Float32Array.from(closed.values, (value) => Math.max(value, mostShade * bright));
  const paper = smoothPlane({ width, height, values: lifted }, radius / 2);
  const darkness = Float32Array.from(values, (value, at) => 1 - value / Math.max(1, paper[at] ?? 0));
  // Closing takes the brightest grain as the paper. A third of a patch and more is bare, so that two of its quantiles, 0.97 standard
  // deviations apart, tell the middle of the grain and its spread; unless it is inked so far that they tell nothing.
  const low = quantileOf(darkness, 0.05);
  const middle = quantileOf(darkness, 0.25);
  const isBare = middle < mostGrain;
  const lead = isBare ? middle : Math.min(low, 0);
  return {
    darkness: { width, height, values: darkness.map((value) => Math.max(0, value - lead)) },
    noise: isBare ? (middle - low) / 0.97 : mostGrain / 4,
  };
}

/** A wide Gaussian blur, worked out at a quarter of the size. */
function smoothPlane(plane: Plane<Float32Array>, sigma: number): Float32Array {
  const factor = 4;
  const coarse = blurPlane(shrinkPlane(plane, factor), sigma / factor);
  const out = new Float32Array(plane.values.length);
  for (let y = 0; y < plane.height; y++) {
    readRow(coarse, factor, y, out.subarray(y * plane.width, (y + 1) * plane.width));
  }
  return out;
}

/** So many pixels tell quantiles of a patch well enough; sorting four times as many takes as long as all else. */
const sampledPixels = 2000;

function quantileOf(values: Float32Array | Uint8Array, share: number): number {
  const step = Math.max(1, Math.floor(values.length / sampledPixels));
  const sampled = Float32Array.from({ length: Math.ceil(values.length / step) }, (_, at) => values[at * step] ?? 0);
  return sampled.toSorted()[Math.floor((sampled.length - 1) * share)] ?? 0;
}

/** The pixels inside of the printed lines, row by row. */
function cutInside({ width, height, values }: Plane<Float32Array>, box: BoxPlace): Float32Array {
  const margin = insideMargin * Math.min(box.right - box.left, box.bottom - box.top);
  const left = Math.max(0, Math.round(box.left + margin));
  const right = Math.min(width, Math.round(box.right - margin));
  const rows: Float32Array[] = [];
  for (let y = Math.max(0, Math.round(box.top + margin)); y < Math.min(height, Math.round(box.bottom - margin)); y++) {
    rows.push(values.subarray(y * width + left, y * width + right));
  }
  const all = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0));
  for (const [index, row] of rows.entries()) all.set(row, index * row.length);
  return all;
}

/** Mean of the darkest tenth of what is above `floor`; `undefined` where there is nothing. */
function measureFullInk(values: Float32Array, floor: number): number | undefined {
  const inked = values.filter((value) => value > floor).toSorted();
  if (inked.length === 0) return undefined;
  const darkest = inked.subarray(Math.floor(inked.length * 0.9));
  return darkest.reduce((sum, value) => sum + value, 0) / darkest.length;
}

/** The pieces that lie mostly in this box and are no flecks; `undefined` where they are too short for writing. */
function keepOwn({ width, height, values }: Plane<Float32Array>, box: BoxPlace): Plane<Float32Array> | undefined {
  const side = Math.min(box.right - box.left, box.bottom - box.top);
  const isWithin = (at: number, margin: number): boolean => {
    const x = at % width;
    const y = (at - x) / width;
    return x >= box.left + margin && x < box.right - margin && y >= box.top + margin && y < box.bottom - margin;
  };
  const pieces = findComponents({ width, height, values }, inkLevel).flatMap((piece) => {
    const inside = piece.pixels.filter((at) => isWithin(at, 0));
    // What is written here may reach out; what is written next door is cut at the line, and left out unless it is joined to this.
    if (inside.length > piece.pixels.length / 2) return [piece];
    const isJoined = inside.some((at) => isWithin(at, reachShare * side));
    return isJoined ? [{ ...piece, pixels: inside, ...outlineOf(inside, width) }] : [];
  });
  const total = pieces.reduce((sum, { pixels }) => sum + pixels.length, 0);
  const rest = lineRestPx * box.photoPx;
  const isOnLine = (at: number): boolean => isWithin(at, -rest) && !isWithin(at, rest);
  const own = pieces.filter(
    ({ pixels }) => pixels.length > fleckShare * total && pixels.length > fleckPx && !pixels.every(isOnLine),
  );
  const out = new Float32Array(values.length);
  for (const { pixels } of own) {
    for (const at of pixels) for (const near of withNeighbours(at, width)) out[near] = values[near] ?? 0;
  }
  return measureLength(own) < leastLengthShare * side ? undefined : { width, height, values: out };
}

function outlineOf(pixels: readonly number[], width: number) {
  const xs = pixels.map((at) => at % width);
  const ys = pixels.map((at) => Math.floor(at / width));
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs) + 1, bottom: Math.max(...ys) + 1 };
}

/** Soft edges of strokes are below the level that pieces are found at. */
function withNeighbours(at: number, width: number): readonly number[] {
  return [at, at - 1, at + 1, at - width, at + width];
}

/** Longer side of the outline of all pieces together. */
function measureLength(pieces: readonly Component[]): number {
  if (pieces.length === 0) return 0;
  const width = Math.max(...pieces.map(({ right }) => right)) - Math.min(...pieces.map(({ left }) => left));
  const height = Math.max(...pieces.map(({ bottom }) => bottom)) - Math.min(...pieces.map(({ top }) => top));
  return Math.max(width, height);
}
