import { describe, expect, test } from 'vitest';

import type { Exam, Question } from '#contract/exams.ts';
import { newExam } from '../edit-exam.ts';
import type { Paper, PaperAnswer } from '../papers.ts';
import { scorePapers } from '../score-papers.ts';
import { makeQuestion } from '../testing/make-sheet-record.ts';
import { analyseExam } from './analyse-exam.ts';
import { binPercentages, describeValues } from './describe-values.ts';
import { expected } from './testing/expected-statistics.ts';

const close = (value: number): unknown => expect.closeTo(value, 11);

/** The same, numbers to eleven decimals; `null` stands for what is not defined. */
function near(value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value === 'number') return Number.isInteger(value) ? value : close(value);
  if (Array.isArray(value)) return value.map(near);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, near(each)]));
}

function makeExam(questions: readonly Question[], key: Exam['keys'][string], change: Partial<Exam> = {}): Exam {
  return {
    ...newExam({ title: 'Test', questions: 0 }),
    questions: [...questions],
    versions: [{ letter: 'A', questionOrder: questions.map(({ id }) => id), optionOrder: {} }],
    keys: { A: key },
    grading: { decimals: 3, scale: 'percent', bands: [], passFrom: 50 },
    ...change,
  };
}

/** `-` for a blank, `*` for two marks, `?` for a doubtful one. */
function answerOf(questionId: string, sign: string): PaperAnswer {
  const answer = sign === '-' ? '' : sign === '*' ? 'AB' : sign;
  const state = sign === '-' ? 'blank' : sign === '*' ? 'multiple' : sign === '?' ? 'doubtful' : 'answered';
  return { questionId, answer, marked: answer, state, confidence: 1, isCorrected: false };
}

function makePapers(
  rows: readonly (readonly string[])[],
  change: (at: number) => Partial<Paper> = () => ({}),
): Paper[] {
  return rows.map((signs, at) => ({
    key: `paper-${at}`,
    student: undefined,
    numberRead: '',
    version: 'A',
    sheetIds: [],
    missingPages: [],
    answers: signs.map((sign, place) => answerOf(`q${place + 1}`, sign)),
    ...change(at),
  }));
}

const analyse = (exam: Exam, papers: readonly Paper[], version?: 'A' | 'B') =>
  analyseExam(exam, papers, scorePapers(exam, papers), version);

const { choice, penalised, given } = expected;
const half = choice.key.length / 2;
const choiceQuestions = Array.from(choice.key, (_, place) =>
  makeQuestion(
    `q${place + 1}`,
    { kind: 'single', options: 4 },
    { section: place < half ? 's1' : 's2', tags: place < half ? ['first half'] : [] },
  ),
);
const choiceKey = Object.fromEntries(
  Array.from(choice.key, (answer, place) => [`q${place + 1}`, { accepted: [{ answer }] }]),
);
const sections = [
  { id: 's1', name: 'First' },
  { id: 's2', name: 'Second' },
];
const choiceExam = makeExam(choiceQuestions, choiceKey, { sections });
const choicePapers = makePapers(choice.papers.map((answers) => Array.from(answers)));

describe('as NumPy and SciPy have it (testing/expected-statistics.py)', () => {
  test.each(expected.lists.map(({ values, description }) => [values.length, values, description] as const))(
    '%i values are described',
    (_, values, description) => {
      expect(describeValues(values)).toEqual(near(description));
    },
  );

  test('points, reliability and questions of single choice', () => {
    const result = analyse(choiceExam, choicePapers);
    expect(result.points).toEqual(near(choice.points));
    expect(result.histogram.map(({ count }) => count)).toEqual(choice.histogram);
    expect(result.reliability).toEqual(near({ alpha: choice.alpha, kr20: choice.kr20, error: choice.error }));
    expect(result.questions).toMatchObject(near(choice.questions) as object[]);
  });

  test('percentages, which are rounded as the exam says', () => {
    const { percent } = analyse(choiceExam, choicePapers);
    expect(percent.mean).toBeCloseTo(choice.percent.mean, 3);
    expect(percent.deviation).toBeCloseTo(choice.percent.deviation, 3);
  });

  test('what was marked', () => {
    const signs = (kind: string, answer: string) => (kind === 'several' ? '*' : kind === 'blank' ? '-' : answer);
    const tables = analyse(choiceExam, choicePapers).questions.map(({ choices }) =>
      choices.map(({ kind, answer, count, share, meanTotal, upper, lower }) => ({
        sign: signs(kind, answer),
        count,
        share,
        meanTotal,
        upper,
        lower,
      })),
    );
    expect(tables).toEqual(near(choice.choices));
    const right = analyse(choiceExam, choicePapers).questions.map(({ choices }) =>
      choices.flatMap(({ isRight, answer }) => (isRight ? [answer] : [])).join(''),
    );
    expect(right.join('')).toBe(choice.key);
  });

  test('a section and a tag', () => {
    const { sections: parts, tags } = analyse(choiceExam, choicePapers);
    expect(parts.map(({ id, most }) => [id, most])).toEqual([
      ['s1', half],
      ['s2', half],
    ]);
    for (const part of [parts[0], tags[0]]) expect(part).toMatchObject(near(choice.firstHalf) as object);
    expect(tags.map(({ name, questionIds }) => [name, questionIds.length])).toEqual([['first half', half]]);
  });

  test('points that are taken away change totals, not what was right', () => {
    const exam: Exam = { ...choiceExam, rule: { ...choiceExam.rule, wrongShare: -0.25 } };
    const result = analyse(exam, choicePapers);
    const { alpha, kr20, error } = penalised;
    expect(result.reliability).toEqual(near({ alpha, kr20, error }));
    expect(result.questions).toMatchObject(near(penalised.questions) as object[]);
  });

  test('points by hand', () => {
    const questions = given.most.map((most, place) =>
      makeQuestion(`q${place + 1}`, { kind: 'free', lines: 2 }, { points: most }),
    );
    const papers = makePapers(given.papers.map((points) => points.map(String)));
    const result = analyse(makeExam(questions, {}), papers);
    expect(result.points).toEqual(near(given.points));
    expect(result.reliability).toEqual({ alpha: near(given.alpha), kr20: undefined, error: near(given.error) });
    expect(result.questions).toMatchObject(near(given.questions) as object[]);
    expect(result.questions.every(({ choices }) => choices.length === 0)).toBe(true);
  });
});

describe('what is left out', () => {
  test('papers with something open are, and are named', () => {
    const open = makePapers([Array.from('B?ACABDCCADB')]).map((paper) => ({ ...paper, key: 'open' }));
    const { openPapers, ...rest } = analyse(choiceExam, [...choicePapers, ...open]);
    const { openPapers: none, ...same } = analyse(choiceExam, choicePapers);
    expect([openPapers, none]).toEqual([['open'], []]);
    expect(rest).toEqual(same);
  });

  test('a question without a key is, instead of every paper', () => {
    const { q3: _, ...keys } = choiceKey;
    const { openQuestions, openPapers, questions, percent } = analyse(
      { ...choiceExam, keys: { A: keys } },
      choicePapers,
    );
    expect([openQuestions, openPapers]).toEqual([['q3'], []]);
    expect([questions.length, percent.count]).toEqual([choice.key.length - 1, choicePapers.length]);
  });

  test('cancelled and bonus questions are', () => {
    const exam: Exam = {
      ...choiceExam,
      questions: choiceQuestions.map((question, at) => ({
        ...question,
        standing: at === 0 ? 'bonus' : at === 1 ? 'cancelled' : 'counts',
      })),
    };
    expect(analyse(exam, choicePapers).questions.map(({ questionId }) => questionId)).not.toContain('q1');
    expect(analyse(exam, choicePapers).questions).toHaveLength(choice.key.length - 2);
  });

  test('a question counts where the student chose it, and reliability is not told then', () => {
    const exam: Exam = {
      ...choiceExam,
      sections: [{ id: 's1', name: 'First', bestOf: 3 }, sections[1] ?? { id: 's2', name: '' }],
    };
    const { reliability, questions } = analyse(exam, choicePapers);
    expect(reliability).toEqual({ alpha: undefined, kr20: undefined, error: undefined });
    expect(questions[5]?.count).toBeLessThan(choicePapers.length);
    expect(questions[11]?.count).toBe(choicePapers.length);
  });

  test('questions of versions that the teacher shuffled are told for one version at a time', () => {
    const [plain] = choiceExam.versions;
    const exam: Exam = {
      ...choiceExam,
      shuffledBy: 'own',
      versions: [...choiceExam.versions, { letter: 'B', questionOrder: plain?.questionOrder ?? [], optionOrder: {} }],
      keys: { A: choiceKey, B: choiceKey },
    };
    const papers = choicePapers.map((paper, at): Paper => ({ ...paper, version: at < 20 ? 'A' : 'B' }));
    const all = analyse(exam, papers);
    expect([all.needsVersion, all.questions, all.percent.count]).toEqual([true, [], 37]);
    expect(all.versions.map(({ version, percent }) => [version, percent.count])).toEqual([
      ['A', 20],
      ['B', 17],
    ]);
    const one = analyse(exam, papers, 'B');
    expect([one.needsVersion, one.questions.length, one.questions[0]?.count]).toEqual([false, 12, 17]);
    expect(analyse({ ...exam, shuffledBy: 'papel' }, papers).questions).toHaveLength(12);
  });
});

describe('where there is little to tell', () => {
  const hasNaN = (value: unknown): boolean =>
    typeof value === 'number'
      ? !Number.isFinite(value)
      : typeof value === 'object' && value !== null && Object.values(value).some(hasNaN);

  test.each([
    ['no paper', []],
    ['one paper', ['BDACABDCCADB']],
    ['the same paper five times', Array.from({ length: 5 }, () => 'BDACABDCCADA')],
    ['only blanks', ['------------', '------------']],
    ['two papers', ['BDACABDCCADB', 'ADACABDCCADB']],
  ])('%s: nothing is NaN', (_, rows) => {
    expect(hasNaN(analyse(choiceExam, makePapers(rows.map((row) => Array.from(row)))))).toBe(false);
  });

  test('one paper has a mean and no deviation, and no question tells papers apart', () => {
    const { points, reliability, questions } = analyse(choiceExam, makePapers([Array.from('BDACABDCCADA')]));
    expect(points).toMatchObject({ count: 1, mean: 11, median: 11, deviation: undefined });
    expect(reliability).toEqual({ alpha: undefined, kr20: undefined, error: undefined });
    expect(questions[0]).toMatchObject({ difficulty: 1, pointBiserial: undefined, upperLower: undefined });
  });

  test('the same total in another order is the same, whatever binary fractions say', () => {
    expect(0.1 + 0.2 + 0.3).not.toBe(0.2 + 0.3 + 0.1);
    const accepted = [0.1, 0.2, 0.3].map((points, option) => ({ answer: 'ABC'[option] ?? '', points }));
    const third = { accepted };
    const questions = ['q1', 'q2', 'q3'].map((id) => makeQuestion(id, { kind: 'single', options: 4 }));
    const rows = ['ABC', 'CAB', 'BCA'].map((row) => Array.from(row));
    const result = analyse(makeExam(questions, { q1: third, q2: third, q3: third }), makePapers(rows));
    expect(result.reliability.alpha).toBeUndefined();
    expect(result.questions[0]).toMatchObject({ pointBiserial: undefined, groups: { upper: 0, lower: 0 } });
  });

  test('an exam without questions is no error', () => {
    expect(analyse(makeExam([], {}), makePapers([[], []]))).toMatchObject({ questions: [], percent: { mean: 0 } });
  });
});

test('answers without options are counted as written, the most frequent first', () => {
  const questions = [makeQuestion('q1', { kind: 'numeric', digits: 2, decimals: 1, sign: false })];
  const exam = makeExam(questions, { q1: { accepted: [{ answer: '12' }], tolerance: 0.5 } });
  const papers = makePapers([['3'], ['12'], ['12.5'], ['12'], ['-']]);
  const { choices } = analyse(exam, papers).questions[0] ?? {};
  expect(choices?.map(({ kind, answer, count, isRight }) => [kind, answer, count, isRight])).toEqual([
    ['answer', '12', 2, true],
    ['answer', '3', 1, false],
    ['answer', '12.5', 1, true],
    ['blank', '', 1, false],
  ]);
});

test('of several marks each is counted', () => {
  const questions = [makeQuestion('q1', { kind: 'multiple', options: 3 })];
  const exam = makeExam(questions, { q1: { accepted: [{ answer: 'AC' }] } });
  const { choices } = analyse(exam, makePapers([['AC'], ['AB'], ['C'], ['-']])).questions[0] ?? {};
  expect(choices?.map(({ answer, count, isRight }) => [answer, count, isRight])).toEqual([
    ['A', 2, true],
    ['B', 1, false],
    ['C', 2, true],
    ['', 1, false],
  ]);
});

test('a hundred per cent is in the last bin', () => {
  expect(binPercentages([0, 9.99, 10, 100]).map(({ count }) => count)).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
});
