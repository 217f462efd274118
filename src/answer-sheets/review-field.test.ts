import { expect, test } from 'vitest';

import type { Question } from '#contract/exams.ts';
import { photoPoint } from '#contract/images.ts';
import { isSmallBox, joinMarks, nameField, readFieldKey, splitMarks, toggleMark } from './review-field.ts';

const single = { label: 'q1', kind: 'single', values: ['A', 'B', 'C'], emptyValue: '', isWritten: false } as const;
const digits = {
  label: 'number.1',
  kind: 'digits',
  values: Array.from('0123456789'),
  emptyValue: '',
  isWritten: false,
} as const;
const words = { label: 'q1', kind: 'multiple', values: ['Yes', 'No'], emptyValue: '-', isWritten: false } as const;

test('a value is its own key, small or capital', () => {
  expect(readFieldKey('b', single)).toEqual({ does: 'mark', value: 'B' });
  expect(readFieldKey('7', digits)).toEqual({ does: 'mark', value: '7' });
});

test('0 means blank only where it is no value', () => {
  expect(readFieldKey('0', single)).toEqual({ does: 'blank' });
  expect(readFieldKey('0', digits)).toEqual({ does: 'mark', value: '0' });
  expect(readFieldKey(' ', digits)).toEqual({ does: 'blank' });
});

test('values without a key of their own are counted', () => {
  expect(readFieldKey('2', words)).toEqual({ does: 'mark', value: 'No' });
  expect(readFieldKey('2', single)).toEqual({ does: 'mark', value: 'B' });
  expect(readFieldKey('3', words)).toBeUndefined();
  expect(readFieldKey('x', single)).toBeUndefined();
});

test('marks are taken apart and put together in printed order', () => {
  expect(splitMarks('YesNo', words)).toEqual(['Yes', 'No']);
  expect(splitMarks('-', words)).toEqual([]);
  expect(joinMarks(['No', 'Yes'], words)).toBe('YesNo');
  expect(joinMarks([], words)).toBe('-');
  expect(joinMarks(['C', 'A'], single)).toBe('AC');
});

test('a tap moves the one mark, or adds to several', () => {
  expect(toggleMark(['A'], 'B', single)).toEqual(['B']);
  expect(toggleMark(['A'], 'A', single)).toEqual([]);
  expect(toggleMark(['A', 'B'], 'A', { kind: 'multiple' })).toEqual(['B']);
});

test('labels are named as on the paper', () => {
  const question = {
    id: 'x7',
    label: '12',
    points: 1,
    standing: 'counts',
    section: '',
    tags: [],
  } satisfies Partial<Question>;
  expect(nameField('x7.2', { ...question, form: { kind: 'matching', options: 4, prompts: 3 } })).toEqual({
    kind: 'question',
    label: '12b',
    place: 0,
  });
  expect(nameField('number.3', undefined)).toMatchObject({ kind: 'number', place: 3 });
});

test('a box is small where its shorter side is, however long the other', () => {
  const box = (width: number, height: number) => ({
    corners: [
      photoPoint(9, 9),
      photoPoint(9 + width, 9),
      photoPoint(9 + width, 9 + height),
      photoPoint(9, 9 + height),
    ] as const,
  });
  expect(isSmallBox(box(13, 18))).toBe(true);
  expect(isSmallBox(box(20, 26))).toBe(false);
});
