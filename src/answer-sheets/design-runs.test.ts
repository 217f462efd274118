import { expect, test } from 'vitest';

import { findRuns, formOfKind, isSameForm, parseTags } from './design-runs.ts';
import { addQuestions, changeQuestions, newExam } from './edit-exam.ts';

test('neighbours that are alike are one run, whatever their numbers', () => {
  const exam = addQuestions(newExam({ title: '', questions: 40 }), 10, { kind: 'true-false' });
  const places = (questions: typeof exam.questions) => findRuns(questions).map(({ first, last }) => [first, last]);
  expect(places(exam.questions)).toEqual([
    [0, 39],
    [40, 49],
  ]);
  const third = exam.questions[2]?.id ?? '';
  expect(places(changeQuestions(exam, [third], { points: 2 }).questions)).toEqual([
    [0, 1],
    [2, 2],
    [3, 39],
    [40, 49],
  ]);
});

test('forms are told apart by what they say, not by its order', () => {
  expect(isSameForm({ kind: 'single', options: 4 }, { options: 4, kind: 'single' })).toBe(true);
  expect(isSameForm({ kind: 'single', options: 4 }, { kind: 'single', options: 5 })).toBe(false);
});

test('a question of another kind keeps its options', () => {
  expect(formOfKind('multiple', { kind: 'single', options: 5 })).toEqual({ kind: 'multiple', options: 5 });
});

test('tags are parted by commas, each once', () => {
  expect(parseTags(' fractions, area,,fractions ')).toEqual(['fractions', 'area']);
});
