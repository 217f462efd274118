import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';

import type { ExamRecord } from '#src/store/records.ts';
import { classNames } from '#src/ui/controls/class-names.ts';
import type { ExamAnalysis } from './analysis/analyse-exam.ts';
import { useExamDate, useExamTitle } from './exam-title.ts';
import { nameRightAnswer } from './export/name-answers.ts';
import { flagQuestion } from './results-flags.ts';
import { useResultFormats } from './results-formats.ts';
import { PartChart, writeNumber } from './results-questions.tsx';
import styles from './results-report.module.css';
import type { ResultRow } from './results-rows.ts';
import { useStatistics } from './results-statistics-list.ts';
import { ScoreChart } from './results-statistics.tsx';
import { useFlagWords } from './results-words.ts';

interface PrintedReportProps {
  readonly record: ExamRecord;
  readonly analysis: ExamAnalysis;
  readonly rows: readonly ResultRow[];
  readonly paper: 'a4' | 'letter';
}

/**
 * Opens the system's own print dialog on the report, which prints it or saves it as a PDF: with its charts as vectors, names in any
 * script, and without a connection. Stays until it is unmounted: phones go on before they have looked at the page.
 */
export function PrintedReport(report: PrintedReportProps) {
  const title = useExamTitle()(report.record);
  useEffect(() => {
    const before = document.title;
    // What the file is called.
    document.title = title;
    // Not before the report is laid out.
    const timer = setTimeout(() => window.print());
    return () => {
      clearTimeout(timer);
      document.title = before;
    };
  }, [title]);
  return createPortal(<Report {...report} />, document.body);
}

function Report({ record, analysis, rows, paper }: PrintedReportProps) {
  const { t } = useTranslation();
  const { exam } = record;
  const title = useExamTitle()(record);
  const date = useExamDate()(exam.date);
  const statistics = useStatistics(exam, analysis);
  return (
    <article
      className={classNames(styles.report, paper === 'letter' ? styles.letter : styles.a4)}
      lang={document.documentElement.lang}
    >
      <header className={styles.header}>
        <h1>{title}</h1>
        <p>{[exam.subject, exam.className, date].filter((fact) => fact !== '').join(' · ')}</p>
        {rows.some(({ open }) => open > 0) && <p className={styles.notFinal}>{t('results.export.notFinal')}</p>}
      </header>
      <section className={styles.overview}>
        <ScoreChart exam={exam} analysis={analysis} />
        <dl className={styles.numbers}>
          {statistics.map(({ key, name, text }) => (
            <div key={key}>
              <dt>{name}</dt>
              <dd>{text ?? '–'}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className={styles.parts}>
        <PartChart title={t('results.analysis.bySection')} parts={analysis.sections} />
        <PartChart title={t('results.analysis.byTag')} parts={analysis.tags} />
      </section>
      <MarksTable rows={rows} />
      <QuestionsTable exam={exam} analysis={analysis} />
    </article>
  );
}

function MarksTable({ rows }: { readonly rows: readonly ResultRow[] }) {
  const { t } = useTranslation();
  const formats = useResultFormats();
  return (
    <section>
      <h2>{t('results.views.marks')}</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('results.table.name')}</th>
            <th scope="col">{t('results.table.number')}</th>
            <th scope="col">{t('results.table.section')}</th>
            <th scope="col" className={styles.number}>
              {t('results.table.points')}
            </th>
            <th scope="col" className={styles.number}>
              {t('results.table.percent')}
            </th>
            <th scope="col" className={styles.number}>
              {t('results.table.grade')}
            </th>
            <th scope="col">{t('results.table.passed')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, number, section, score, open }) => (
            <tr key={key}>
              <th scope="row">{name === '' ? t('results.unknown') : name}</th>
              <td>{number}</td>
              <td>{section}</td>
              <td className={styles.number}>
                {score === undefined ? '' : `${formats.points(score.points)} / ${formats.points(score.most)}`}
              </td>
              <td className={styles.number}>{score === undefined ? '' : formats.percent(score.percent)}</td>
              <td className={styles.number}>{score?.grade}</td>
              <td>
                {score === undefined
                  ? t('results.absent')
                  : [
                      t(score.passed ? 'results.passed' : 'results.notPassed'),
                      open > 0 && t('results.openShort', { count: open }),
                    ]
                      .filter((word) => word !== false)
                      .join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function QuestionsTable({ exam, analysis }: { readonly exam: ExamRecord['exam']; readonly analysis: ExamAnalysis }) {
  const { t } = useTranslation();
  const formats = useResultFormats();
  const flagWords = useFlagWords();
  const version = analysis.versions[0]?.version ?? 'A';
  const questions = new Map(exam.questions.map((question) => [question.id, question]));
  if (analysis.questions.length === 0) return null;
  return (
    <section>
      <h2>{t('results.views.questions')}</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('results.analysis.question')}</th>
            <th scope="col">{t('results.analysis.key')}</th>
            <th scope="col" className={styles.number}>
              {t('results.analysis.difficulty')}
            </th>
            <th scope="col" className={styles.number}>
              {t('results.analysis.discrimination')}
            </th>
            <th scope="col" className={styles.number}>
              {t('results.analysis.pointBiserial')}
            </th>
            <th scope="col">{t('results.analysis.flags')}</th>
          </tr>
        </thead>
        <tbody>
          {analysis.questions.map((its) => {
            const question = questions.get(its.questionId);
            if (question === undefined) return null;
            return (
              <tr key={question.id}>
                <th scope="row">{question.label}</th>
                <td>{nameRightAnswer(exam, version, question)}</td>
                <td className={styles.number}>{writeNumber(its.difficulty, formats.share)}</td>
                <td className={styles.number}>{writeNumber(its.upperLower, formats.coefficient)}</td>
                <td className={styles.number}>{writeNumber(its.pointBiserial, formats.coefficient)}</td>
                <td>
                  {flagQuestion(its)
                    .map((flag) => flagWords(flag))
                    .join('; ')}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={styles.explain}>{t('results.analysis.explain')}</p>
    </section>
  );
}
