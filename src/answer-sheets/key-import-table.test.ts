import { expect, test } from 'vitest';

import { changeForm, newExam } from './edit-exam.ts';
import { setVersions } from './exam-versions.ts';
import { readKeyText, takeImportedKey } from './key-import.ts';

const five = newExam({ title: 'Quiz', questions: 5 });
const take = (text: string) => takeImportedKey(five, 'A', readKeyText(five, 'A', text));

test.each([
  ['commas', 'Question,Answer,Points\n1,B,2\n2,C,0.5'],
  ['another order, quotes and a blank line', '"Points","Item","Key"\n"2","1","B"\n\n"0.5","2","C"'],
  ['decimal commas', 'No.;Sagot;Puntos\n1;B;2\n2;C;0,5'],
  ['tabs', 'question\tanswer\tmarks\r\n1\tb\t2\r\n2\tc\t0.5\r\n'],
])('a table with points is read: %s', (_, text) => {
  const exam = take(text);
  expect(exam.keys['A']).toEqual({ q1: { accepted: [{ answer: 'B' }] }, q2: { accepted: [{ answer: 'C' }] } });
  expect(exam.questions.map(({ points }) => points)).toEqual([2, 0.5, 1, 1, 1]);
});

test('several rows of a question are several answers, the cheaper ones with points of their own', () => {
  const exam = take('question,answer,points\n1,A,1\n1,B,3\n2,C,');
  expect(exam.keys['A']?.['q1']).toEqual({ accepted: [{ answer: 'A', points: 1 }, { answer: 'B' }] });
  expect(exam.questions.slice(0, 2).map(({ points }) => points)).toEqual([3, 1]);
});

test('rows that are not understood are named, by line', () => {
  const written = changeForm(five, ['q5'], { kind: 'free', lines: 2 });
  const text = 'question,answer,points\n1,B,x\n2,E,1\n9,A,1\n3,,1\n5,A,1\n4,A,-1\n4,D,1\n4,D,1';
  const { found, problems } = readKeyText(written, 'A', text);
  expect(found.map(({ question, answers }) => [question.id, answers])).toEqual([['q4', ['D']]]);
  expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'not-markable'],
    [3, 'not-markable'],
    [4, 'unknown-question'],
    [5, 'no-answer'],
    [6, 'by-hand'],
    [7, 'not-markable'],
    [9, 'twice'],
  ]);
});

test('of a table of several versions each takes its own rows', () => {
  const own = setVersions(five, { count: 2, by: 'own', questions: false, options: false }, 1);
  const text = 'version,question,answer\nA,1,B\nB,1,C\nb,2,D\n,3,A';
  const exam = (['A', 'B'] as const).reduce(
    (changed, letter) => takeImportedKey(changed, letter, readKeyText(changed, letter, text)),
    own,
  );
  const answers = (letter: string) =>
    Object.entries(exam.keys[letter] ?? {}).map(([id, { accepted }]) => `${id}${accepted[0]?.answer ?? ''}`);
  expect([answers('A'), answers('B')]).toEqual([
    ['q1B', 'q3A'],
    ['q1C', 'q2D', 'q3A'],
  ]);
});
