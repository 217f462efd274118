import type { FieldState } from '#contract/sheets.ts';
import { median, type Grid } from './grid.ts';
import type { Crossing } from './judge-crossings.ts';
import type { Ink } from './measure-ink.ts';

/** The decision about one field. */
export interface FieldDecision {
  readonly state: FieldState;
  /** 0 to 1: the estimated chance that exactly the `marked` bubbles are. */
  readonly confidence: number;
  /** Whether each bubble of the field is marked. */
  readonly marked: readonly boolean[];
}

/** Ink that counts for nothing on the cleanest sheet: half the weight of a light pencil's line. */
const leastInk = { fill: 0.03, stroke: 0.06 } as const;

/** A sheet's usual mark is never taken to be fainter: a light pencil (grey 170 on white), hastily filled or as a line. */
const leastMark = { fill: 0.12, stroke: 0.3 } as const;

/** Shares of this sheet's usual mark. Below, a bubble is empty: an erased mark leaves up to a fifth. */
const emptyBelow = 0.24;
/** Above, it is marked: the hastiest strokes of one pen have half of its usual weight. */
const markedAbove = 0.42;

/** From this share of a usual mark on, the feature that does not decide contradicts: an erased mark fills more than it draws. */
const contradictsAbove = { fill: 1, stroke: 0.6 } as const;

/** Classes this far apart are two, as measured by `Scale.apart`. */
const clearlyApart = 4;

/** Fill varies with how much of a bubble was filled: it has to part marks so much better than strokes to decide. */
const fillBetter = 1.35;

/** Where there clearly are two classes, marks may be so much fainter than the faintest usual one: thin crosses of a hard pencil. */
const clearShare = 0.4;

/** Where they are less far apart than this, as in photos of half a megapixel, only what is nearly a usual mark is one for sure. */
const safelyApart = 5;
const markedUnsafely = 0.8;

/**
 * Two marks where one is expected are read as two only where they are alike and the sheet's classes are well apart: the only
 * silent errors on 120 drawn sheets were letters that counted as a second mark.
 */
const leastEven = 0.75;
const evenlyApart = 7;

/** Of the feature that does not decide, which varies more: a stroke that strayed over a bubble beside a cross has half of its ink. */
const leastEvenOther = 0.5;

/**
 * Likeness to other marks of the sheet (`compareMarks`) below which a mark is doubtful, by itself and as one of two where one is expected.
 * Of 35,000 marks that were read right on 640 drawn sheets (seeds 11 and 90417) a thousandth is below the first, and of those on ticked and
 * crossed sheets a twentieth below the second; three strokes that strayed over a bubble and were read as marks had 0.35, 0.58 and 0.62.
 */
const leastLike = { alone: 0.6, ofTwo: 0.8 } as const;

/**
 * In a field without a mark less ink is doubtful: a tick over a T left 0.22 beyond the print, and of 22,700 fields on 400 drawn sheets (seed
 * 90417) 11 blank ones exceed 0.14.
 */
const blankBelow = 0.15;

/** What was seen of bubbles beyond their ink. */
interface Oddities {
  /** Of each bubble; none where pupils do not cross out. */
  readonly crossings: readonly Crossing[];
  readonly strays: ReadonlySet<number>;
  /** Of each bubble, see `compareMarks`. */
  readonly likenesses: readonly (number | undefined)[];
}

/** How a feature of ink reads on this sheet. */
interface Scale {
  /** Usual value of an empty bubble. */
  readonly empty: number;
  /** Usual value of a mark. */
  readonly mark: number;
  /** Value that 19 of 20 empty bubbles do not reach. */
  readonly grain: number;
  /** Deviations that the means of the two classes are apart: 2.7 for one bell cut in two, more where there are two. */
  readonly apart: number;
}

/**
 * Decides every field, on the scale of this sheet: the emptier half of each field tells what empty looks like and how much it
 * varies, the fullest bubbles above that what a mark of this pen is. Of fill and stroke the one decides that tells marks
 * from empty bubbles better on this sheet: fill where a light pencil filled, stroke where bubbles were ticked or crossed. Each
 * bubble is rated from 0 (empty) to 1 (the usual mark); what lies between makes its field doubtful, and so does the other
 * feature where it sees a mark and this one does not.
 *
 * @param oddities what is crossed out counts as empty, what may be crossed out or a stray makes its field doubtful, and so does a mark
 *   that is unlike the others of its sheet.
 */
export function decideFields(
  grid: Grid,
  inks: readonly Ink[],
  { crossings, strays, likenesses }: Oddities = { crossings: [], strays: new Set(), likenesses: [] },
): readonly FieldDecision[] {
  const fills = inks.map(({ fill }) => fill);
  const strokes = inks.map(({ stroke }) => stroke);
  const fill = { values: fills, scale: scaleOf(grid, fills, leastInk.fill, leastMark.fill) };
  const stroke = { values: strokes, scale: scaleOf(grid, strokes, leastInk.stroke, leastMark.stroke) };
  const [chosen, other] =
    stroke.scale.apart > Math.max(clearlyApart, fill.scale.apart / fillBetter) ? [stroke, fill] : [fill, stroke];
  const withoutCrossed = (rated: readonly number[]) =>
    rated.map((rating, cell) => (crossings[cell] === 'crossed' ? 0 : rating));
  const ratings = byField(grid, withoutCrossed(ratingsOf(chosen)));
  const others = byField(grid, withoutCrossed(ratingsOf(other)));
  const unsureFields = new Set(
    grid.cells.flatMap(({ field }, cell) => (crossings[cell] === 'unsure' || strays.has(cell) ? [field] : [])),
  );
  // On a sheet whose empty bubbles vary much, more has to be seen before a bubble counts as marked.
  const grain = noiseOf(chosen.scale);
  const low = Math.max(emptyBelow, Math.min(0.36, 1.3 * grain));
  const safely = chosen.scale.apart > safelyApart ? 0 : markedUnsafely;
  const high = Math.max(markedAbove, 1.3 * low, Math.min(0.8, 1.6 * grain), safely);
  const contradicts = Math.max(
    chosen === fill ? contradictsAbove.stroke : contradictsAbove.fill,
    2 * noiseOf(other.scale),
  );
  const kinds = byField(grid, ratingsOf(chosen)).map(
    (_, field) => grid.cells.find((cell) => cell.field === field)?.kind,
  );
  const uneven = (values: readonly number[], field: number): boolean => {
    const marks = values.filter((value) => value > low);
    if (marks.length < 2 || kinds[field] === 'multiple') return false;
    const beside = (others[field] ?? []).filter((_, at) => (values[at] ?? 0) > low);
    return (
      chosen.scale.apart < evenlyApart ||
      Math.min(...marks) < leastEven * Math.max(...marks) ||
      Math.min(...beside) < leastEvenOther * Math.max(...beside)
    );
  };
  const alike = byField(
    grid,
    grid.cells.map((_, cell) => likenesses[cell] ?? 1),
  );
  const unlike = (values: readonly number[], field: number): boolean => {
    const marks = (alike[field] ?? []).filter((_, at) => (values[at] ?? 0) > low);
    const least = marks.length > 1 && kinds[field] !== 'multiple' ? leastLike.ofTwo : leastLike.alone;
    return marks.some((likeness) => likeness < least);
  };
  const faintFrom = Math.max(blankBelow, 1.3 * grain);
  return ratings.map((values, field) => {
    const contradicted = values.some(
      (value, at) => value < high && other.scale.apart > clearlyApart && (others[field]?.[at] ?? 0) > contradicts,
    );
    const faint = values.every((value) => value <= low) && values.some((value) => value > faintFrom);
    const unsure = contradicted || faint || uneven(values, field) || unlike(values, field) || unsureFields.has(field);
    return decide(values, low, high, unsure);
  });
}

interface Feature {
  readonly values: readonly number[];
  readonly scale: Scale;
}

function ratingsOf({ values, scale: { empty, mark } }: Feature): readonly number[] {
  return values.map((value) => (value - empty) / (mark - empty));
}

function scaleOf(grid: Grid, values: readonly number[], leastGrain: number, faintest: number): Scale {
  // Of a bubble that is alone in its field, as a minus sign is, nothing says that it is empty.
  const fields = byField(grid, values).filter(({ length }) => length > 1);
  const empties = (fields.length > 0 ? fields : [values]).flatMap(emptierHalf);
  const empty = median(empties);
  const grain = Math.max(quantile(empties, 0.93), empty + leastGrain / 3);
  const width = Math.max(grain - empty, leastGrain);
  const { threshold, apart } = splitInTwo(values.map((value) => Math.log(Math.max(0, value - empty) + width)));
  const ink = Math.exp(threshold) - width;
  const least = apart > clearlyApart ? faintest * clearShare : faintest;
  const marks = values.filter((value) => value - empty > Math.max(ink, leastGrain));
  return { empty, grain, mark: Math.max(empty + least, median(marks)), apart };
}

/** The two classes of least variance within (Otsu 1979), and how many of their deviations their means are apart. */
function splitInTwo(values: readonly number[]): { readonly threshold: number; readonly apart: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const count = sorted.length;
  const total = sorted.reduce((sum, value) => sum + value, 0);
  const squares = sorted.reduce((sum, value) => sum + value * value, 0);
  let threshold = sorted[count - 1] ?? 0;
  let apart = 0;
  let least = Infinity;
  let lower = 0;
  let lowerSquares = 0;
  for (let at = 1; at < count; at++) {
    const value = sorted[at - 1] ?? 0;
    lower += value;
    lowerSquares += value * value;
    const within = lowerSquares - (lower * lower) / at;
    const above = squares - lowerSquares - (total - lower) ** 2 / (count - at);
    if (within + above >= least) continue;
    least = within + above;
    threshold = (value + (sorted[at] ?? value)) / 2;
    const deviation = Math.sqrt(Math.max(1e-6, (within / at + above / (count - at)) / 2));
    apart = ((total - lower) / (count - at) - lower / at) / deviation;
  }
  return { threshold, apart };
}

/** Grain as a share of a mark. */
function noiseOf({ empty, grain, mark }: Scale): number {
  return (grain - empty) / (mark - empty);
}

function decide(values: readonly number[], low: number, high: number, contradicted: boolean): FieldDecision {
  const middle = Math.min(0.5, Math.sqrt(low * high));
  const nearest = Math.min(...values.map((value) => Math.abs(Math.log(Math.max(value, 0.01) / middle))));
  const doubtful = contradicted || values.some((value) => value > low && value < high);
  const marked = values.map((value) => value >= middle);
  const count = marked.filter(Boolean).length;
  return {
    state: doubtful ? 'doubtful' : count === 0 ? 'blank' : count === 1 ? 'marked' : 'multiple',
    // A logistic of the distance to the nearest decision, in logarithms of ink.
    confidence: calibrate((contradicted ? 0.5 : 1) / (1 + Math.exp(-1 - 9 * nearest))),
    marked,
  };
}

/**
 * How often fields of a raw confidence were read right: means over bins of 20,340 fields on 360 drawn sheets (own designs, seed 11;
 * those of others, seed 7), made to rise (pool adjacent violators), with straight lines between; 0.48 by seeds 31337, 777001 and 777002,
 * too, where 82 to 85 % of 134 fields were right and not 61. `npm run evaluate -- sheets` reports how it holds on other seeds.
 */
const calibration = [
  { raw: 0, right: 0.02 },
  { raw: 0.27, right: 0.18 },
  { raw: 0.48, right: 0.82 },
  { raw: 0.84, right: 0.86 },
  { raw: 0.93, right: 0.96 },
  { raw: 0.97, right: 0.98 },
  { raw: 0.995, right: 0.999 },
  { raw: 1, right: 0.9999 },
] as const;

function calibrate(raw: number): number {
  let below: { readonly raw: number; readonly right: number } = calibration[0];
  for (const above of calibration) {
    if (raw <= above.raw && above.raw > below.raw)
      return below.right + ((raw - below.raw) / (above.raw - below.raw)) * (above.right - below.right);
    below = above;
  }
  return below.right;
}

function emptierHalf(values: readonly number[]): readonly number[] {
  return values.toSorted((a, b) => a - b).slice(0, Math.max(1, values.length >> 1));
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;
}

function byField(grid: Grid, values: readonly number[]): readonly (readonly number[])[] {
  const fields: number[][] = [];
  grid.cells.forEach(({ field }, cell) => {
    const members = (fields[field] ??= []);
    members.push(values[cell] ?? 0);
  });
  return fields;
}
