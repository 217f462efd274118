import type { Plane } from '#worker/vision/plane.ts';
import type { Bend } from './follow-lines.ts';

/** From pixels of a prepared picture to pixels of the page. */
export type ToPage = (x: number, y: number) => readonly [number, number];

/** A page with its bend taken out and scaled, and the way back to the page's own pixels. */
export interface StraightPage {
  readonly picture: Plane;
  readonly toPage: ToPage;
}

/** The bend is smooth: it is worked out at every so many pixels of the picture, and between them linear. */
const gridPx = 32;

/** Shifts each column of the page up by the bend, and scales it: cubic along both ways (Keys 1981, a = -0.5). */
export function straightenPage(page: Plane, bend: Bend, scale: number): StraightPage {
  const width = Math.max(1, Math.round(page.width * scale));
  const height = Math.max(1, Math.round(page.height * scale));
  const wide = scaleRows(page, width, scale);
  const toPageY = (x: number, y: number): number => {
    const level = y / scale;
    // The bend is known by where a place lies on the page, which is where it is to be found.
    let found = level + bend.at(x / scale, level);
    for (let round = 0; round < 3; round++) found = level + bend.at(x / scale, found);
    return found;
  };
  const out = new Uint8ClampedArray(width * height).fill(255);
  const lastY = page.height - 1;
  const columns = Math.ceil(width / gridPx) + 1;
  const rowOf = (y: number) => Float64Array.from({ length: columns }, (_, column) => toPageY(column * gridPx, y));
  let upper = rowOf(0.5);
  for (let top = 0; top < height; top += gridPx) {
    const lower = rowOf(top + gridPx + 0.5);
    for (let y = top; y < Math.min(height, top + gridPx); y++) {
      const down = (y - top) / gridPx;
      for (let cell = 0, x = 0; x < width; cell++) {
        const left = (upper[cell] ?? 0) * (1 - down) + (lower[cell] ?? 0) * down;
        const right = (upper[cell + 1] ?? 0) * (1 - down) + (lower[cell + 1] ?? 0) * down;
        const slope = (right - left) / gridPx;
        let from = left + slope / 2 - 0.5;
        for (const end = Math.min(width, x + gridPx); x < end; x++, from += slope) {
          const y1 = Math.floor(from);
          if (y1 < -1 || y1 > lastY) continue;
          const at = Math.round((from - y1) * cubicSteps) * 4;
          const here = y1 * width + x;
          const isInner = y1 > 0 && y1 < lastY - 1;
          const a = wide[isInner ? here - width : Math.max(0, y1 - 1) * width + x] ?? 255;
          const b = wide[isInner ? here : Math.max(0, y1) * width + x] ?? 255;
          const c = wide[isInner ? here + width : Math.min(lastY, y1 + 1) * width + x] ?? 255;
          const d = wide[isInner ? here + 2 * width : Math.min(lastY, y1 + 2) * width + x] ?? 255;
          out[y * width + x] =
            a * (cubic[at] ?? 0) + b * (cubic[at + 1] ?? 0) + c * (cubic[at + 2] ?? 0) + d * (cubic[at + 3] ?? 0);
        }
      }
    }
    upper = lower;
  }
  return {
    picture: { width, height, values: new Uint8Array(out.buffer) },
    toPage: (x, y) => [x / scale, toPageY(x, y)],
  };
}

const cubicSteps = 64;
/** Weights of the four neighbours for each step between the two in the middle. */
const cubic = tabulateCubic();

function tabulateCubic(): Float32Array {
  const weights = new Float32Array((cubicSteps + 1) * 4);
  for (let step = 0; step <= cubicSteps; step++) {
    const t = step / cubicSteps;
    weights[step * 4] = -0.5 * t ** 3 + t ** 2 - 0.5 * t;
    weights[step * 4 + 1] = 1.5 * t ** 3 - 2.5 * t ** 2 + 1;
    weights[step * 4 + 2] = -1.5 * t ** 3 + 2 * t ** 2 + 0.5 * t;
    weights[step * 4 + 3] = 0.5 * t ** 3 - 0.5 * t ** 2;
  }
  return weights;
}

/** Every row of the page at the width of the picture. */
function scaleRows({ width, height, values }: Plane, toWidth: number, scale: number): Uint8Array {
  if (toWidth === width) return values;
  const out = new Uint8ClampedArray(toWidth * height);
  const places = Float32Array.from({ length: toWidth }, (_, x) => (x + 0.5) / scale - 0.5);
  for (let y = 0, to = 0; y < height; y++) {
    const start = y * width;
    for (let x = 0; x < toWidth; x++, to++) {
      const from = places[x] ?? 0;
      const x1 = Math.floor(from);
      const at = Math.round((from - x1) * cubicSteps) * 4;
      const a = values[start + Math.min(width - 1, Math.max(0, x1 - 1))] ?? 255;
      const b = values[start + Math.min(width - 1, Math.max(0, x1))] ?? 255;
      const c = values[start + Math.min(width - 1, x1 + 1)] ?? 255;
      const d = values[start + Math.min(width - 1, x1 + 2)] ?? 255;
      out[to] = a * (cubic[at] ?? 0) + b * (cubic[at + 1] ?? 0) + c * (cubic[at + 2] ?? 0) + d * (cubic[at + 3] ?? 0);
    }
  }
  return new Uint8Array(out.buffer);
}
