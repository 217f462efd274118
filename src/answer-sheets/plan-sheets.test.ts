import { expect, test } from 'vitest';

import { plainVersion } from '#contract/exam-fields.ts';
import type { ExamVersion } from '#contract/exams.ts';
import type { SheetWords } from '#contract/sheets.ts';
import { hasWrittenBoxes, planSheets } from './plan-sheets.ts';
import { makeExam } from './testing/make-exam.ts';

const words: SheetWords = {
  name: 'Name',
  section: 'Section',
  studentNumber: 'Number',
  version: 'Version',
  page: 'Page',
  howToMark: 'Fill in the bubble.',
  trueSign: 'T',
  falseSign: 'F',
  points: 'Points',
  forTeacher: 'For the teacher',
};

test('An exam of one version has one sheet, which does not say which version it is', () => {
  const [sheet, ...others] = planSheets(makeExam(), 'ABCD1234', words);
  expect(others).toEqual([]);
  expect(sheet).toMatchObject({ examCode: 'ABCD1234', version: 'A', namesVersion: false, title: 'Science', words });
});

test('A shuffled version asks in its own order and numbers from one', () => {
  const exam = makeExam();
  const shuffled: ExamVersion = { ...plainVersion(exam), letter: 'B', questionOrder: ['q3', 'q1', 'q2'] };
  const [, sheet] = planSheets({ ...exam, versions: [...exam.versions, shuffled] }, 'ABCD1234', words);
  expect(sheet).toMatchObject({ version: 'B', namesVersion: true });
  expect(sheet?.questions.map(({ id, label }) => [id, label])).toEqual([
    ['q3', '1'],
    ['q1', '2'],
    ['q2', '3'],
  ]);
});

test('A sheet with a box to write a character in is known, wherever the box is', () => {
  const exam = makeExam();
  expect(hasWrittenBoxes(exam)).toBe(false);
  const { look } = exam;
  expect(hasWrittenBoxes({ ...exam, look: { ...look, studentNumber: { form: 'both', digits: 6 } } })).toBe(true);
  expect(hasWrittenBoxes({ ...exam, look: { ...look, nameBox: true, nameInBoxes: true } })).toBe(true);
  expect(hasWrittenBoxes({ ...exam, look: { ...look, nameBox: false, nameInBoxes: true } })).toBe(false);
  const questions = exam.questions.map((question) => ({
    ...question,
    form: { kind: 'single', options: 4, inBoxes: true } as const,
  }));
  expect(hasWrittenBoxes({ ...exam, questions })).toBe(true);
});
