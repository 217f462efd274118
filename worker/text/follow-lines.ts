import type { Size } from '#contract/images.ts';
import type { PrintBox } from '#contract/text.ts';
import type { Letters } from './find-letters.ts';

/**
 * How far each place of the page lies below where it would if its lines of print were straight and level. Of a slanted
 * page it is a ramp, of a curled one a wave that changes from top to bottom.
 */
export interface Bend {
  /** In pixels of the page, downwards. */
  at(x: number, y: number): number;
  /** Largest amount over the page, in pixels. */
  readonly most: number;
}

const noBend: Bend = { at: () => 0, most: 0 };

/**
 * Powers of x (from the middle, -1 to 1) times powers of y: enough for a sheet that bends once or twice across. The term of
 * x to the power of i and y to that of j is number 4 (i - 1) + j.
 */
const powers = { x: 5, y: 4 } as const;
const termCount = powers.x * powers.y;

/** A line has at least so many letters and is at least so many letter heights long. */
const leastLine = { letters: 4, lengths: 3 } as const;

/** Fewer lines than this do not say how a page bends, only that it slants. */
const leastLinesToBend = 5;

/**
 * The bend of a page from its lines of print: every line is given a level of its own, and one smooth surface is fitted to
 * what the feet of its letters are off it, least squares with those far off counting less and less (letters that reach
 * below the line: Tukey's biweight).
 */
export function followLines(letters: Letters, page: Size): Bend {
  const first = fitBend(letters, letters, page, across.unknown);
  // Lines that the bend tore apart are found whole once it is known.
  return fitBend(letters, straightenLetters(letters, first), page, across.known);
}

/** The letters where they would be without the bend. */
export function straightenLetters({ boxes, height }: Letters, bend: Bend): Letters {
  const straight = boxes.map((box): PrintBox => {
    const by = bend.at((box.left + box.right) / 2, box.bottom);
    return { left: box.left, top: box.top - by, right: box.right, bottom: box.bottom - by };
  });
  return { boxes: straight, height };
}

/** @param straight the same letters, in places where those of a line lie beside each other */
function fitBend(letters: Letters, straight: Letters, page: Size, gap: number): Bend {
  const boxes = new Map(straight.boxes.map((box, at) => [box, letters.boxes[at] ?? box]));
  const chains = chainLetters(straight, gap).map((line) => line.map((box) => boxes.get(box) ?? box));
  const lines = chains.filter((line) => {
    const first = line[0];
    const last = line.at(-1);
    return (
      first !== undefined &&
      last !== undefined &&
      line.length >= leastLine.letters &&
      last.right - first.left >= leastLine.lengths * letters.height
    );
  });
  if (lines.length === 0) return noBend;
  const middle = page.width / 2;
  const half = Math.max(page.width, page.height) / 2;
  const toU = (x: number) => (x - middle) / middle;
  const toV = (y: number) => (y - page.height / 2) / half;
  const rows = lines.map((line): Row => {
    const terms = new Float64Array(line.length * termCount);
    line.forEach(({ left, right, bottom }, at) =>
      setTerms(terms, at * termCount, toU((left + right) / 2), toV(bottom)),
    );
    return { terms, feet: Float64Array.from(line, ({ bottom }) => bottom) };
  });
  const factors = fitSurface(rows, lines.length >= leastLinesToBend ? termCount : 1, letters.height);
  const at = (x: number, y: number): number =>
    sumTerms(factors, toU(Math.min(page.width, Math.max(0, x))), toV(Math.min(page.height, Math.max(0, y))));
  let most = 0;
  for (let y = 0; y <= 8; y++)
    for (let x = 0; x <= 8; x++) most = Math.max(most, Math.abs(at((x * page.width) / 8, (y * page.height) / 8)));
  return { at, most };
}

/** Heights of letters across which a line goes on: words while the bend is unknown, then the cells of a table, too. */
const across = { unknown: 2.5, known: 12 } as const;

/** Letters of a line lie beside each other by at least this share of the lower of both. */
const overlap = 0.5;

/**
 * Letters from left to right, each with the nearest one beside it.
 *
 * @param gap how many heights of letters the next one may be away
 */
export function chainLetters({ boxes, height }: Letters, gap: number): readonly (readonly PrintBox[])[] {
  const sorted = boxes.toSorted((a, b) => a.left - b.left);
  const cell = Math.max(1, 2 * height);
  const rows = new Map<number, number[]>();
  for (const [index, box] of sorted.entries())
    for (let row = Math.floor(box.top / cell); row <= Math.floor(box.bottom / cell); row++) {
      const list = rows.get(row) ?? [];
      list.push(index);
      rows.set(row, list);
    }
  const next = new Int32Array(sorted.length).fill(-1);
  const taken = new Int32Array(sorted.length).fill(-1);
  for (const [index, box] of sorted.entries()) {
    let nearest = -1;
    let nearestGap = gap * height;
    for (let row = Math.floor(box.top / cell); row <= Math.floor(box.bottom / cell); row++) {
      const list = rows.get(row) ?? [];
      for (let at = firstAfter(list, index); at < list.length; at++) {
        const candidate = list[at] ?? 0;
        const other = sorted[candidate];
        if (other === undefined || other.left > box.right + nearestGap) break;
        if (other.left + other.right <= box.left + box.right) continue;
        const shared = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        const lower = Math.min(box.bottom - box.top, other.bottom - other.top);
        if (shared < overlap * lower || gapOf(box, other) >= nearestGap) continue;
        nearest = candidate;
        nearestGap = gapOf(box, other);
      }
    }
    if (nearest < 0) continue;
    const before = taken[nearest] ?? -1;
    const rival = sorted[before];
    const target = sorted[nearest];
    // Of two that would go on with the same letter, the nearer one does.
    if (rival !== undefined && target !== undefined && gapOf(rival, target) <= nearestGap) continue;
    if (before >= 0) next[before] = -1;
    next[index] = nearest;
    taken[nearest] = index;
  }
  const lines: PrintBox[][] = [];
  for (const index of sorted.keys()) {
    if ((taken[index] ?? -1) >= 0) continue;
    const line: PrintBox[] = [];
    for (let at = index; at >= 0; at = next[at] ?? -1) {
      const box = sorted[at];
      if (box !== undefined) line.push(box);
    }
    lines.push(line);
  }
  return lines;
}

/** Position of the first entry above `index` in an ascending list. */
function firstAfter(list: readonly number[], index: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}

function setTerms(terms: Float64Array, start: number, u: number, v: number): void {
  for (let i = 0, x = u, at = start; i < powers.x; i++, x *= u)
    for (let j = 0, term = x; j < powers.y; j++, at++, term *= v) terms[at] = term;
}

/** Horner's rule along both ways. */
function sumTerms(factors: Float64Array, u: number, v: number): number {
  let sum = 0;
  for (let at = termCount - 1; at >= 0;) {
    let ofV = 0;
    for (let j = 0; j < powers.y; j++, at--) ofV = ofV * v + (factors[at] ?? 0);
    sum = (sum + ofV) * u;
  }
  return sum;
}

/** A line of print, letter by letter. */
interface Row {
  /** `termCount` of each letter. */
  readonly terms: Float64Array;
  readonly feet: Float64Array;
}

const rounds = 10;
/** Keeps what few letters say nothing about from swinging, in units of letters. */
const stiffness = 0.2;

/**
 * Factors of the first `count` terms, 0 for the others; each line's own level is taken out by centring it on its weighted
 * mean.
 */
function fitSurface(rows: readonly Row[], count: number, height: number): Float64Array {
  const factors = new Float64Array(termCount);
  let scale = height;
  for (let round = 0; round < rounds; round++) {
    const matrix = Array.from({ length: count }, (_, k) => {
      const line = new Float64Array(count + 1);
      line[k] = stiffness;
      return line;
    });
    const misses: Float64Array[] = [];
    for (const row of rows) {
      const offs = row.feet.map((foot, at) => foot - dot(factors, row.terms, at * termCount, count));
      const level = median(offs);
      const weights = offs.map((off) => {
        const share = (off - level) / (4 * scale);
        return Math.abs(share) < 1 ? (1 - share * share) ** 2 : 0;
      });
      misses.push(offs.map((off) => Math.abs(off - level)));
      addRow(matrix, row, weights, count);
    }
    for (let k = 0; k < count; k++) for (let l = 0; l < k; l++) matrix[k]?.set([matrix[l]?.[k] ?? 0], l);
    factors.set(solve(matrix, count));
    // Wide at first, so that where the page bends most is not taken for letters that reach below the line.
    scale = Math.max(0.5, 1.5 * median(joinArrays(misses)), 0.5 * height * 0.7 ** round);
  }
  return factors;
}

/** Adds a line's letters to the upper half of the normal equations. */
function addRow(matrix: readonly Float64Array[], { terms, feet }: Row, weights: Float64Array, count: number): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total < 3) return;
  const mean = new Float64Array(count);
  let meanFoot = 0;
  for (let at = 0; at < weights.length; at++) {
    const share = (weights[at] ?? 0) / total;
    meanFoot += share * (feet[at] ?? 0);
    for (let k = 0; k < count; k++) mean[k] = (mean[k] ?? 0) + share * (terms[at * termCount + k] ?? 0);
  }
  const centred = new Float64Array(count);
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] ?? 0;
    if (weight === 0) continue;
    const foot = (feet[at] ?? 0) - meanFoot;
    for (let k = 0; k < count; k++) centred[k] = (terms[at * termCount + k] ?? 0) - (mean[k] ?? 0);
    for (let k = 0; k < count; k++) {
      const line = matrix[k];
      if (line === undefined) continue;
      const value = weight * (centred[k] ?? 0);
      for (let l = k; l < count; l++) line[l] = (line[l] ?? 0) + value * (centred[l] ?? 0);
      line[count] = (line[count] ?? 0) + value * foot;
    }
  }
}

function joinArrays(arrays: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    joined.set(array, at);
    at += array.length;
  }
  return joined;
}

/** Gaussian elimination; the ridge makes the matrix positive definite, so that no pivot is 0. */
function solve(matrix: readonly Float64Array[], count: number): Float64Array {
  for (let k = 0; k < count; k++) {
    const pivot = matrix[k];
    if (pivot === undefined) continue;
    for (let below = k + 1; below < count; below++) {
      const line = matrix[below];
      if (line === undefined) continue;
      const share = (line[k] ?? 0) / (pivot[k] ?? 1);
      for (let l = k; l <= count; l++) line[l] = (line[l] ?? 0) - share * (pivot[l] ?? 0);
    }
  }
  const solution = new Float64Array(count);
  for (let k = count - 1; k >= 0; k--) {
    const line = matrix[k];
    let value = line?.[count] ?? 0;
    for (let l = k + 1; l < count; l++) value -= (line?.[l] ?? 0) * (solution[l] ?? 0);
    solution[k] = value / (line?.[k] ?? 1);
  }
  return solution;
}

function dot(factors: Float64Array, terms: Float64Array, start: number, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += (factors[k] ?? 0) * (terms[start + k] ?? 0);
  return sum;
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  return sorted[sorted.length >> 1] ?? 0;
}

function gapOf(a: PrintBox, b: PrintBox): number {
  return Math.max(0, b.left - a.right);
}
