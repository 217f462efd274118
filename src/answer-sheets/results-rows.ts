/** The rows of the results: a paper each, and the students of whom there is none. */
import type { Student } from '#contract/exams.ts';
import type { AssembledExam, Paper, PaperScore } from './papers.ts';

export interface ResultRow {
  readonly key: string;
  /** Last name first; empty where nobody knows whose paper it is. */
  readonly name: string;
  /** Of the student, or as it was read. */
  readonly number: string;
  readonly section: string;
  /** Absent where the student has no sheet. */
  readonly paper: Paper | undefined;
  readonly score: PaperScore | undefined;
  /** Questions of which nobody has decided yet. */
  readonly open: number;
}

export function nameStudent({ lastName, firstName }: Pick<Student, 'lastName' | 'firstName'>): string {
  return [lastName, firstName].filter((part) => part !== '').join(', ');
}

export function listResultRows(
  { papers, absent }: Pick<AssembledExam, 'papers' | 'absent'>,
  scores: readonly PaperScore[],
): readonly ResultRow[] {
  const byKey = new Map(scores.map((score) => [score.key, score]));
  const present = papers.map((paper): ResultRow => {
    const score = byKey.get(paper.key);
    return {
      key: paper.key,
      name: paper.student === undefined ? '' : nameStudent(paper.student),
      number: paper.student?.number ?? paper.numberRead,
      section: paper.student?.section ?? '',
      paper,
      score,
      open: score?.questions.filter(({ verdict, most }) => verdict === 'open' && most > 0).length ?? 0,
    };
  });
  const missing = absent.map((student): ResultRow => ({
    key: student.id,
    name: nameStudent(student),
    number: student.number,
    section: student.section,
    paper: undefined,
    score: undefined,
    open: 0,
  }));
  return [...present, ...missing];
}

export const resultOrders = ['name', 'number', 'section', 'points', 'percent', 'grade', 'passed', 'open'] as const;
export type ResultOrder = (typeof resultOrders)[number];

export interface Arrangement {
  readonly by: ResultOrder;
  readonly isDescending: boolean;
  /** Every word of it is in the name, the number or the section. */
  readonly query: string;
}

/** Rows to show. Who was absent comes last in whatever order; what is alike stays in the order of names. */
export function arrangeRows(
  rows: readonly ResultRow[],
  { by, isDescending, query }: Arrangement,
  language: string,
): readonly ResultRow[] {
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const words = foldText(query).split(/\s+/).filter(Boolean);
  const found = rows.filter((row) => {
    const text = foldText(`${row.name} ${row.number} ${row.section}`);
    return words.every((word) => text.includes(word));
  });
  const sign = isDescending ? -1 : 1;
  return found.toSorted((a, b) => {
    const absence = Number(a.paper === undefined) - Number(b.paper === undefined);
    if (absence !== 0) return absence;
    return sign * comparisons[by](a, b, collator) || compareNames(a, b, collator);
  });
}

type Compare = (a: ResultRow, b: ResultRow, collator: Intl.Collator) => number;

// Bands have names, and the better one is the one for more per cent.
const comparePercent: Compare = (a, b) => (a.score?.percent ?? 0) - (b.score?.percent ?? 0);

const comparisons: Readonly<Record<ResultOrder, Compare>> = {
  name: compareNames,
  number: (a, b, collator) => collator.compare(a.number, b.number),
  section: (a, b, collator) => collator.compare(a.section, b.section),
  points: (a, b) => (a.score?.points ?? 0) - (b.score?.points ?? 0),
  percent: comparePercent,
  grade: comparePercent,
  passed: (a, b) => Number(a.score?.passed ?? false) - Number(b.score?.passed ?? false),
  open: (a, b) => a.open - b.open,
};

/** Papers that nobody knows the student of come behind those with a name. */
function compareNames(a: ResultRow, b: ResultRow, collator: Intl.Collator): number {
  return (
    Number(a.name === '') - Number(b.name === '') ||
    collator.compare(a.name, b.name) ||
    collator.compare(a.number, b.number)
  );
}

/** Without case and accents: "pena" finds Peña. */
function foldText(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
