import { describe, expect, test } from 'vitest';

import { composeAnswer, fromFirstVersion, planFields, planNumberFields, toFirstVersion } from './exam-fields.ts';
import type { ExamVersion, Question, QuestionForm } from './exams.ts';
import type { FieldState } from './sheets.ts';

const numeric: QuestionForm = { kind: 'numeric', digits: 3, decimals: 2, sign: true };
const matching: QuestionForm = { kind: 'matching', options: 4, prompts: 3 };

/** One character or word a field: a blank for none, `?` behind a doubtful one. */
const compose = (form: QuestionForm, ...values: readonly string[]) =>
  composeAnswer(
    form,
    values.map((each) => {
      const value = each.replace('?', '').trim();
      const state: FieldState = each.endsWith('?')
        ? 'doubtful'
        : value === ''
          ? 'blank'
          : value.length > 1
            ? 'multiple'
            : 'marked';
      return { value, state };
    }),
  );

describe('answers out of fields', () => {
  test.each([
    ['B', { kind: 'single', options: 4 }, ['B'], 'answered'],
    ['', { kind: 'single', options: 4 }, [' '], 'blank'],
    ['BC', { kind: 'single', options: 4 }, ['BC'], 'multiple'],
    ['B', { kind: 'single', options: 4 }, ['B?'], 'doubtful'],
    ['BC', { kind: 'multiple', options: 4 }, ['BC'], 'answered'],
    ['A-C', matching, ['A', ' ', 'C'], 'answered'],
    ['A*C', matching, ['A', 'BD', 'C'], 'multiple'],
    ['', matching, [' ', ' ', ' '], 'blank'],
    ['-12.5', numeric, ['-', ' ', '1', '2', '5', ' '], 'answered'],
    ['12.05', numeric, [' ', '0', '1', '2', '0', '5'], 'answered'],
    ['0.5', numeric, [' ', ' ', ' ', ' ', '5', '0'], 'answered'],
    ['12', { ...numeric, decimals: 0 }, [' ', '1', '2', ' '], 'answered'],
    ['0', numeric, ['-', ' ', ' ', '0', ' ', ' '], 'answered'],
    ['', numeric, [' ', ' ', ' ', ' ', ' ', ' '], 'blank'],
    ['3', { kind: 'rubric', most: 5 }, ['3'], 'answered'],
  ] as const)('%s', (answer, form, values, state) => {
    expect(compose(form, ...values)).toEqual({ answer, state });
  });

  test('a number with a gap, or a sign alone, is nobody’s guess', () => {
    expect(compose(numeric, ' ', '1', ' ', '3', ' ', ' ').state).toBe('doubtful');
    expect(compose(numeric, ' ', ' ', ' ', '3', ' ', '5').state).toBe('doubtful');
    expect(compose(numeric, '-', ' ', ' ', ' ', ' ', ' ').state).toBe('doubtful');
  });

  test('two marks in the column of a digit are not a longer number', () => {
    expect(compose(numeric, ' ', ' ', '1', '23', ' ', ' ').state).toBe('multiple');
  });

  test('a question of which a field was not read is missing', () => {
    expect(composeAnswer(matching, [{ value: 'A', state: 'marked' }, undefined, undefined])).toEqual({
      answer: '',
      state: 'missing',
    });
  });
});

test('fields begin with the question’s id and have its options, ten at most', () => {
  expect(planFields('q1', { kind: 'single', options: 10 }, 'digits')[0]?.values.join('')).toBe('1234567890');
  expect(planFields('q1', matching, 'letters').map(({ label, values }) => label + values.join(''))).toEqual([
    'q1.1ABCD',
    'q1.2ABCD',
    'q1.3ABCD',
  ]);
  expect(planFields('q1', numeric, 'letters').map(({ label }) => label)).toEqual([
    'q1.sign',
    'q1.1',
    'q1.2',
    'q1.3',
    'q1.4',
    'q1.5',
  ]);
  expect(planNumberFields({ form: 'boxes', digits: 4 })).toEqual([]);
  expect(planNumberFields({ form: 'both', digits: 4 })).toHaveLength(4);
});

describe('options of a version', () => {
  const question = (form: QuestionForm): Question => ({
    id: 'q1',
    label: '1',
    form,
    points: 1,
    standing: 'counts',
    section: '',
    tags: [],
  });
  // At the first place stands C, then A, D and B.
  const version: ExamVersion = { letter: 'B', questionOrder: ['q1'], optionOrder: { q1: [2, 0, 3, 1] } };

  test.each([
    ['A', 'C', { kind: 'single', options: 4 }],
    ['BD', 'AB', { kind: 'multiple', options: 4 }],
    ['A-D', 'C-B', matching],
    ['', '', { kind: 'single', options: 4 }],
    ['T', 'T', { kind: 'true-false' }],
  ] as const)('%s on its sheet is %s of the first version, and back', (marked, first, form) => {
    expect(toFirstVersion(marked, question(form), version, 'letters')).toBe(first);
    expect(fromFirstVersion(first, question(form), version, 'letters')).toBe(marked);
  });

  test('two marks in a row of matching stay two marks', () => {
    expect(toFirstVersion('A*D', question(matching), version, 'letters')).toBe('C*B');
  });
});
