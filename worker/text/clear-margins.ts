import type { Plane } from '#worker/vision/plane.ts';
import { inkBelow } from './find-letters.ts';

/** The desk looks in over a curled edge as far as this share of the page. */
const deepest = 0.07;

/** Whitens what is dark from the very edge of the page on, and what lies outside of that: the desk beside a curled page. */
export function clearMargins(page: Plane): void {
  const { width, height } = page;
  const across = { length: width, step: 1 };
  const down = { length: height, step: width };
  clearSide(page.values, across, down, 0, 1);
  clearSide(page.values, across, down, height - 1, -1);
  clearSide(page.values, down, across, 0, 1);
  clearSide(page.values, down, across, width - 1, -1);
}

interface Axis {
  readonly length: number;
  readonly step: number;
}

/** From one edge inwards: in each line across it, whitens as far as what is dark there belongs to the edge. */
function clearSide(values: Uint8Array, along: Axis, inwards: Axis, first: number, sign: 1 | -1): void {
  const depth = Math.floor(deepest * inwards.length);
  const reach = new Int32Array(along.length);
  const isDark = (at: number, deep: number): boolean =>
    (values[at * along.step + (first + sign * deep) * inwards.step] ?? 255) < inkBelow;
  for (let at = 0; at < along.length; at++) {
    let deep = 0;
    // A thin bright rim, where flattening mixed page and desk, is no page.
    while (deep < depth && (isDark(at, deep) || (deep < rimPx && isDark(at, deep + 1)))) deep++;
    reach[at] = deep;
  }
  for (let at = 0; at < along.length; at++) {
    const deep = reach[at] ?? 0;
    // As deep as it could be: no edge, but something on the page that begins there.
    const until = deep >= depth ? 0 : deep + (deep > 0 ? rimPx : 0);
    for (let row = 0; row < until; row++) values[at * along.step + (first + sign * row) * inwards.step] = 255;
  }
}

const rimPx = 3;
