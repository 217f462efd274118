import { expect, test } from 'vitest';

import { photoPoint, wholePhoto } from '#contract/images.ts';
import type { FieldReading } from '#contract/sheets.ts';
import { listSheet } from './list-sheet.ts';
import type { SheetRecord } from './records.ts';

const field = (label: string, values: string): FieldReading => ({
  label,
  value: values.charAt(0),
  state: 'marked',
  confidence: 0.9,
  bubbles: Array.from(values, (value, at) => ({
    value,
    ink: at === 0 ? 1 : 0,
    marked: at === 0,
    center: photoPoint(at, 0),
  })),
});

const sheet = (id: string): SheetRecord => ({
  id,
  examId: 'exam',
  state: 'read',
  queuePosition: 1,
  revision: 0,
  attempts: 1,
  fileName: '',
  photoKind: 'jpeg',
  corrections: {},
  pointsByHand: {},
  isSetAside: false,
  bytes: 1,
  createdAt: 1,
  reading: {
    found: true,
    corners: wholePhoto({ width: 9, height: 9 }),
    blocks: [],
    fields: [field('q1', 'ABCD'), field('q2', 'ABCD'), field('q3', 'TF')],
    columns: [],
    flagged: [],
    version: 1,
  },
});

test('a listed sheet has the answers, and its bubbles are the same objects as those of the sheets before', () => {
  const shared = new Map();
  const fieldsOf = (id: string) => {
    const { reading } = listSheet(sheet(id), shared);
    return reading?.found === true ? reading.fields : [];
  };
  const [first, second] = [fieldsOf('a'), fieldsOf('b')];
  expect(first.map(({ label, value, state }) => `${label} ${value} ${state}`)).toEqual([
    'q1 A marked',
    'q2 A marked',
    'q3 T marked',
  ]);
  expect(first.map(({ bubbles }) => bubbles.map(({ value }) => value).join(''))).toEqual(['ABCD', 'ABCD', 'TF']);
  expect(first[0]?.bubbles[0]).toEqual({ value: 'A' });
  expect(second[1]?.bubbles).toBe(first[0]?.bubbles);
});
