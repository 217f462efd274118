import { profileColumns, profileWidth, type SideLine } from './find-page-lines.ts';

/** What a line shows between two positions, seen from a page on one hand of it. */
export interface SideReading {
  /** Mean crest strength with the commoner polarity, 0 to 1; the other polarity counts half. */
  readonly support: number;
  /** Mean strength of the crests that part two colours, 0 to 1. */
  readonly parting: number;
  /** Distance between the mean colours inside and outside, in grey levels (root mean square of R, G, B). */
  readonly contrast: number;
  /** Mean brightness inside less outside, in grey levels. */
  readonly brighter: number;
  /** Standard deviation along the strip just inside and just outside, in grey levels. */
  readonly insideSpread: number;
  readonly outsideSpread: number;
  /** Crest strength on the same line past the two corners, 0 to 1: a side ends at its corners, a table's edge does not. */
  readonly beyond: number;
}

/** Reads the stretch of a line from `from` to `to`, positions along it in pixels, in either order. */
export function readSide(line: SideLine, from: number, to: number, insideRight: boolean): SideReading {
  const start = clampPosition(line, Math.min(from, to));
  const end = Math.max(start + 1, clampPosition(line, Math.max(from, to)));
  const count = end - start;
  const mean = (column: number): number => sumBetween(line, start, end, column) / count;
  const inside = insideRight ? profileColumns.right : profileColumns.left;
  const outside = insideRight ? profileColumns.left : profileColumns.right;
  const red = mean(inside) - mean(outside);
  const insideGreen = mean(inside + 1);
  const outsideGreen = mean(outside + 1);
  const green = insideGreen - outsideGreen;
  const blue = mean(inside + 2) - mean(outside + 2);
  const insideSquared = mean(insideRight ? profileColumns.rightSquared : profileColumns.leftSquared);
  const outsideSquared = mean(insideRight ? profileColumns.leftSquared : profileColumns.rightSquared);
  return {
    support: supportBetween(line, start, end),
    parting: mean(profileColumns.parting),
    contrast: Math.sqrt((red * red + green * green + blue * blue) / 3),
    brighter: (red + 2 * green + blue) / 4,
    insideSpread: Math.sqrt(Math.max(0, insideSquared - insideGreen * insideGreen)),
    outsideSpread: Math.sqrt(Math.max(0, outsideSquared - outsideGreen * outsideGreen)),
    beyond: supportBeyond(line, start, end),
  };
}

/** Worth of a side by itself, fitted with the promise (see find-page-candidates.ts). */
const sideWeights = { support: 13.8, parting: 13.3, beyond: -27.4 } as const;

/** A side's worth for a first choice among many, and how well its crests part two colours, 0 to 1. */
export function weighSide(line: SideLine, from: number, to: number): { worth: number; parting: number } {
  const start = clampPosition(line, Math.min(from, to));
  const end = Math.max(start + 1, clampPosition(line, Math.max(from, to)));
  const parting = sumBetween(line, start, end, profileColumns.parting) / (end - start);
  const worth =
    sideWeights.support * supportBetween(line, start, end) +
    sideWeights.parting * parting +
    sideWeights.beyond * supportBeyond(line, start, end);
  return { worth, parting };
}

/** Mean crest strength just past both ends, from 4 px on, where the corner's own rounding is over. */
function supportBeyond(line: SideLine, start: number, end: number): number {
  const reach = Math.max(8, Math.round(0.12 * (end - start)));
  return (
    (supportBetween(line, Math.max(0, start - reach - 4), Math.max(0, start - 4)) +
      supportBetween(line, Math.min(line.length, end + 4), Math.min(line.length, end + reach + 4))) /
    2
  );
}

/** Mean crest strength between two positions; 0 where there is nothing between them. */
export function supportBetween(line: SideLine, start: number, end: number): number {
  if (end <= start) return 0;
  const right = sumBetween(line, start, end, profileColumns.brighterRight);
  const left = sumBetween(line, start, end, profileColumns.brighterLeft);
  return (Math.max(right, left) + 0.5 * Math.min(right, left)) / (end - start);
}

function sumBetween(line: SideLine, start: number, end: number, column: number): number {
  return (line.profile[end * profileWidth + column] ?? 0) - (line.profile[start * profileWidth + column] ?? 0);
}

export function clampPosition(line: SideLine, position: number): number {
  return Math.max(0, Math.min(line.length, Math.round(position)));
}
