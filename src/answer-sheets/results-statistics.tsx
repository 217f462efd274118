import { useTranslation } from 'react-i18next';

import type { Exam } from '#contract/exams.ts';
import type { ExamAnalysis } from './analysis/analyse-exam.ts';
import { ChartFrame } from './charts/chart-frame.tsx';
import { Histogram } from './charts/histogram.tsx';
import { gradePercent } from './grade-papers.ts';
import { useResultFormats } from './results-formats.ts';
import styles from './results-statistics.module.css';
import { useStatistics } from './results-statistics-list.ts';

interface ResultsStatisticsProps {
  readonly exam: Exam;
  readonly analysis: ExamAnalysis;
}

/** How the class did, as a chart and in numbers. */
export function ResultsStatistics({ exam, analysis }: ResultsStatisticsProps) {
  const { t } = useTranslation();
  const statistics = useStatistics(exam, analysis);
  return (
    <div className={styles.statistics}>
      <ScoreChart exam={exam} analysis={analysis} />
      <dl className={styles.numbers}>
        {statistics.map(({ key, name, text }) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd>{text ?? <span className={styles.unavailable}>{t('results.analysis.unavailable')}</span>}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.help}>{t('results.analysis.reliabilityHelp')}</p>
      {analysis.openPapers.length > 0 && (
        <p className={styles.help}>{t('results.analysis.openLeftOut', { count: analysis.openPapers.length })}</p>
      )}
    </div>
  );
}

export function ScoreChart({ exam, analysis: { histogram, percent } }: ResultsStatisticsProps) {
  const { t } = useTranslation();
  const formats = useResultFormats();
  // A bin holds its lower edge and not its upper one.
  const isBelow = ({ to }: { readonly to: number }) => !gradePercent(to - 0.001, exam.grading).passed;
  const filled = histogram.filter(({ count }) => count > 0);
  return (
    <ChartFrame
      title={t('results.analysis.histogram')}
      note={t('results.analysis.meanNote')}
      table={{
        columns: [t('results.analysis.scoreRange'), t('results.analysis.count')],
        rows: histogram.map(({ from, to, count }) => ({
          key: String(from),
          cells: [t('results.analysis.binShort', { from, to }), formats.points(count)],
        })),
      }}
    >
      <Histogram
        bins={histogram}
        mean={percent.mean}
        isBelow={isBelow}
        formatEdge={(edge) => (edge === 100 ? formats.percent(edge) : formats.points(edge))}
        label={t('results.analysis.histogramLabel', {
          count: percent.count,
          mean: formats.points(Math.round((percent.mean ?? 0) * 10) / 10),
          bins: filled.map((bin) => t('results.analysis.bin', { ...bin })).join('; '),
        })}
      />
    </ChartFrame>
  );
}
