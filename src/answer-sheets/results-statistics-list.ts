import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Exam } from '#contract/exams.ts';
import type { ExamAnalysis } from './analysis/analyse-exam.ts';
import { type ResultFormats, useResultFormats } from './results-formats.ts';

export interface Statistic {
  readonly key: string;
  readonly name: string;
  /** For spreadsheets; undefined where there are too few papers for it. */
  readonly value: number | undefined;
  readonly text: string | undefined;
}

/** The numbers of an exam as screen, report and spreadsheet name them. */
export function listStatistics(
  { grading }: Exam,
  { percent, points, passed, reliability }: ExamAnalysis,
  t: TFunction,
  formats: ResultFormats,
): readonly Statistic[] {
  const inPercent = (value: number) => formats.percent(Math.round(value * 10) / 10);
  return [
    list('count', t('results.analysis.students'), percent.count, formats.points),
    list('mean', t('results.analysis.mean'), percent.mean, inPercent),
    list('median', t('results.analysis.median'), percent.median, inPercent),
    list('deviation', t('results.analysis.deviation'), percent.deviation, inPercent),
    list('lowest', t('results.analysis.lowest'), percent.lowest, inPercent),
    list('highest', t('results.analysis.highest'), percent.highest, inPercent),
    list('meanPoints', t('results.analysis.meanPoints'), points.mean, (value) =>
      formats.points(Number(value.toFixed(Math.max(1, grading.decimals)))),
    ),
    list(
      'passed',
      t('results.analysis.passedShare'),
      percent.count === 0 ? undefined : (passed / percent.count) * 100,
      (value) => `${formats.points(passed)} · ${formats.share(value / 100)}`,
    ),
    ...(reliability.kr20 === undefined && reliability.alpha !== undefined
      ? []
      : [list('kr20', t('results.analysis.kr20'), reliability.kr20, formats.coefficient)]),
    list('alpha', t('results.analysis.alpha'), reliability.alpha, formats.coefficient),
    list('error', t('results.analysis.sem'), reliability.error, formats.coefficient),
  ];
}

function list(key: string, name: string, value: number | undefined, write: (value: number) => string): Statistic {
  return { key, name, value, text: value === undefined ? undefined : write(value) };
}

export function useStatistics(exam: Exam, analysis: ExamAnalysis): readonly Statistic[] {
  const { t } = useTranslation();
  const formats = useResultFormats();
  return useMemo(() => listStatistics(exam, analysis, t, formats), [exam, analysis, t, formats]);
}
