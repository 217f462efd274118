import { expect, test } from 'vitest';

import { findUnmarked, listPointKeys, stepFrom } from './hand-marking-queue.ts';

const box = { left: 0, top: 0, width: 1, height: 1 };
const question = (id: string, points: Readonly<Record<string, number | undefined>>) => ({
  question: {
    id,
    label: id,
    form: { kind: 'free', lines: 2 } as const,
    points: 4,
    standing: 'counts' as const,
    section: '',
    tags: [],
  },
  items: Object.entries(points).map(([sheetId, given]) => ({ sheetId, box, points: given })),
});

test('one question goes through all papers before the next one comes', () => {
  const questions = [question('q7', { a: 3, b: undefined, c: undefined }), question('q8', { a: undefined, b: 1 })];
  expect(findUnmarked(questions, undefined)).toMatchObject({ questionId: 'q7', sheetId: 'b' });
  expect(findUnmarked(questions, { questionId: 'q7', sheetId: 'b' })).toMatchObject({ questionId: 'q7', sheetId: 'c' });
  expect(findUnmarked(questions, { questionId: 'q7', sheetId: 'c' })).toMatchObject({ questionId: 'q8', sheetId: 'a' });
});

test('what was passed over comes at the end', () => {
  const questions = [question('q7', { a: undefined, b: 2, c: 2 })];
  expect(findUnmarked(questions, { questionId: 'q7', sheetId: 'c' })).toMatchObject({ sheetId: 'a' });
  // The store does not know yet what was given a moment ago.
  expect(findUnmarked(questions, { questionId: 'q7', sheetId: 'a' })).toBeUndefined();
});

test('steps go over question ends, and no further than the list', () => {
  const questions = [question('q7', { a: 3 }), question('q8', { a: 3 })];
  expect(stepFrom(questions, { questionId: 'q7', sheetId: 'a' }, 1)).toMatchObject({ questionId: 'q8' });
  expect(stepFrom(questions, { questionId: 'q7', sheetId: 'a' }, -1)).toBeUndefined();
});

test('points have keys as long as one digit says them', () => {
  expect(listPointKeys(4.5)).toEqual([0, 1, 2, 3, 4]);
  expect(listPointKeys(10)).toBeUndefined();
});
