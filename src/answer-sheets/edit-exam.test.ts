import { expect, test } from 'vitest';
import * as v from 'valibot';

import { mostQuestions, examSchema, type Exam } from '#contract/exams.ts';
import {
  addQuestions,
  changeForm,
  changeOptionSigns,
  changeQuestions,
  moveQuestion,
  nameSection,
  newExam,
  removeQuestions,
} from './edit-exam.ts';
import { shuffleVersions } from './versions-shuffle.ts';

const exam: Exam = (() => {
  const plain = newExam({ title: 'Science', questions: 5 });
  return {
    ...plain,
    versions: shuffleVersions(plain, 2, 7, { questions: true, options: true }),
    keys: { A: Object.fromEntries(plain.questions.map(({ id }) => [id, { accepted: [{ answer: 'B' }] }])) },
  };
})();
const [versionA, versionB] = exam.versions;

function expectSound(changed: Exam): void {
  expect(v.is(examSchema, changed)).toBe(true);
  const ids = changed.questions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(changed.questions.map(({ label }) => label)).size).toBe(ids.length);
  for (const { questionOrder, optionOrder } of changed.versions) {
    expect(questionOrder.toSorted()).toEqual(ids.toSorted());
    expect(ids).toEqual(expect.arrayContaining(Object.keys(optionOrder)));
  }
  for (const key of Object.values(changed.keys)) expect(ids).toEqual(expect.arrayContaining(Object.keys(key)));
}

const labelsOf = ({ questions }: Exam) => questions.map(({ label }) => label).join(' ');
const idsOf = ({ questions }: Exam) => questions.map(({ id }) => id).join(' ');

test('a new exam can be printed as it is, graded as its market does', () => {
  const made = newExam({ title: 'Quiz', questions: 40, options: 5, market: 'PH', paper: 'letter', date: '2026-11-27' });
  expectSound(made);
  expect(made.grading.scale).toBe('transmuted');
  expect(made.questions).toHaveLength(40);
  expect(made.questions[39]).toMatchObject({ label: '40', form: { kind: 'single', options: 5 }, points: 1 });
  expectSound(newExam({ title: 'Empty', questions: 0 }));
});

test('added questions are like the last one and stand last in every version', () => {
  const grown = addQuestions(changeForm(exam, ['q5'], { kind: 'true-false' }), 2);
  expectSound(grown);
  expect(grown.questions[6]).toMatchObject({ id: 'q7', label: '7', form: { kind: 'true-false' } });
  expect(grown.versions[1]?.questionOrder).toEqual([...(versionB?.questionOrder ?? []), 'q6', 'q7']);
  expect(addQuestions(exam, 1000).questions).toHaveLength(mostQuestions);
  expect(addQuestions(exam, 1, { kind: 'rubric', most: 5 }).questions[5]).toMatchObject({ points: 5 });
});

test('removed questions leave versions, keys and empty sections', () => {
  const named = nameSection(exam, 'Biology');
  const sectioned = changeQuestions(named.exam, ['q2'], { section: named.section });
  expect(sectioned.sections).toHaveLength(1);
  const shrunk = removeQuestions(sectioned, ['q2', 'q4']);
  expectSound(shrunk);
  expect([idsOf(shrunk), labelsOf(shrunk)]).toEqual(['q1 q3 q5', '1 2 3']);
  expect(shrunk.sections).toEqual([]);
  expect(Object.keys(shrunk.keys['A'] ?? {})).toEqual(['q1', 'q3', 'q5']);
});

test('a moved question takes its key along; shuffled versions stay as they are', () => {
  const moved = moveQuestion(exam, 'q5', 0);
  expectSound(moved);
  expect([idsOf(moved), labelsOf(moved)]).toEqual(['q5 q1 q2 q3 q4', '1 2 3 4 5']);
  expect(moved.versions[0]?.questionOrder).toEqual(['q5', 'q1', 'q2', 'q3', 'q4']);
  expect(moved.versions[1]?.questionOrder).toEqual(versionB?.questionOrder);
  expect(idsOf(moveQuestion(exam, 'q1', 99))).toBe('q2 q3 q4 q5 q1');
});

test('labels that somebody typed stay theirs', () => {
  const labelled = changeQuestions(exam, ['q2'], { label: '3' });
  const relabelled = changeQuestions(labelled, ['q1'], { label: 'Ex' });
  expect(labelsOf(removeQuestions(relabelled, ['q4']))).toBe('Ex 3 3a 4');
});

test('a key stays as far as the new form can be marked with it', () => {
  const mixed: Exam = {
    ...exam,
    keys: {
      A: {
        ...exam.keys['A'],
        q1: { accepted: [{ answer: 'B' }, { answer: 'D' }] },
        q2: { accepted: [{ answer: 'D' }] },
      },
    },
  };
  const fewer = changeForm(mixed, ['q1', 'q2'], { kind: 'single', options: 3 });
  expectSound(fewer);
  expect(fewer.keys['A']?.['q1']).toEqual({ accepted: [{ answer: 'B' }] });
  expect(fewer.keys['A']).not.toHaveProperty('q2');
  expect(Object.keys(fewer.versions[1]?.optionOrder ?? {})).toEqual(['q3', 'q4', 'q5']);
  expect(changeForm(mixed, ['q1'], { kind: 'single', options: 4 })).toEqual(mixed);
  const back = changeForm(changeForm(exam, ['q1'], { kind: 'rubric', most: 6 }), ['q1'], { kind: 'true-false' });
  expect(back.questions[0]?.points).toBe(1);
});

test('a section is found by its name or made', () => {
  const first = nameSection(exam, 'Biology');
  expect(nameSection(first.exam, 'Biology')).toEqual(first);
  const second = nameSection(first.exam, 'Physics');
  expect(second.exam.sections.map(({ id, name }) => [id, name])).toEqual([
    ['s1', 'Biology'],
    ['s2', 'Physics'],
  ]);
  expect(nameSection(exam, '')).toEqual({ exam, section: '' });
});

test('keys are said in the signs that the bubbles have', () => {
  const matched = changeForm(exam, ['q1'], { kind: 'matching', options: 10, prompts: 3 });
  const lettered: Exam = { ...matched, keys: { A: { ...matched.keys['A'], q1: { accepted: [{ answer: 'AJ-' }] } } } };
  const digits = changeOptionSigns(lettered, 'digits');
  expect(digits.keys['A']).toMatchObject({
    q1: { accepted: [{ answer: '10-' }] },
    q2: { accepted: [{ answer: '2' }] },
  });
  expect(changeOptionSigns(digits, 'letters')).toEqual(lettered);
});

test('versions are shuffled by their seed: another order, other options, sections together, boxes in place', () => {
  const plain = newExam({ title: 'Long', questions: 20 });
  const sections = { first: plain.questions.slice(0, 10).map(({ id }) => id), second: 's' };
  const long = changeForm(
    changeForm(changeQuestions(plain, sections.first, { section: sections.second }), ['q4'], {
      kind: 'free',
      lines: 4,
    }),
    ['q5'],
    { kind: 'true-false' },
  );
  const versions = shuffleVersions(long, 4, 42, { questions: true, options: true });
  expect(versions).toEqual(shuffleVersions(long, 4, 42, { questions: true, options: true }));
  expect(versions).not.toEqual(shuffleVersions(long, 4, 43, { questions: true, options: true }));
  expect(versions.map(({ letter }) => letter)).toEqual(['A', 'B', 'C', 'D']);
  expect(new Set(versions.map(({ questionOrder }) => questionOrder.join(' '))).size).toBe(4);
  for (const { letter, questionOrder, optionOrder } of versions) {
    expect(questionOrder.slice(0, 10).toSorted()).toEqual(sections.first.toSorted());
    expect(questionOrder[3]).toBe('q4');
    expect(optionOrder).not.toHaveProperty('q5');
    expect(optionOrder['q1']?.toSorted()).toEqual(letter === 'A' ? undefined : [0, 1, 2, 3]);
  }
  expectSound({ ...long, versions });
  expect(shuffleVersions(long, 2, 1, { questions: false, options: false })[1]).toEqual({
    ...versionA,
    letter: 'B',
    questionOrder: long.questions.map(({ id }) => id),
  });
});
