import { expect, test } from 'vitest';

import { photoPoint } from '#contract/images.ts';
import type { FieldReading, FieldState } from '#contract/sheets.ts';
import { signField } from './sheet-overlay-signs.ts';

const field = { label: 'q1', kind: 'single', values: ['A', 'B', 'C'], emptyValue: '', isWritten: false } as const;

function reading(value: string, state: FieldState = 'marked'): FieldReading {
  const bubbles = field.values.map((each) => ({
    value: each,
    ink: 0,
    marked: value.includes(each),
    center: photoPoint(0, 0),
  }));
  return { label: 'q1', value, state, confidence: 1, bubbles };
}

const sign = (value: string, more: Partial<Parameters<typeof signField>[0]> = {}) =>
  signField({
    reading: reading(value),
    correction: undefined,
    field,
    rightMarks: new Set(['B']),
    verdict: 'wrong',
    ...more,
  });

test('right, wrong and missed', () => {
  expect(sign('B', { verdict: 'right' })).toEqual([undefined, 'right', undefined]);
  expect(sign('A')).toEqual(['wrong', 'missed', undefined]);
  expect(sign('', { verdict: 'blank' })).toEqual([undefined, 'missed', undefined]);
});

test('another answer that is accepted, too, was not missed', () => {
  expect(sign('A', { rightMarks: new Set(['A', 'B']), verdict: 'right' })).toEqual(['right', undefined, undefined]);
});

test('what nobody has decided is open, until it is', () => {
  const open = { reading: reading('A', 'doubtful'), verdict: 'open' } as const;
  expect(sign('A', open)).toEqual(['open', undefined, undefined]);
  expect(sign('', { reading: reading('', 'doubtful'), verdict: 'open' })).toEqual(['open', 'open', 'open']);
  const correction = { read: 'A', corrected: 'B', at: 1 };
  expect(sign('A', { ...open, correction, verdict: 'right' })).toEqual([undefined, 'right', undefined]);
});

test('a mark outside the questions is shown as read', () => {
  expect(sign('C', { rightMarks: undefined, verdict: undefined })).toEqual([undefined, undefined, 'marked']);
});
