/** Rows of boxes as they are drawn, and what was read in them. Pure. */
import { type BoxToRead, type FormBoxReading, capitals, digits } from '#contract/handwriting.ts';
import type { Size } from '#contract/images.ts';
import type { Position, SheetRectangle } from '#contract/sheets.ts';
import type { FormPageRecord, FormRecord, FormRow } from '#src/store/records.ts';
import type { TableCell } from '#src/ui/export-table.ts';

/** As many as one line of a form has room for. */
export const mostBoxes = 40;

const alphabets = { digits, letters: capitals, both: `${digits}${capitals}` } as const;

export function alphabetOf({ holds }: Pick<FormRow, 'holds'>): string {
  return alphabets[holds];
}

/** The boxes of a row from left to right; they share their lines. */
export function boxesOf(row: Pick<FormRow, 'place' | 'count' | 'holds'>): readonly BoxToRead[] {
  const { place, count } = row;
  const width = place.width / count;
  return Array.from({ length: count }, (_, at) => ({
    left: place.left + at * width,
    top: place.top,
    width,
    height: place.height,
    alphabet: alphabetOf(row),
  }));
}

/** A guess to be changed: boxes are about as wide as they are high. */
export function guessCount({ width, height }: Size): number {
  return Math.max(1, Math.min(mostBoxes, Math.round(width / Math.max(1, height))));
}

/** The rectangle between two corners, inside the picture; undefined for one too small to hold a character. */
export function rectangleBetween(a: Position, b: Position, { width, height }: Size): SheetRectangle | undefined {
  const [left, right] = [clamp(Math.min(a.x, b.x), width), clamp(Math.max(a.x, b.x), width)];
  const [top, bottom] = [clamp(Math.min(a.y, b.y), height), clamp(Math.max(a.y, b.y), height)];
  const place = { left, top, width: right - left, height: bottom - top };
  return place.width < leastSidePx || place.height < leastSidePx ? undefined : place;
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, Math.round(value)));
}

/** Smaller boxes hold nothing that can be read on a picture of 1,800 pixels. */
const leastSidePx = 12;

/** What counts in one box. */
export interface BoxValue {
  readonly row: FormRow;
  /** From 0. */
  readonly place: number;
  readonly key: string;
  readonly value: string;
  /** A person has to say what it is. */
  readonly isDoubtful: boolean;
  readonly isCorrected: boolean;
  /** Absent where the page was not read yet. */
  readonly reading: FormBoxReading | undefined;
}

/** The boxes of one row on a page; none where the page was read with other rows. */
export function valuesOf(row: FormRow, { boxes, corrections }: FormPageRecord): readonly BoxValue[] {
  const readings = boxes !== undefined && Object.hasOwn(boxes, row.id) ? boxes[row.id] : undefined;
  return (readings ?? []).slice(0, row.count).map((reading, place) => {
    const key = `${row.id}.${place}`;
    const corrected = Object.hasOwn(corrections, key) ? corrections[key] : undefined;
    return {
      row,
      place,
      key,
      value: corrected ?? readValue(reading),
      isDoubtful: corrected === undefined && isDoubtful(row, reading),
      isCorrected: corrected !== undefined,
      reading,
    };
  });
}

function readValue({ reading }: FormBoxReading): string {
  return reading.state === 'read' || reading.state === 'doubtful' ? (reading.character ?? '') : '';
}

/** A box whose lines were printed but not found may have been looked for in the wrong place, even where nothing is in it. */
function isDoubtful({ hasLines = false }: FormRow, { reading, seen }: FormBoxReading): boolean {
  return reading.state === 'doubtful' || reading.state === 'scribbled' || (hasLines && !seen);
}

/** Spaces for empty boxes between characters, none around them. */
function textOf(values: readonly BoxValue[]): string {
  return values
    .map(({ value }) => value || ' ')
    .join('')
    .trim();
}

export interface FormDoubt extends BoxValue {
  readonly page: FormPageRecord;
  /** From 1. */
  readonly pageNumber: number;
}

/** Everything to look at, page by page. */
export function listDoubts({ rows }: FormRecord, pages: readonly FormPageRecord[]): readonly FormDoubt[] {
  return pages.flatMap((page, at) =>
    rows.flatMap((row) =>
      valuesOf(row, page).flatMap((value) => (value.isDoubtful ? [{ ...value, page, pageNumber: at + 1 }] : [])),
    ),
  );
}

/** For the file: a line a page, and how many boxes nobody has looked at yet, so that no doubt is handed on in silence. */
export function tableRows({ rows }: FormRecord, pages: readonly FormPageRecord[]): readonly (readonly TableCell[])[] {
  return pages.map((page, at) => {
    const values = rows.map((row) => valuesOf(row, page));
    const doubtful = values.flat().filter((value) => value.isDoubtful).length;
    return [at + 1, page.fileName, ...values.map(textOf), doubtful];
  });
}
