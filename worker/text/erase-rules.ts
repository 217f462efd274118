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
 * @param narrowing how wide the page's pixels are for their height
 */
export function eraseRules({ width, height, values }: Plane, letterHeight: number, narrowing = 1): void {
  const row = { length: width, step: 1, letter: letterHeight * narrowing };
  const column = { length: height, step: width, letter: letterHeight };
  const across = findRules({ values, along: row, across: column });
  const down = findRules({ values, along: column, across: row });
  for (const { at, from, to } of across) whiten(values, at, column, from, to);
  for (const { at, from, to } of down) whiten(values, at * width, row, from, to);
}

function whiten(values: Uint8Array, start: number, { length, step }: Axis, from: number, to: number): void {
  for (let at = Math.max(0, from); at < Math.min(length, to); at++) values[start + at * step] = 255;
}

interface Axis {
  readonly length: number;
  /** From one pixel to the next. */
  readonly step: number;
  /** The height of letters in this axis's pixels. */
  readonly letter: number;
}

/** Where rules are looked for, and which way they run. */
interface Search {
  readonly values: Uint8Array;
  readonly along: Axis;
  readonly across: Axis;
}

/** What of a rule lies at one place along it: from `from` to before `to` across it. */
interface Stroke {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Rules that run along one axis. A rule is so long that two in every row of places that are half as far apart lie on it: only
 * where ink is near two of them in turn it is followed.
 */
function findRules(search: Search): readonly Stroke[] {
  const { along, across } = search;
  const leastLength = Math.round(rule.length * along.letter);
  const apart = Math.max(1, leastLength >> 1);
  const strokes: Stroke[] = [];
  for (let line = 1; line < across.length - 1; line++) {
    let isLast = false;
    for (let place = 0; place < along.length; place += apart) {
      const isInk = isNearInk(search, line, place);
      if (isInk && isLast) {
        const start = reachOf(search, line, place, -1);
        const end = reachOf(search, line, place, 1) + 1;
        if (end - start >= leastLength) strokes.push(...followRule(search, line, start, end));
        // What follows on this line begins behind it.
        while (place + apart < end) place += apart;
      }
      isLast = isInk;
    }
  }
  return strokes;
}

/** Ink at this place of a line or beside it: a rule that climbs goes on in the next line. */
function isInkAt({ values, along, across }: Search, line: number, place: number): boolean {
  const at = place * along.step + line * across.step;
  return (
    (values[at] ?? 255) < inkBelow ||
    (values[at - across.step] ?? 255) < inkBelow ||
    (values[at + across.step] ?? 255) < inkBelow
  );
}

/** Whether ink is at this place or so near behind it that a rule may break off in between. */
function isNearInk(search: Search, line: number, place: number): boolean {
  for (let gap = 0; gap <= rule.gapPx; gap++)
    if (place + gap < search.along.length && isInkAt(search, line, place + gap)) return true;
  return false;
}

/** The last place with ink that is reached from this one without too wide a gap. */
function reachOf(search: Search, line: number, place: number, sign: 1 | -1): number {
  let last = place;
  // The place itself may lie in a gap.
  for (let gap = 0, at = place; gap <= rule.gapPx; at += sign) {
    if (at < 0 || at >= search.along.length) break;
    if (isInkAt(search, line, at)) {
      last = at;
      gap = 0;
    } else gap++;
  }
  return last;
}

/** Place by place what is no thicker than a rule, and where other rules cross; nothing where that is too little. */
function followRule(search: Search, line: number, start: number, end: number): readonly Stroke[] {
  const { values, along, across } = search;
  const mostThickness = Math.max(3, Math.round(rule.thickness * across.letter));
  const reach = crossingLength * across.letter;
  const strokes: Stroke[] = [];
  const free: Stroke[] = [];
  for (let place = start; place < end; place++) {
    const isInk = (at: number) => (values[place * along.step + at * across.step] ?? 255) < inkBelow;
    const center = [line, line - 1, line + 1].find(isInk);
    if (center === undefined) continue;
    let first = center;
    while (first > 1 && center - first < reach && isInk(first - 1)) first--;
    let last = center;
    while (last < across.length - 2 && last - center < reach && isInk(last + 1)) last++;
    // The grey rim of a stroke goes with it.
    if (last - first < mostThickness) free.push({ at: place, from: first - 1, to: last + 2 });
    else if (last - first >= reach) strokes.push({ at: place, from: line - 2, to: line + 3 });
  }
  return free.length >= rule.freeShare * (end - start) ? [...strokes, ...free] : [];
}
