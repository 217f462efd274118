import type { Plane } from '#worker/vision/plane.ts';
import { inkBelow } from './find-letters.ts';

/*
 * A ruled line against the height of letters: longer than any stroke of a letter, and thinner than the strokes of print
 * that is so large. It may break off for a pixel or two, and most of it touches nothing: the tops of small letters in a
 * blurred word make a long dark row, too, but hang on their stems.
 */
const rule = { length: 4, thickness: 0.35, gapPx: 2, freeShare: 0.75 } as const;

/** Ink across a rule that is so long, in heights of letters, is another rule; what is shorter is a letter and stays. */
const crossingLength = 1.8;

/**
 * Whitens ruled lines, across and down: Tesseract takes ruled tables for pictures and leaves them out. Letters that stand on
 * a line or cross it are kept.
 *
 * @param page straight, so that rules are
 * @param letterHeight in pixels
 */
export function eraseRules(page: Plane, letterHeight: number): void {
  const ink = findInk(page);
  const across = findRules(ink, letterHeight);
  const down = findRules(transpose(ink), letterHeight);
  const { width, height, values } = page;
  for (const { at, from, to } of across) for (let y = from; y < to; y++) values[y * width + at] = 255;
  for (const { at, from, to } of down) values.fill(255, at * width + from, Math.min(at * width + to, height * width));
}

/** 1 for ink, 0 for paper. */
function findInk({ width, height, values }: Plane): Plane {
  const ink = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) ink[at] = (values[at] ?? 255) < inkBelow ? 1 : 0;
  return { width, height, values: ink };
}

function transpose({ width, height, values }: Plane): Plane {
  const turned = new Uint8Array(values.length);
  const block = 64;
  for (let top = 0; top < height; top += block)
    for (let left = 0; left < width; left += block)
      for (let y = top; y < Math.min(height, top + block); y++)
        for (let x = left; x < Math.min(width, left + block); x++) turned[x * height + y] = values[y * width + x] ?? 0;
  return { width: height, height: width, values: turned };
}

/** What of a rule lies in one column: rows from `from` to before `to`. */
interface Stroke {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** Rules that run across. */
function findRules(ink: Plane, letterHeight: number): readonly Stroke[] {
  const { width, height, values } = ink;
  const leastLength = Math.round(rule.length * letterHeight);
  const strokes: Stroke[] = [];
  for (let y = 1; y < height - 1; y++) {
    const row = y * width;
    let start = -1;
    let last = -1;
    for (let x = 0; x < width; x++) {
      // A rule that climbs a row goes on in the next.
      if (((values[row + x] ?? 0) | (values[row - width + x] ?? 0) | (values[row + width + x] ?? 0)) === 0) continue;
      if (start >= 0 && x - last > rule.gapPx + 1) {
        if (last + 1 - start >= leastLength) strokes.push(...followRule(ink, y, start, last + 1, letterHeight));
        start = -1;
      }
      if (start < 0) start = x;
      last = x;
    }
    if (start >= 0 && last + 1 - start >= leastLength)
      strokes.push(...followRule(ink, y, start, last + 1, letterHeight));
  }
  return strokes;
}

/** Column by column what is no thicker than a rule, and where other rules cross; nothing where that is too little. */
function followRule(ink: Plane, y: number, start: number, end: number, letterHeight: number): readonly Stroke[] {
  const { width, values } = ink;
  const mostThickness = Math.max(3, Math.round(rule.thickness * letterHeight));
  const strokes: Stroke[] = [];
  const free: Stroke[] = [];
  for (let x = start; x < end; x++) {
    let center = y;
    if (values[center * width + x] !== 1) center = values[(y - 1) * width + x] === 1 ? y - 1 : y + 1;
    if (values[center * width + x] !== 1) continue;
    const reach = crossingLength * letterHeight;
    const top = center - countInk(ink, x, center, -1, reach);
    const bottom = center + countInk(ink, x, center, 1, reach);
    // The grey rim of a stroke goes with it.
    if (bottom - top < mostThickness) free.push({ at: x, from: top - 1, to: bottom + 2 });
    else if (bottom - top >= reach) strokes.push({ at: x, from: y - 2, to: y + 3 });
  }
  return free.length >= rule.freeShare * (end - start) ? [...strokes, ...free] : [];
}

/** How far ink goes on from a pixel, at most `most`. */
function countInk({ width, height, values }: Plane, x: number, y: number, step: 1 | -1, most: number): number {
  let count = 0;
  for (let row = y + step; count < most && row > 0 && row < height - 1 && values[row * width + x] === 1; row += step)
    count++;
  return count;
}
