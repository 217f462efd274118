import { describe, expect, test } from 'vitest';

import type { AnswerState } from '#contract/exam-fields.ts';
import type { AnswerKey, Exam, MarkingRule, Question, QuestionForm } from '#contract/exams.ts';
import { newExam } from './edit-exam.ts';
import type { Paper, QuestionScore } from './papers.ts';
import { scorePapers } from './score-papers.ts';
import { makeQuestion } from './testing/make-sheet-record.ts';

const single: QuestionForm = { kind: 'single', options: 4 };
const multiple: QuestionForm = { kind: 'multiple', options: 5 };
const matching: QuestionForm = { kind: 'matching', options: 5, prompts: 4 };
const numeric: QuestionForm = { kind: 'numeric', digits: 3, decimals: 2, sign: true };

const key = (...accepted: readonly (string | [string, number])[]): AnswerKey => ({
  accepted: accepted.map((each) =>
    typeof each === 'string' ? { answer: each } : { answer: each[0], points: each[1] },
  ),
});

interface Marked {
  readonly answer: string;
  readonly state: AnswerState;
}
const mark = (answer: string, state: AnswerState = answer === '' ? 'blank' : 'answered'): Marked => ({ answer, state });

const base = newExam({ title: 'Test', questions: 0 });

function makeExam(questions: readonly Question[], keys: Exam['keys'], change: Partial<Exam> = {}): Exam {
  return {
    ...base,
    questions: [...questions],
    versions: [{ letter: 'A', questionOrder: questions.map(({ id }) => id), optionOrder: {} }],
    keys,
    grading: { ...base.grading, decimals: 2 },
    ...change,
  };
}

function makePaper(marks: Readonly<Record<string, Marked>>, change: Partial<Paper> = {}): Paper {
  return {
    key: 'p',
    student: undefined,
    numberRead: '',
    version: 'A',
    sheetIds: [],
    missingPages: [],
    answers: Object.entries(marks).map(([questionId, { answer, state }]) => ({
      questionId,
      answer,
      marked: answer,
      state,
      confidence: 1,
      isCorrected: false,
    })),
    ...change,
  };
}

function score(exam: Exam, marks: Readonly<Record<string, Marked>>, change: Partial<Paper> = {}) {
  const [paper] = scorePapers(exam, [makePaper(marks, change)]);
  if (paper === undefined) throw new Error('no score');
  return paper;
}

function scoreOne(
  form: QuestionForm,
  accepted: AnswerKey | undefined,
  marked: Marked,
  { rule = {}, question = {} }: { rule?: Partial<MarkingRule>; question?: Partial<Question> } = {},
): QuestionScore | undefined {
  const exam = makeExam([makeQuestion('q', form, { points: 4, ...question })], { A: accepted ? { q: accepted } : {} });
  return score({ ...exam, rule: { ...exam.rule, ...rule } }, { q: marked }).questions[0];
}

describe('one question', () => {
  test.each([
    ['right', key('B'), mark('B'), 'right', 4],
    ['wrong', key('B'), mark('C'), 'wrong', -1],
    ['blank', key('B'), mark(''), 'blank', 0.4],
    ['two marks', key('B'), mark('BC', 'multiple'), 'wrong', -1],
    ['two marks that the key accepts', key('B', 'BC'), mark('BC', 'multiple'), 'right', 4],
    ['doubtful, also if it may be right', key('B'), mark('B', 'doubtful'), 'open', 0],
    ['on a missing page', key('B'), mark('', 'missing'), 'open', 0],
    ['without a key', undefined, mark('B'), 'open', 0],
    ['with a key of no answers', key(), mark('B'), 'open', 0],
    ['any of several', key('A', 'C'), mark('C'), 'right', 4],
    ['an answer with fewer points of its own', key('A', ['C', 1.5]), mark('C'), 'partial', 1.5],
    ['an answer that costs', key('A', ['D', -2]), mark('D'), 'wrong', -2],
  ] as const)('%s', (_, accepted, marked, verdict, points) => {
    expect(scoreOne(single, accepted, marked, { rule: { wrongShare: -0.25, blankShare: 0.1 } })).toMatchObject({
      verdict,
      points,
      most: 4,
    });
  });

  test('the most is that of the dearest answer', () => {
    expect(scoreOne(single, key(['A', 1], ['AB', 6]), mark('A'))).toMatchObject({
      verdict: 'partial',
      points: 1,
      most: 6,
    });
    expect(scoreOne(single, key(['A', 1], ['AB', 6]), mark('AB', 'multiple'))).toMatchObject({
      verdict: 'right',
      points: 6,
    });
  });

  test.each([
    ['none', 'AC', 'right', 4],
    ['none', 'A', 'wrong', -2],
    ['each', 'CA', 'right', 4],
    ['each', 'A', 'partial', 2],
    ['each', 'AB', 'wrong', -2],
    ['each', 'ABC', 'partial', 2],
    ['no-wrong', 'A', 'partial', 2],
    ['no-wrong', 'ABC', 'wrong', -2],
  ] as const)('several marks, partial credit %s: %s', (partial, marked, verdict, points) => {
    expect(scoreOne(multiple, key('AC'), mark(marked), { rule: { partial, wrongShare: -0.5 } })).toMatchObject({
      verdict,
      points,
    });
  });

  test.each([
    ['none', 'ABCE', 'wrong', 0],
    ['each', 'ABCD', 'right', 4],
    ['each', 'ABC-', 'partial', 3],
    ['each', 'ABCE', 'partial', 2],
    ['each', 'A*C-', 'partial', 1],
    ['no-wrong', 'A*C-', 'wrong', 0],
    ['no-wrong', 'AB--', 'partial', 2],
    ['no-wrong', 'ABCE', 'wrong', 0],
  ] as const)('matching, partial credit %s: %s', (partial, marked, verdict, points) => {
    // `*` stands for two marks in one row, which make the whole answer `multiple`.
    const marks = mark(marked, marked.includes('*') ? 'multiple' : 'answered');
    expect(scoreOne(matching, key('ABCD'), marks, { rule: { partial } })).toMatchObject({ verdict, points });
  });

  test.each([
    ['12.5', '12.50', undefined, 'right'],
    ['-0.5', '\u22120,5', undefined, 'right'],
    ['0.3', '0.2', 0.1, 'right'],
    ['0.31', '0.2', 0.1, 'wrong'],
    ['1.15', '1.05', 0.1, 'right'],
    ['100', '99.99', 0.01, 'right'],
    ['100', '99.98', 0.01, 'wrong'],
    ['-3', '3', undefined, 'wrong'],
    ['-', '0', undefined, 'wrong'],
  ] as const)('the number %s for %s, off by at most %s', (marked, right, tolerance, verdict) => {
    const accepted = { ...key(right), ...(tolerance === undefined ? {} : { tolerance }) };
    expect(scoreOne(numeric, accepted, mark(marked))?.verdict).toBe(verdict);
  });

  test('two marks in the column of a digit are no number, even if they look like the right one', () => {
    expect(scoreOne(numeric, key('123'), mark('123', 'multiple'))?.verdict).toBe('wrong');
    const given: QuestionForm = { kind: 'given', fields: ['a', 'b'], values: ['1', '2', '3'], multiple: false };
    expect(scoreOne(given, key('123'), mark('123', 'multiple'))?.verdict).toBe('wrong');
    expect(scoreOne(given, key('12'), mark('12'))?.verdict).toBe('right');
  });

  test('values of an imported sheet may be words', () => {
    const words: QuestionForm = { kind: 'given', fields: ['a'], values: ['Yes', 'No', 'Maybe'], multiple: true };
    expect(scoreOne(words, key('YesMaybe'), mark('Yes'), { rule: { partial: 'each' } })).toMatchObject({ points: 2 });
  });

  test('bonus points are for everyone, cancelled questions for nobody', () => {
    for (const marked of [mark('A'), mark('D'), mark(''), mark('A', 'doubtful'), mark('', 'missing')]) {
      expect(scoreOne(single, key('A'), marked, { question: { standing: 'bonus' } })).toMatchObject({
        verdict: 'bonus',
        points: 4,
        most: 4,
      });
      expect(scoreOne(single, key('A'), marked, { question: { standing: 'cancelled' } })).toMatchObject({
        verdict: 'cancelled',
        points: 0,
        most: 0,
      });
    }
  });

  test('what a person marks is open until then', () => {
    const free: QuestionForm = { kind: 'free', lines: 3 };
    expect(scoreOne(free, undefined, mark(''))).toMatchObject({ verdict: 'open', points: 0, most: 4 });
    expect(scoreOne(free, undefined, mark('2.5'))).toMatchObject({ verdict: 'partial', points: 2.5 });
    expect(scoreOne(free, undefined, mark('0'))).toMatchObject({ verdict: 'wrong', points: 0 });
    expect(scoreOne({ kind: 'rubric', most: 8 }, undefined, mark('6'))).toMatchObject({
      verdict: 'partial',
      points: 3,
    });
    expect(scoreOne({ kind: 'rubric', most: 8 }, undefined, mark('68', 'multiple'))).toMatchObject({ verdict: 'open' });
  });
});

describe('a paper', () => {
  const questions = ['q1', 'q2', 'q3', 'q4'].map((id, at) =>
    makeQuestion(id, single, { section: at < 2 ? 's1' : 's2', points: 2 }),
  );
  const keys = { A: Object.fromEntries(questions.map(({ id }) => [id, key('A')])) };
  const sections = [
    { id: 's1', name: 'One' },
    { id: 's2', name: 'Two', rule: { ...base.rule, wrongShare: -1 } },
  ];
  const sectioned = makeExam(questions, keys, { sections });
  const all = (answers: string) =>
    Object.fromEntries(Array.from(answers, (answer, at) => [`q${at + 1}`, mark(answer.trim())]));

  test('sections have rules and sums of their own', () => {
    expect(score(sectioned, all('ABAB'))).toMatchObject({
      sections: [
        { id: 's1', points: 2, most: 4 },
        { id: 's2', points: 0, most: 4 },
      ],
      points: 2,
      most: 8,
      percent: 25,
      grade: '25',
      passed: false,
      isFinal: true,
    });
  });

  test('a section never falls below none where its rule says so, and the whole where the exam’s does', () => {
    const floored = (ofSection: boolean, ofExam: boolean): Exam => ({
      ...sectioned,
      rule: { ...base.rule, wrongShare: -1, floorAtZero: ofExam },
      sections: [
        { id: 's1', name: 'One', rule: { ...base.rule, wrongShare: -1 } },
        { id: 's2', name: 'Two', rule: { ...base.rule, wrongShare: -1, floorAtZero: ofSection } },
      ],
    });
    expect(score(floored(false, false), all('BABB'))).toMatchObject({ points: -4, percent: 0 });
    expect(score(floored(true, false), all('BBBB')).points).toBe(-4);
    expect(score(floored(false, true), all('BBBB')).points).toBe(0);
  });

  test('of a section the first answered count, as they are printed on that version; unanswered ones fill up', () => {
    const exam: Exam = {
      ...makeExam(questions, keys, { sections: [{ id: 's1', name: 'One', bestOf: 2 }] }),
      questions: questions.map((question) => ({ ...question, section: 's1' })),
      versions: [
        { letter: 'A', questionOrder: ['q1', 'q2', 'q3', 'q4'], optionOrder: {} },
        { letter: 'B', questionOrder: ['q4', 'q3', 'q2', 'q1'], optionOrder: {} },
      ],
    };
    expect(score(exam, all(' BAA'))).toMatchObject({ points: 2, most: 4 });
    expect(score(exam, all(' BAA'), { version: 'B' })).toMatchObject({ points: 4, most: 4 });
    expect(score(exam, all('   A'))).toMatchObject({ points: 2, most: 4 });
    expect(score(exam, all(' BAA')).questions.map(({ most }) => most)).toEqual([0, 2, 2, 0]);
  });

  test('thirds add up to a whole, and points are rounded once', () => {
    const thirds = makeExam(
      questions.map((question) => ({ ...question, section: '' })),
      { A: { ...keys.A, q1: key(['A', 1 / 3]), q2: key(['A', 1 / 3]), q3: key(['A', 1 / 3]) } },
    );
    expect(score(thirds, all('AAAB'))).toMatchObject({ points: 1, most: 3, percent: 33.33 });
  });

  test('nothing to get is no error', () => {
    const nothing = makeExam([], { A: {} });
    expect(score(nothing, {})).toMatchObject({ points: 0, most: 0, percent: 0, isFinal: true });
  });

  test('it is final once nothing that counts is open', () => {
    expect(score(sectioned, { ...all('AAA'), q4: mark('A', 'doubtful') })).toMatchObject({ isFinal: false, points: 6 });
    expect(score(sectioned, all('AAA')).isFinal, 'q4 was never read').toBe(false);
    expect(score(sectioned, all('AAAA'))).toMatchObject({ isFinal: true, passed: true });
  });

  test('where the teacher shuffled, each version has its own key', () => {
    const own = makeExam(questions, { ...keys, B: { q1: key('D') } }, { shuffledBy: 'own' });
    expect(score(own, all('DAAA'), { version: 'B' }).questions.map(({ verdict }) => verdict)).toEqual([
      'right',
      'open',
      'open',
      'open',
    ]);
    expect(score({ ...own, shuffledBy: 'papel' }, all('DAAA'), { version: 'B' }).points).toBe(6);
  });

  test('the grade follows from the percentage as it is shown', () => {
    const grading = {
      ...base.grading,
      decimals: 0,
      scale: 'bands' as const,
      bands: [{ name: 'C', fromPercent: 60 }],
      passFrom: 60,
    };
    const three = makeExam(
      [makeQuestion('q1', single, { points: 59.5 }), makeQuestion('q2', single, { points: 40.5 })],
      keys,
      { grading },
    );
    expect(score(three, all('AB'))).toMatchObject({ percent: 60, grade: 'C', passed: true });
  });
});
