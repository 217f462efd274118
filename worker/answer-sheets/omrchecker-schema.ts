import * as v from 'valibot';

/** OMRChecker's `template.json`, of its releases and, by its renamed keys, of its development branch. */

const length = v.pipe(v.number(), v.finite());
const positive = v.pipe(length, v.gtValue(0));
const dimensions = v.tuple([positive, positive]);
const names = v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.nonEmpty());

export const blockSchema = v.looseObject({
  origin: v.tuple([length, length]),
  bubblesGap: length,
  labelsGap: length,
  fieldLabels: names,
  fieldType: v.optional(v.string()),
  bubbleValues: v.optional(names),
  direction: v.optional(v.picklist(['horizontal', 'vertical'])),
  bubbleDimensions: v.optional(dimensions),
  emptyValue: v.optional(v.string()),
});

export const templateSchema = v.looseObject({
  pageDimensions: dimensions,
  bubbleDimensions: dimensions,
  // Required in the documentation, yet templates without it are in use: then there is nothing to do.
  preProcessors: v.optional(
    v.array(v.looseObject({ name: v.string(), options: v.optional(v.record(v.string(), v.unknown()), {}) })),
    [],
  ),
  fieldBlocks: v.record(v.string(), v.record(v.string(), v.unknown())),
  emptyValue: v.optional(v.string(), ''),
  customLabels: v.optional(v.record(v.string(), names), {}),
  outputColumns: v.optional(v.array(v.string()), []),
});

export const markerOptions = v.looseObject({
  relativePath: v.pipe(v.string(), v.nonEmpty()),
  sheetToMarkerWidthRatio: v.optional(positive, 17),
});

export const referenceOptions = v.looseObject({ reference: v.pipe(v.string(), v.nonEmpty()) });

/** Keys that the development branch calls otherwise, with the names of the releases. */
export const renamedKeys: ReadonlyMap<string, string> = new Map([
  ['templateDimensions', 'pageDimensions'],
  ['bubbleFieldType', 'fieldType'],
  ['referenceImage', 'reference'],
]);

/** Bubble values and the way they run, by field type. */
export const fieldTypes: ReadonlyMap<
  string,
  { readonly values: readonly string[]; readonly direction: 'horizontal' | 'vertical' }
> = new Map([
  ['QTYPE_INT', { values: Array.from('0123456789'), direction: 'vertical' }],
  ['QTYPE_INT_FROM_1', { values: Array.from('1234567890'), direction: 'vertical' }],
  ['QTYPE_MCQ4', { values: Array.from('ABCD'), direction: 'horizontal' }],
  ['QTYPE_MCQ5', { values: Array.from('ABCDE'), direction: 'horizontal' }],
  ['QTYPE_MCQ4_RTL', { values: Array.from('DCBA'), direction: 'horizontal' }],
  ['QTYPE_MCQ5_RTL', { values: Array.from('EDCBA'), direction: 'horizontal' }],
]);
