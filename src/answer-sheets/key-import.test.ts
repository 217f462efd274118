import { expect, test } from 'vitest';

import type { Exam } from '#contract/exams.ts';
import { addQuestions, newExam } from './edit-exam.ts';
import { readKey } from './key-entry.ts';
import { readKeyText, takeImportedKey } from './key-import.ts';
import { setVersions } from './exam-versions.ts';

const five = newExam({ title: 'Quiz', questions: 5 });
const answersOf = (exam: Exam, text: string) =>
  readKeyText(exam, 'A', text).found.map(({ question, answers }) => `${question.label}${answers.join('/')}`);

test.each([
  ['ABCDA', ['1A', '2B', '3C', '4D', '5A']],
  ['a b c\nd a', ['1A', '2B', '3C', '4D', '5A']],
  ['1. B\n2) C\n3: D', ['1B', '2C', '3D']],
  ['1,B\r\n2,"C"', ['1B', '2C']],
  ['"1";"B"\n"2";"C"', ['1B', '2C']],
  ['1\tB\n2\tC', ['1B', '2C']],
  ['question,answer\n1,B\n2,C', ['1B', '2C']],
  ['\uFEFF1,B/C', ['1B/C']],
])('%j is read', (text, expected) => {
  expect(answersOf(five, text)).toEqual(expected);
});

test('lines that are not understood are named and leave the others', () => {
  const { found, problems } = readKeyText(five, 'A', '1,B\n2,E\n9,A\n1,C\n3,');
  expect(found).toHaveLength(1);
  expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'not-markable'],
    [3, 'unknown-question'],
    [4, 'twice'],
    [5, 'no-answer'],
  ]);
});

test('more answers than questions are a problem, not lost in silence', () => {
  expect(readKeyText(five, 'A', 'ABCDAB').problems).toMatchObject([{ text: 'B', reason: 'too-many' }]);
});

test('numbers keep their decimals, and true and false may be words', () => {
  const exam = addQuestions(
    addQuestions(newExam({ title: '', questions: 1 }), 1, { kind: 'numeric', digits: 3, decimals: 1, sign: true }),
    1,
    { kind: 'true-false' },
  );
  expect(answersOf(exam, '1;C\n2;-12,50\n3;Mali')).toEqual(['1C', '2-12.5', '3F']);
});

test('a key imported for a shuffled version is the key of version A', () => {
  const shuffled = setVersions(five, { count: 2, by: 'papel', questions: false, options: true }, 7);
  const taken = takeImportedKey(shuffled, 'B', readKeyText(shuffled, 'B', 'ABCDA'));
  const [first] = shuffled.questions;
  const place = shuffled.versions[1]?.optionOrder[first?.id ?? '']?.[0] ?? 0;
  expect(taken.keys['A']?.[first?.id ?? '']?.accepted[0]?.answer).toBe('ABCD'[place]);
  expect(shuffled.questions.map((question) => readKey(taken, 'B', question)?.accepted[0]?.answer).join('')).toBe(
    'ABCDA',
  );
});
