import { describe, expect, it } from 'vitest';
import type { Student } from '#contract/exams.ts';
import type { Paper, PaperScore, Verdict } from './papers.ts';
import { arrangeRows, listResultRows, type Arrangement } from './results-rows.ts';

function student(id: string, lastName: string, firstName: string, number: string, section = 'Rizal'): Student {
  return { id, lastName, firstName, number, section };
}

function paper(key: string, whose: Student | undefined, numberRead = ''): Paper {
  return { key, student: whose, numberRead, version: 'A', sheetIds: [key], missingPages: [], answers: [] };
}

function score(key: string, percent: number, verdicts: readonly Verdict[] = []): PaperScore {
  const questions = verdicts.map((verdict, index) => ({ questionId: `q${index}`, verdict, points: 0, most: 1 }));
  return {
    key,
    questions,
    sections: [],
    points: percent / 5,
    most: 20,
    percent,
    grade: String(percent),
    passed: percent >= 75,
    isFinal: !verdicts.includes('open'),
  };
}

const ana = student('a', 'Peña', 'Ana', '0012');
const ben = student('b', 'Abad', 'Ben', '0009', 'Bonifacio');
const cai = student('c', 'Zulueta', 'Cai', '0100');
const rows = listResultRows(
  { papers: [paper('a', ana), paper('sheet:x', undefined, '00?7'), paper('b', ben)], absent: [cai] },
  [score('a', 60, ['right', 'open', 'open']), score('sheet:x', 40), score('b', 90)],
);
const arrange = (changes: Partial<Arrangement> = {}) =>
  arrangeRows(rows, { by: 'name', isDescending: false, query: '', ...changes }, 'en').map(({ key }) => key);

describe('listResultRows', () => {
  it('has a row for each paper and each absent student, with what is open', () => {
    expect(rows.map(({ name, number, open }) => ({ name, number, open }))).toEqual([
      { name: 'Peña, Ana', number: '0012', open: 2 },
      { name: '', number: '00?7', open: 0 },
      { name: 'Abad, Ben', number: '0009', open: 0 },
      { name: 'Zulueta, Cai', number: '0100', open: 0 },
    ]);
  });
});

describe('arrangeRows', () => {
  it('orders by name, papers of nobody behind, the absent last', () => {
    expect(arrange()).toEqual(['b', 'a', 'sheet:x', 'c']);
  });

  it('keeps the absent last in every order', () => {
    expect(arrange({ by: 'points', isDescending: true })).toEqual(['b', 'a', 'sheet:x', 'c']);
    expect(arrange({ by: 'points' })).toEqual(['sheet:x', 'a', 'b', 'c']);
    expect(arrange({ by: 'open', isDescending: true })[0]).toBe('a');
  });

  it('finds by every word, without accents and case, in name, number and section', () => {
    expect(arrange({ query: 'PENA rizal' })).toEqual(['a']);
    expect(arrange({ query: '0100' })).toEqual(['c']);
    expect(arrange({ query: 'bonifacio 0012' })).toEqual([]);
  });
});
