import type { PrintBox } from '#contract/text.ts';
import type { Letters } from './find-letters.ts';
import { chainLetters } from './follow-lines.ts';

/** A piece of a line without wide gaps. */
interface Segment extends PrintBox {
  readonly letters: number;
}

/** Heights of letters: a wider gap parts columns, or the cells of a table. */
const gutter = 1.5;

/**
 * Columns of flowing text, against the cells of a table, which are read row by row: on both sides of a gutter at least so
 * many pieces of so many letters, and at least this share of all pieces there.
 */
const flowing = { letters: 16, segments: 4, share: 0.5 } as const;

/** Columns in columns in columns are none. */
const mostDepth = 4;

/**
 * Parts of a page to be read one after the other, each row by row: what lies above columns, the columns from left to right,
 * what lies below.
 *
 * @param letters of a straight page
 */
export function findColumns(letters: Letters): readonly PrintBox[] {
  const segments = chainLetters(letters, gutter).map(toSegment);
  const worth = segments.filter(({ letters: count }) => count > 1);
  return splitRegion(worth.length > 0 ? worth : segments, letters.height, 0);
}

function toSegment(line: readonly PrintBox[]): Segment {
  return { ...boundsOf(line), letters: line.length };
}

function splitRegion(segments: readonly Segment[], height: number, depth: number): readonly PrintBox[] {
  if (segments.length === 0) return [];
  const cut = depth < mostDepth ? findCut(segments, height) : undefined;
  if (cut === undefined) return [boundsOf(segments)];
  const inside = segments.filter((segment) => middleOf(segment) > cut.top && middleOf(segment) < cut.bottom);
  const parts = [
    segments.filter((segment) => middleOf(segment) <= cut.top),
    inside.filter(({ right }) => right <= cut.x),
    inside.filter(({ right }) => right > cut.x),
    segments.filter((segment) => middleOf(segment) >= cut.bottom),
  ];
  return parts.flatMap((part) => splitRegion(part, height, depth + 1));
}

function middleOf({ top, bottom }: PrintBox): number {
  return (top + bottom) / 2;
}

interface Cut {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** The gutter with the most flowing text on both sides, from one segment that crosses it to the next. */
function findCut(segments: readonly Segment[], height: number): Cut | undefined {
  let best: Cut | undefined;
  let most: number = flowing.segments - 1;
  const places = new Set(segments.map(({ right }) => Math.round(right / height) * height + height / 2));
  for (const x of places) {
    const crossing = segments.filter(({ left, right }) => left < x && right > x).toSorted((a, b) => a.top - b.top);
    let top = -Infinity;
    for (const blocker of [...crossing, undefined]) {
      const bottom = blocker?.top ?? Infinity;
      const free = segments.filter((segment) => segment.top >= top && segment.bottom <= bottom + height);
      const flow = Math.min(
        countFlowing(free.filter(({ right }) => right <= x)),
        countFlowing(free.filter(({ left }) => left >= x)),
      );
      if (flow > most) {
        most = flow;
        best = { x, top, bottom };
      }
      top = Math.max(top, blocker?.bottom ?? top);
    }
  }
  return best;
}

/** How many segments are of flowing text; 0 where most are not. */
function countFlowing(segments: readonly Segment[]): number {
  const long = segments.filter(({ letters }) => letters >= flowing.letters).length;
  return long >= flowing.share * segments.length ? long : 0;
}

function boundsOf(boxes: readonly PrintBox[]): PrintBox {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}
