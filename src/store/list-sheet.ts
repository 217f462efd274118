import type { FieldAnswer } from '#contract/sheets.ts';
import type { ListedSheet, SheetRecord } from './records.ts';

/** By the values joined: fields of all sheets have the same few. */
export type SharedValues = Map<string, FieldAnswer['bubbles']>;

/** Takes away where the bubbles of a sheet lie. What it has of them is shared with the sheets before. */
export function listSheet({ reading, ...sheet }: SheetRecord, shared: SharedValues): ListedSheet {
  if (reading === undefined) return sheet;
  if (!reading.found) return { ...sheet, reading };
  const fields = reading.fields.map((field): FieldAnswer => ({
    ...field,
    bubbles: shareValues(field.bubbles, shared),
  }));
  return { ...sheet, reading: { ...reading, fields } };
}

function shareValues(bubbles: FieldAnswer['bubbles'], shared: SharedValues): FieldAnswer['bubbles'] {
  const key = JSON.stringify(bubbles.map(({ value }) => value));
  const known = shared.get(key);
  if (known !== undefined) return known;
  const values = bubbles.map(({ value }) => ({ value }));
  shared.set(key, values);
  return values;
}
