import type { FieldState } from '#contract/sheets.ts';
import { median, type Grid } from './grid.ts';
import type { Ink } from './measure-ink.ts';

/** The decision about one field. */
export interface FieldDecision {
  readonly state: FieldState;
  /** 0 to 1: the estimated chance that exactly the `marked` bubbles are. */
  readonly confidence: number;
  /** Whether each bubble of the field is marked. */
  readonly marked: readonly boolean[];
}

/** What this sheet's pencil looks like. */
export interface PencilLevels {
  /** Ink from which a bubble may be marked. Below, it is empty. */
  readonly floor: number;
  /** Ink from which a bubble is marked for sure. */
  readonly sure: number;
}

/** Ink that even the cleanest copy shows: half the weight of a light pencil's line across a bubble. */
const leastFloor = 0.045;

/**
 * The levels between empty and marked on this sheet. The emptier half of every field tells what empty looks like and how
 * much it varies, the fullest bubbles above that what a mark is; between them lies doubt, except that the largest gap in
 * all ink values settles what lies on its two sides.
 */
export function levelPencil(grid: Grid, inks: readonly Ink[]): PencilLevels {
  const fields = inksByField(grid, inks);
  const empty = fields.flatMap((values) => values.toSorted((a, b) => a - b).slice(0, Math.max(1, values.length >> 1)));
  const usual = median(empty);
  const spread = 1.4826 * median(empty.map((value) => Math.abs(value - usual)));
  const floor = usual + Math.max(leastFloor, 6 * spread);
  const marks = fields.flatMap((values) => {
    const most = Math.max(...values);
    return most > floor ? [most] : [];
  });
  if (marks.length === 0) return { floor, sure: floor * 2 };
  const mark = median(marks);
  // Ink between these shares of a mark is neither: an erased mark leaves up to a quarter, a hasty one has half.
  const low = Math.max(floor, usual + 0.22 * (mark - usual));
  const high = Math.max(floor * 1.25, usual + 0.45 * (mark - usual));
  return { floor: low, sure: high };
}

export function decideFields(grid: Grid, inks: readonly Ink[], levels: PencilLevels): readonly FieldDecision[] {
  return inksByField(grid, inks).map((values) => decide(values, levels));
}

function decide(values: readonly number[], { floor, sure }: PencilLevels): FieldDecision {
  const marked = values.map((value) => value >= sure);
  const between = values.some((value) => value > floor && value < sure);
  const certainty = Math.min(...values.map((value) => (value >= sure ? value / sure : floor / Math.max(value, 1e-3))));
  if (between) {
    const middle = Math.sqrt(floor * sure);
    const guess = values.map((value) => value >= middle);
    const nearest = Math.min(...values.map((value) => Math.abs(Math.log(Math.max(value, 1e-3) / middle))));
    return { state: 'doubtful', confidence: Math.min(0.9, 0.5 + nearest), marked: guess };
  }
  const count = marked.filter(Boolean).length;
  return {
    state: count === 0 ? 'blank' : count === 1 ? 'marked' : 'multiple',
    confidence: 1 - 0.05 * Math.exp(-3 * (Math.min(3, certainty) - 1)),
    marked,
  };
}

function inksByField(grid: Grid, inks: readonly Ink[]): readonly number[][] {
  const fields: number[][] = [];
  grid.cells.forEach(({ field }, cell) => {
    const values = (fields[field] ??= []);
    values.push(inks[cell]?.amount ?? 0);
  });
  return fields;
}
