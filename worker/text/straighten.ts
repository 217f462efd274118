import type { Plane } from '#worker/vision/plane.ts';
import type { Bend } from './follow-lines.ts';

/** From pixels of a prepared picture to pixels of the page. */
export type ToPage = (x: number, y: number) => readonly [number, number];

/** A page with its bend taken out and scaled, and the way back to the page's own pixels. */
export interface StraightPage {
  readonly picture: Plane;
  readonly toPage: ToPage;
}

/** Times that the picture is as wide and as high as the page. */
export interface Scale {
  readonly across: number;
  readonly down: number;
}

/** The bend is smooth: it is worked out at every so many pixels of the picture, and between them linear. */
const gridPx = 32;

/** Shifts each column of the page up by the bend, and scales it: cubic along both ways (Keys 1981, a = -0.5). */
export function straightenPage(page: Plane, bend: Bend, { across, down }: Scale): StraightPage {
  const width = Math.max(1, Math.round(page.width * across));
  const height = Math.max(1, Math.round(page.height * down));
  const wide = scaleRows(page, width, across);
  const toPageY = (x: number, y: number): number => {
    const level = y / down;
    // The bend is known by where a place lies on the page, which is where it is to be found.
    let found = level + bend.at(x / across, level);
    for (let round = 0; round < 3; round++) found = level + bend.at(x / across, found);
    return found;
  };
  const out = new Uint8ClampedArray(width * height).fill(255);
  const columns = Math.ceil(width / gridPx) + 1;
  const rowOf = (y: number) => Float64Array.from({ length: columns }, (_, column) => toPageY(column * gridPx, y));
  let upper = rowOf(0.5);
  for (let top = 0; top < height; top += gridPx) {
    const lower = rowOf(top + gridPx + 0.5);
    for (let y = top; y < Math.min(height, top + gridPx); y++) {
      const share = (y - top) / gridPx;
      let left = (upper[0] ?? 0) * (1 - share) + (lower[0] ?? 0) * share;
      for (let cell = 1, x = 0; x < width; cell++, x += gridPx) {
        const right = (upper[cell] ?? 0) * (1 - share) + (lower[cell] ?? 0) * share;
        const slope = (right - left) / gridPx;
        readColumns(
          wide,
          page.height,
          out,
          { y, left: x, right: Math.min(width, x + gridPx), width },
          left - 0.5,
          slope,
        );
        left = right;
      }
    }
    upper = lower;
  }
  return {
    picture: { width, height, values: new Uint8Array(out.buffer) },
    toPage: (x, y) => [x / across, toPageY(x, y)],
  };
}

/** Part of a row of the picture. */
interface Run {
  readonly y: number;
  readonly left: number;
  readonly right: number;
  readonly width: number;
}

/** Whole numbers with 16 binary places: rows of a page are far fewer than 32,768. */
const fixed = 65536;

/** @param from row of the page at the left end of the run, a pixel further right `slope` more; outside it stays white */
function readColumns(
  wide: Uint8Array,
  pageHeight: number,
  out: Uint8ClampedArray,
  { y, left, right, width }: Run,
  from: number,
  slope: number,
): void {
  const step = Math.round(slope * fixed);
  let at = Math.round((from + slope / 2) * fixed);
  const first = at >> 16;
  const last = (at + step * (right - left - 1)) >> 16;
  const lastY = pageHeight - 1;
  const to = y * width;
  if (Math.min(first, last) > 0 && Math.max(first, last) < lastY - 1) {
    for (let x = left; x < right; x++, at += step) {
      const weight = ((at >> 10) & (cubicSteps - 1)) * 4;
      const here = (at >> 16) * width + x;
      out[to + x] =
        ((wide[here - width] ?? 0) * (cubic[weight] ?? 0) +
          (wide[here] ?? 0) * (cubic[weight + 1] ?? 0) +
          (wide[here + width] ?? 0) * (cubic[weight + 2] ?? 0) +
          (wide[here + 2 * width] ?? 0) * (cubic[weight + 3] ?? 0) +
          128) >>
        8;
    }
    return;
  }
  for (let x = left; x < right; x++, at += step) {
    const row = at >> 16;
    if (row < -1 || row > lastY) continue;
    const weight = ((at >> 10) & (cubicSteps - 1)) * 4;
    let sum = 128;
    for (let k = 0; k < 4; k++)
      sum += (wide[Math.min(lastY, Math.max(0, row + k - 1)) * width + x] ?? 0) * (cubic[weight + k] ?? 0);
    out[to + x] = sum >> 8;
  }
}

const cubicSteps = 64;
/** Weights of the four neighbours in 256ths for each step between the two in the middle. */
const cubic = tabulateCubic();

function tabulateCubic(): Int32Array {
  const weights = new Int32Array(cubicSteps * 4);
  for (let step = 0; step < cubicSteps; step++) {
    const t = step / cubicSteps;
    const first = Math.round(256 * (-0.5 * t ** 3 + t ** 2 - 0.5 * t));
    const third = Math.round(256 * (-1.5 * t ** 3 + 2 * t ** 2 + 0.5 * t));
    const fourth = Math.round(256 * (0.5 * t ** 3 - 0.5 * t ** 2));
    weights.set([first, 256 - first - third - fourth, third, fourth], step * 4);
  }
  return weights;
}

/** Every row of the page at the width of the picture. */
function scaleRows({ width, height, values }: Plane, toWidth: number, scale: number): Uint8Array {
  if (toWidth === width) return values;
  const out = new Uint8ClampedArray(toWidth * height);
  const starts = new Int32Array(toWidth);
  const weights = new Int32Array(toWidth * 4);
  for (let x = 0; x < toWidth; x++) {
    const from = (x + 0.5) / scale - 0.5;
    const left = Math.floor(from);
    const weight = Math.min(cubicSteps - 1, Math.floor((from - left) * cubicSteps)) * 4;
    // At the edges the outermost pixel goes on: what would be taken from outside is taken from it.
    const start = Math.min(Math.max(0, width - 4), Math.max(0, left - 1));
    starts[x] = start;
    for (let k = 0; k < 4; k++) {
      const inside = Math.min(width - 1, Math.max(0, left - 1 + k)) - start;
      const to = x * 4 + Math.min(3, Math.max(0, inside));
      weights[to] = (weights[to] ?? 0) + (cubic[weight + k] ?? 0);
    }
  }
  for (let y = 0, to = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0, weight = 0; x < toWidth; x++, weight += 4, to++) {
      const at = row + (starts[x] ?? 0);
      out[to] =
        ((values[at] ?? 0) * (weights[weight] ?? 0) +
          (values[at + 1] ?? 0) * (weights[weight + 1] ?? 0) +
          (values[at + 2] ?? 0) * (weights[weight + 2] ?? 0) +
          (values[at + 3] ?? 0) * (weights[weight + 3] ?? 0) +
          128) >>
        8;
    }
  }
  return new Uint8Array(out.buffer);
}
