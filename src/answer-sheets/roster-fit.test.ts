import { expect, test } from 'vitest';

import { newExam } from './edit-exam.ts';
import { findUnfitNumbers, fitNumberDigits } from './roster-fit.ts';

const exam = newExam({ title: '', questions: 1 });
const classOf = (...numbers: readonly string[]) =>
  numbers.map((number) => ({ id: `s${number}`, number, lastName: '', firstName: '', section: '' }));
const digitsFor = (...numbers: readonly string[]) =>
  fitNumberDigits(exam, classOf(...numbers)).look.studentNumber.digits;

test('a sheet gets as many digits as the longest number of the class', () => {
  expect(digitsFor('7', '012', '')).toBe(3);
  expect(digitsFor('136500120045', '136500120046')).toBe(12);
});

test('numbers that no bubbles can say leave the sheet as it was, and are named', () => {
  expect(digitsFor('12-A', '13')).toBe(6);
  expect(digitsFor('1234567890123')).toBe(6);
  expect(digitsFor('')).toBe(6);
  expect(findUnfitNumbers(exam, classOf('12-A', '13', '1234567', '')).map(({ number }) => number)).toEqual([
    '12-A',
    '1234567',
  ]);
});
