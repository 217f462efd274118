import { expect, test } from 'vitest';

import { gradePercent, roundPoints, transmute } from './grade-papers.ts';
import { gradingPresets, usualGrading } from './grading-presets.ts';

test.each([
  [2.345, 2, 2.35],
  [1.005, 2, 1.01],
  [-0.5, 0, -1],
  [-1.25, 1, -1.3],
  [0.1 + 0.2, 3, 0.3],
  [8.325, 2, 8.33],
  [-0.04, 1, 0],
  [1e-9, 3, 0],
])('%d to %i decimals is %d', (value, decimals, expected) => {
  expect(roundPoints(value, decimals)).toBe(expected);
});

// Appendix B of DepEd Order No. 8, s. 2015, as printed: from which initial grade on a transmuted grade is given.
const table =
  `100 100, 98.40 99, 96.80 98, 95.20 97, 93.60 96, 92.00 95, 90.40 94, 88.80 93, 87.20 92, 85.60 91, 84.00 90,
  82.40 89, 80.80 88, 79.20 87, 77.60 86, 76.00 85, 74.40 84, 72.80 83, 71.20 82, 69.60 81, 68.00 80, 66.40 79, 64.80 78,
  63.20 77, 61.60 76, 60.00 75, 56.00 74, 52.00 73, 48.00 72, 44.00 71, 40.00 70, 36.00 69, 32.00 68, 28.00 67, 24.00 66,
  20.00 65, 16.00 64, 12.00 63, 8.00 62, 4.00 61, 0 60`
    .split(',')
    .map((row) => row.trim().split(' ').map(Number));

test.each(table)('an initial grade of %d is a %d, and a hundredth less is one less', (initial, grade) => {
  expect(transmute(initial ?? NaN)).toBe(grade);
  expect(transmute(Number(((initial ?? NaN) - 0.01).toFixed(2)))).toBe(Math.max(60, (grade ?? NaN) - 1));
});

test('every step of the transmutation table is there', () => {
  expect(table.map(([, grade]) => grade)).toEqual(Array.from({ length: 41 }, (_, at) => 100 - at));
});

test('bands need not be in order, and below the lowest there is none', () => {
  const bands = [
    { name: 'Pass', fromPercent: 50 },
    { name: 'Merit', fromPercent: 70 },
  ];
  const grade = (percent: number) => gradePercent(percent, { decimals: 0, scale: 'bands', bands, passFrom: 50 });
  expect([70, 69.9, 49].map(grade)).toEqual([
    { name: 'Merit', passed: true },
    { name: 'Pass', passed: true },
    { name: '', passed: false },
  ]);
});

test('a Filipino class passes with 60 %, a 75', () => {
  const grading = usualGrading('PH');
  expect(gradePercent(60, grading)).toEqual({ name: '75', passed: true });
  expect(gradePercent(59.99, grading)).toEqual({ name: '74', passed: false });
});

test('presets give everyone from 0 to 100 a grade, the higher the better', () => {
  for (const grading of Object.values(gradingPresets)) {
    const falling = grading.bands.map(({ fromPercent }) => fromPercent);
    expect(falling).toEqual(falling.toSorted((a, b) => b - a));
    expect(gradePercent(0, grading).name).not.toBe('');
  }
});
