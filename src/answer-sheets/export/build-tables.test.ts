import { createInstance } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { plainVersion } from '#contract/exam-fields.ts';
import type { Exam } from '#contract/exams.ts';
import { results } from '#src/ui/translations/en/results.ts';
import { analyseExam } from '../analysis/analyse-exam.ts';
import { assemblePapers } from '../assemble-papers.ts';
import { arrangeRows, listResultRows } from '../results-rows.ts';
import { resultFormatsOf } from '../results-formats.ts';
import { listStatistics } from '../results-statistics-list.ts';
import { scorePapers } from '../score-papers.ts';
import { makeExam } from '../testing/make-exam.ts';
import { makeExamRecord, makeQuestion, makeRoster, makeSheetRecord } from '../testing/make-sheet-record.ts';
import { tabulateAnswers, tabulateMarks, tabulateQuestions, tabulateStatistics } from './build-tables.ts';
import { writeCsv } from '#src/ui/write-csv.ts';

const i18n = createInstance();
beforeAll(async () => {
  await i18n.init({
    lng: 'en',
    resources: { en: { translation: { results } } },
    interpolation: { escapeValue: false },
  });
});

const questions = [
  makeQuestion('q1', { kind: 'single', options: 4 }, { section: 's1', tags: ['cells'] }),
  makeQuestion('q2', { kind: 'multiple', options: 4 }, { points: 2 }),
  makeQuestion('q3', { kind: 'numeric', digits: 2, decimals: 0, sign: true }),
  makeQuestion('q4', { kind: 'free', lines: 2 }, { points: 3 }),
];
const exam: Exam = makeExam({
  questions,
  versions: [plainVersion({ questions })],
  sections: [{ id: 's1', name: 'Part I' }],
  keys: {
    A: {
      q1: { accepted: [{ answer: 'B' }] },
      q2: { accepted: [{ answer: 'AC' }] },
      q3: { accepted: [{ answer: '-12' }] },
    },
  },
  grading: { decimals: 1, scale: 'percent', bands: [], passFrom: 60 },
});

/** One student with everything right, one with a doubtful mark and nothing given by hand, one absent. */
function makeResults(of = exam) {
  const record = makeExamRecord(of);
  const marks = { q1: 'B', q2: 'AC', 'q3.sign': '-', 'q3.1': '1', 'q3.2': '2' };
  const sheets = [
    makeSheetRecord(1, { number: '001', marks }, { pointsByHand: { q4: { points: 2.5, at: 1 } } }),
    makeSheetRecord(2, { number: '002', marks: { ...marks, q1: 'A?', q2: '', 'q3.sign': '' } }),
  ];
  const assembled = assemblePapers(record, makeRoster('001', '002', '003'), sheets);
  const scores = scorePapers(of, assembled.papers);
  const rows = arrangeRows(listResultRows(assembled, scores), { by: 'name', isDescending: false, query: '' }, 'en');
  return { rows, analysis: analyseExam(of, assembled.papers, scores) };
}

describe('tabulateMarks', () => {
  it('has a row for each student, in numbers, and says who was absent', () => {
    const { columns, rows } = tabulateMarks(exam, makeResults().rows, i18n.t);
    expect(columns.map(({ title }) => title)).toEqual([
      'Name',
      'Number',
      'Section',
      'Points',
      'Most',
      'Per cent',
      'Grade',
      'Result',
      'Open',
      'Part I, points',
    ]);
    expect(rows).toEqual([
      ['Last 1, First', '001', '', 6.5, 7, 92.9, 92.9, 'Passed', 0, 1],
      ['Last 2, First', '002', '', 0, 7, 0, 0, 'Not passed', 2, 0],
      ['Last 3, First', '003', '', undefined, undefined, undefined, undefined, 'Absent', undefined, undefined],
    ]);
  });

  it('has as many cells in every row as titles, with versions and without', () => {
    const versions = [plainVersion({ questions }), plainVersion({ questions }, 'B')];
    for (const of of [exam, { ...exam, versions }]) {
      const { columns, rows } = tabulateMarks(of, makeResults(of).rows, i18n.t);
      for (const row of rows) expect(row).toHaveLength(columns.length);
    }
  });

  it('gives bands as words', () => {
    const bands = [
      { name: 'A', fromPercent: 80 },
      { name: 'F', fromPercent: 0 },
    ];
    const of: Exam = { ...exam, grading: { ...exam.grading, scale: 'bands', bands } };
    expect(tabulateMarks(of, makeResults(of).rows, i18n.t).rows.map((row) => row[6])).toEqual(['A', 'F', undefined]);
  });
});

describe('tabulateAnswers', () => {
  it('has each answer as it was marked, and shows which nobody has decided', () => {
    const table = tabulateAnswers(exam, makeResults().rows, i18n.t);
    expect(table.columns.map(({ title }) => title)).toEqual(['Name', 'Number', 'q1', 'q2', 'q3', 'q4']);
    expect(table.rows[0]).toEqual(['Last 1, First', '001', 'B', 'AC', -12, 2.5]);
    expect(table.rows[1]?.slice(0, 5)).toEqual(['Last 2, First', '002', 'A?', '', 12]);
    expect(table.rows).toHaveLength(2);
  });

  it('keeps negative numbers as numbers in CSV', () => {
    const table = tabulateAnswers(exam, makeResults().rows, i18n.t);
    expect(writeCsv(table, { separator: ',', decimal: '.' })).toContain('"Last 1, First",001,B,AC,-12,2.5\r\n');
  });
});

describe('tabulateQuestions and tabulateStatistics', () => {
  it('has a row for each question, its right answer and what was chosen', () => {
    const { analysis } = makeResults();
    const { columns, rows } = tabulateQuestions(exam, analysis, i18n.t);
    for (const row of rows) expect(row).toHaveLength(columns.length);
    expect(rows[0]).toMatchObject({
      0: 'q1',
      1: 'Part I',
      2: 'cells',
      3: 1,
      4: 'Counts',
      5: 'B',
      6: 1,
      7: 1,
      11: 'B: 1',
    });
  });

  it('names the exam’s numbers and leaves out what there are too few papers for', () => {
    const { analysis } = makeResults();
    const statistics = listStatistics(exam, analysis, i18n.t, resultFormatsOf('en'));
    const { rows } = tabulateStatistics(statistics, analysis, i18n.t);
    expect(rows).toContainEqual(['Papers', 1]);
    expect(rows).toContainEqual(['Mean', 92.9]);
    expect(rows).toContainEqual(['Standard deviation', undefined]);
    expect(rows).toContainEqual(['By section: Part I (Mean, %)', 100]);
  });
});
