/** Results as tables, for spreadsheets and gradebooks. Every number is a number; titles are in the reader's language. */
import type { TFunction } from 'i18next';
import type { Exam, Question } from '#contract/exams.ts';
import type { ExamAnalysis } from '../analysis/analyse-exam.ts';
import type { PaperAnswer } from '../papers.ts';
import { flagQuestion } from '../results-flags.ts';
import type { ResultRow } from '../results-rows.ts';
import type { Statistic } from '../results-statistics-list.ts';
import { nameRightAnswer } from './name-answers.ts';
import type { ExportTable, TableCell } from '#src/ui/export-table.ts';

/** A row each student, absent ones, too. */
export function tabulateMarks(exam: Exam, rows: readonly ResultRow[], t: TFunction): ExportTable {
  const hasVersions = exam.versions.length > 1;
  const hasBands = exam.grading.scale === 'bands';
  return {
    name: t('results.export.sheets.marks'),
    columns: [
      { title: t('results.table.name'), width: 28 },
      { title: t('results.table.number'), width: 14 },
      { title: t('results.table.section'), width: 14 },
      ...(hasVersions ? [{ title: t('results.export.version'), width: 8 }] : []),
      { title: t('results.table.points'), width: 9 },
      { title: t('results.export.most'), width: 9 },
      { title: t('results.table.percent'), width: 9 },
      { title: t('results.table.grade'), width: 9 },
      { title: t('results.table.passed'), width: 14 },
      { title: t('results.table.open'), width: 8 },
      ...exam.sections.map(({ name }) => ({ title: t('results.export.sectionPoints', { name }), width: 12 })),
    ],
    rows: rows.map(({ name, number, section, paper, score, open }): readonly TableCell[] => {
      const whose = [name, number, section];
      if (paper === undefined || score === undefined) {
        const empty = Array.from({ length: hasVersions ? 5 : 4 }, () => undefined);
        return [...whose, ...empty, t('results.table.absent'), undefined, ...exam.sections.map(() => undefined)];
      }
      return [
        ...whose,
        ...(hasVersions ? [paper.version] : []),
        score.points,
        score.most,
        score.percent,
        hasBands ? score.grade : Number(score.grade),
        t(score.passed ? 'results.passed' : 'results.notPassed'),
        open,
        ...exam.sections.map(({ id }) => score.sections.find((each) => each.id === id)?.points),
      ];
    }),
  };
}

/**
 * A row each student, a column each question. Where Papel shuffled, answers are said in the options of version A, so that a
 * column can be counted. An answer that nobody has decided yet ends in a question mark; one of a missing page is nothing but it.
 */
export function tabulateAnswers(exam: Exam, rows: readonly ResultRow[], t: TFunction): ExportTable {
  const hasVersions = exam.versions.length > 1;
  return {
    name: t('results.export.sheets.answers'),
    columns: [
      { title: t('results.table.name'), width: 28 },
      { title: t('results.table.number'), width: 14 },
      ...(hasVersions ? [{ title: t('results.export.version'), width: 8 }] : []),
      ...exam.questions.map(({ label }) => ({ title: label, width: 7 })),
    ],
    rows: rows.flatMap(({ name, number, paper }): readonly TableCell[][] => {
      if (paper === undefined) return [];
      const answers = new Map(paper.answers.map((answer) => [answer.questionId, answer]));
      return [
        [
          name,
          number,
          ...(hasVersions ? [paper.version] : []),
          ...exam.questions.map((question) => writeAnswer(question, answers.get(question.id))),
        ],
      ];
    }),
  };
}

function writeAnswer({ form }: Question, answer: PaperAnswer | undefined): TableCell {
  if (answer === undefined) return undefined;
  if (answer.state === 'missing') return '?';
  if (answer.state === 'doubtful') return `${answer.answer}?`;
  const isNumber = form.kind === 'numeric' || form.kind === 'free' || form.kind === 'rubric';
  const number = Number(answer.answer);
  return isNumber && answer.answer !== '' && Number.isFinite(number) ? number : answer.answer;
}

/** A row each question, and how it did. */
export function tabulateQuestions(
  exam: Exam,
  { questions, versions, needsVersion }: ExamAnalysis,
  t: TFunction,
): ExportTable {
  const byId = new Map(questions.map((each) => [each.questionId, each]));
  const sections = new Map(exam.sections.map(({ id, name }) => [id, name]));
  const version = versions[0]?.version ?? 'A';
  return {
    name: t('results.export.sheets.questions'),
    columns: [
      { title: t('results.analysis.question'), width: 10 },
      { title: t('results.table.section'), width: 18 },
      { title: t('results.export.tags'), width: 18 },
      { title: t('results.table.points'), width: 8 },
      { title: t('results.analysis.standing'), width: 14 },
      { title: t('results.analysis.key'), width: 12 },
      { title: t('results.analysis.count'), width: 10 },
      { title: t('results.analysis.difficulty'), width: 12 },
      { title: t('results.analysis.discrimination'), width: 14 },
      { title: t('results.analysis.pointBiserial'), width: 14 },
      { title: t('results.analysis.itemRest'), width: 14 },
      { title: t('results.analysis.distractors'), width: 36 },
      { title: t('results.analysis.flags'), width: 44 },
    ],
    rows: exam.questions.map((question): readonly TableCell[] => {
      const its = byId.get(question.id);
      const flags = its === undefined ? [] : flagQuestion(its);
      return [
        question.label,
        sections.get(question.section),
        question.tags.join(', '),
        question.points,
        t(`results.analysis.standings.${question.standing}`),
        needsVersion ? undefined : nameRightAnswer(exam, version, question),
        its?.count,
        roundCell(its?.difficulty),
        roundCell(its?.upperLower),
        roundCell(its?.pointBiserial),
        roundCell(its?.itemRest),
        its?.choices
          .filter(({ count }) => count > 0)
          .map(({ kind, answer, count }) => {
            const name = kind === 'blank' || kind === 'several' ? t(`results.analysis.choices.${kind}`) : answer;
            return `${name}: ${count}`;
          })
          .join(', '),
        flags
          .map((flag) =>
            flag.kind === 'unused'
              ? t('results.flags.unused', { options: flag.options.join(', ') })
              : t(`results.flags.${flag.kind}`),
          )
          .join('; '),
      ];
    }),
  };
}

/** The exam's numbers, and those of its sections and topics. */
export function tabulateStatistics(
  statistics: readonly Statistic[],
  { sections, tags }: ExamAnalysis,
  t: TFunction,
): ExportTable {
  const parts = [
    ...sections.map((part) => ({ part, group: t('results.analysis.bySection') })),
    ...tags.map((part) => ({ part, group: t('results.analysis.byTag') })),
  ];
  return {
    name: t('results.export.sheets.statistics'),
    columns: [
      { title: t('results.export.statistic'), width: 36 },
      { title: t('results.export.value'), width: 12 },
    ],
    rows: [
      ...statistics.map(({ name, value }): readonly TableCell[] => [name, roundCell(value)]),
      ...parts.map(({ part, group }): readonly TableCell[] => [
        `${group}: ${part.name} (${t('results.analysis.mean')}, %)`,
        roundCell(part.percent.mean),
      ]),
    ],
  };
}

/** Four decimals: more is noise of a class's size. */
function roundCell(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value.toFixed(4));
}
