import type { RgbaImage } from '#contract/images.ts';

/* So many rows and so many columns are read: about 8,000 letter edges on a written A4 page. */
const scanLines = 96;

/*
 * An edge rises by at least this share of the paper's brightness: print and pen do, pencil and shadows do not. Where blur has
 * washed even those out, fainter edges must do.
 */
const leastRises = [0.25, 0.1] as const;

/*
 * Fewer edges than this say nothing about a page that is all but empty, nor does a direction with so much fewer than the
 * other: rows of a page of ruled lines cross nothing but those lines, at a slant that makes them look wide.
 */
const leastEdges = 40;
const leastShareOfOther = 0.05;

/* Longer slopes are light on the paper. */
const longestEdgePx = 40;

/* An edge is as wide as the line that crosses it slantwise makes it; the sharpest quarter are those crossed squarely. */
const sharpestShare = 0.25;

/**
 * How many pixels the sharpest edges take to rise from 10 to 90 % of their height, in the direction, across or down,
 * where they take more: a photo shaken in one direction is sharp in the other.
 *
 * @param paperBrightness 0 to 255.
 * @returns 0 where there are too few edges to tell.
 */
export function measureEdgeWidth(page: RgbaImage, paperBrightness: number): number {
  const across = collectEdges((rise) => collectAcross(page, rise), paperBrightness);
  const down = collectEdges((rise) => collectDown(page, rise), paperBrightness);
  const most = Math.max(across.length, down.length);
  const telling = [across, down].filter(({ length }) => length > 0 && length >= leastShareOfOther * most);
  return Math.max(0, ...telling.map((widths) => sharpestOf(widths)));
}

/** Bold edges, or fainter ones where there are too few; none where there are too few even of those. */
function collectEdges(collect: (rise: number) => number[], paperBrightness: number): number[] {
  for (const leastRise of leastRises) {
    const widths = collect(Math.max(8, leastRise * paperBrightness));
    if (widths.length >= leastEdges) return widths;
  }
  return [];
}

function sharpestOf(widths: readonly number[]): number {
  return Float32Array.from(widths).toSorted()[Math.floor(widths.length * sharpestShare)] ?? 0;
}

function collectAcross({ width, height, data }: RgbaImage, rise: number): number[] {
  const widths: number[] = [];
  const row = new Float32Array(width);
  for (let line = 0; line < scanLines; line++) {
    const y = Math.floor(((line + 0.5) * height) / scanLines);
    for (let x = 0; x < width; x++) row[x] = data[(y * width + x) * 4 + 1] ?? 0;
    collectEdgeWidths(row, rise, widths);
  }
  return widths;
}

function collectDown({ width, height, data }: RgbaImage, rise: number): number[] {
  const widths: number[] = [];
  const column = new Float32Array(height);
  for (let line = 0; line < scanLines; line++) {
    const x = Math.floor(((line + 0.5) * width) / scanLines);
    for (let y = 0; y < height; y++) column[y] = data[(y * width + x) * 4 + 1] ?? 0;
    collectEdgeWidths(column, rise, widths);
  }
  return widths;
}

/** Adds the 10-90 % width of each run of `line` that goes up or down by `rise` or more. */
function collectEdgeWidths(line: Float32Array, rise: number, widths: number[]): void {
  let start = 0;
  let direction = 0;
  for (let at = 1; at <= line.length; at++) {
    const step = at < line.length ? Math.sign((line[at] ?? 0) - (line[at - 1] ?? 0)) : -direction;
    if (step === direction || (step === 0 && at < line.length && direction !== 0 && continues(line, at, direction)))
      continue;
    const from = line[start] ?? 0;
    const to = line[at - 1] ?? 0;
    if (Math.abs(to - from) >= rise && at - start <= longestEdgePx) {
      widths.push(crossing(line, start, from + 0.9 * (to - from)) - crossing(line, start, from + 0.1 * (to - from)));
    }
    start = at - 1;
    direction = step;
  }
}

/** Whether the line goes on in `direction` after one level step. */
function continues(line: Float32Array, at: number, direction: number): boolean {
  return Math.sign((line[at + 1] ?? line[at] ?? 0) - (line[at] ?? 0)) === direction;
}

/** Where the line, from `start` on, first crosses `level`, between pixels by linear interpolation. */
function crossing(line: Float32Array, start: number, level: number): number {
  const isRising = (line[start] ?? 0) < level;
  let at = start;
  while (at < line.length - 1 && (line[at] ?? 0) < level === isRising) at++;
  const after = line[at] ?? 0;
  const before = line[at - 1] ?? after;
  return after === before ? at : at - 1 + (level - before) / (after - before);
}
