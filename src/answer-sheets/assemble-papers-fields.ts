/** A field of a sheet after a person looked at it. */
import type { FieldAnswer, FieldState, WrittenReading } from '#contract/sheets.ts';
import type { FieldCorrection, ListedSheet } from '#src/store/records.ts';
import { keepUnchanged } from './keep-unchanged.ts';

export interface SettledField {
  readonly label: string;
  readonly value: string;
  readonly state: FieldState;
  /** 0 to 1; 1 once a person has looked. */
  readonly confidence: number;
  /** A person confirmed or changed it. */
  readonly isSettled: boolean;
  /** A person changed it. */
  readonly isChanged: boolean;
  /** Of a box for a character: what may be written in it. */
  readonly written?: WrittenReading;
}

/** @returns by label; none where no sheet was found. */
export function settleFields(sheet: ListedSheet): ReadonlyMap<string, SettledField> {
  return keepSettled(sheet, [], () => settleAll(sheet));
}

const keepSettled = keepUnchanged<ReadonlyMap<string, SettledField>>();

function settleAll({ reading, corrections }: ListedSheet): ReadonlyMap<string, SettledField> {
  const fields = new Map<string, SettledField>();
  if (reading?.found !== true) return fields;
  for (const field of reading.fields) {
    const correction = Object.hasOwn(corrections, field.label) ? corrections[field.label] : undefined;
    fields.set(field.label, settleField(field, correction));
  }
  return fields;
}

function settleField(field: FieldAnswer, correction: FieldCorrection | undefined): SettledField {
  const { label, value, state, confidence } = field;
  const written = field.written === undefined ? {} : { written: field.written };
  if (correction === undefined)
    return { label, value, state, confidence, isSettled: false, isChanged: false, ...written };
  return {
    ...written,
    label,
    value: correction.corrected,
    state: stateOf(correction.corrected, field),
    confidence: 1,
    isSettled: true,
    isChanged: correction.corrected !== value,
  };
}

/** What a person typed or tapped is made of the field's values; anything else stands for no mark, such as `-`. */
function stateOf(value: string, { bubbles, written }: FieldAnswer): FieldState {
  if (value === '') return 'blank';
  if (written !== undefined) return 'marked';
  if (bubbles.some((bubble) => bubble.value === value)) return 'marked';
  let rest = value;
  for (const bubble of bubbles)
    if (bubble.value !== '' && rest.startsWith(bubble.value)) rest = rest.slice(bubble.value.length);
  return rest === '' ? 'multiple' : 'blank';
}
