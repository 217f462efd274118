import { TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Exam, VersionLetter } from '#contract/exams.ts';
import { classNames } from '#src/ui/controls/class-names.ts';
import type { ExamAnalysis } from './analysis/analyse-exam.ts';
import type { QuestionAnalysis } from './analysis/analyse-questions.ts';
import { BarList } from './charts/bar-list.tsx';
import { ChartFrame } from './charts/chart-frame.tsx';
import type { ChangeExam } from './exam-change.ts';
import { nameRightAnswer } from './export/name-answers.ts';
import { type QuestionFlag, flagQuestion, leastPapers } from './results-flags.ts';
import { useResultFormats } from './results-formats.ts';
import { QuestionDetail } from './results-question-detail.tsx';
import styles from './results-questions.module.css';
import { SortHeader } from './results-sort-header.tsx';
import { useFlagWords } from './results-words.ts';
import tableStyles from './results-table.module.css';

interface ResultsQuestionsProps {
  readonly exam: Exam;
  readonly analysis: ExamAnalysis;
  /** Whose key and options are shown. */
  readonly version: VersionLetter;
  readonly onChange: ChangeExam;
}

type Order = 'place' | 'difficulty' | 'upperLower' | 'pointBiserial';

/** How each question did, and what its parts and topics come to. */
export function ResultsQuestions({ exam, analysis, version, onChange }: ResultsQuestionsProps) {
  const { t } = useTranslation();
  const formats = useResultFormats();
  const [openId, setOpenId] = useState<string>();
  const [order, setOrder] = useState<{ readonly by: Order; readonly isDescending: boolean }>({
    by: 'place',
    isDescending: false,
  });
  const byId = useMemo(() => new Map(analysis.questions.map((each) => [each.questionId, each])), [analysis]);
  const questions = useMemo(() => {
    const { by, isDescending } = order;
    if (by === 'place') return isDescending ? exam.questions.toReversed() : exam.questions;
    // What has no number comes last in both directions.
    const numberOf = (id: string) => byId.get(id)?.[by] ?? (isDescending ? -Infinity : Infinity);
    const sign = isDescending ? -1 : 1;
    return exam.questions.toSorted((a, b) => sign * compare(numberOf(a.id), numberOf(b.id)));
  }, [exam.questions, byId, order]);
  const open = questions.findIndex(({ id }) => id === openId);
  const opened = questions[open];
  const openNeighbour = (step: number) => {
    const id = open === -1 ? undefined : questions[open + step]?.id;
    return id === undefined ? undefined : () => setOpenId(id);
  };
  const arrange = (by: Order) => setOrder({ by, isDescending: by === order.by && !order.isDescending });

  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <table className={tableStyles.table}>
          <caption className={tableStyles.unseen}>{t('results.analysis.questions')}</caption>
          <thead>
            <tr>
              <SortHeader order={order} by="place" onArrange={arrange}>
                {t('results.analysis.question')}
              </SortHeader>
              <th scope="col" className={classNames(tableStyles.wide, styles.plainHead)}>
                {t('results.analysis.key')}
              </th>
              <SortHeader order={order} by="difficulty" onArrange={arrange}>
                {t('results.analysis.difficulty')}
              </SortHeader>
              <SortHeader order={order} by="upperLower" onArrange={arrange} isWide isNumber>
                {t('results.analysis.discrimination')}
              </SortHeader>
              <SortHeader order={order} by="pointBiserial" onArrange={arrange} isWide isNumber>
                {t('results.analysis.pointBiserial')}
              </SortHeader>
              <th scope="col" className={classNames(tableStyles.wide, styles.plainHead)}>
                {t('results.analysis.flags')}
              </th>
            </tr>
          </thead>
          <tbody>
            {questions.map((question) => {
              const its = byId.get(question.id);
              const flags = its === undefined ? [] : flagQuestion(its);
              return (
                <tr key={question.id} className={tableStyles.row} onClick={() => setOpenId(question.id)}>
                  <th scope="row">
                    <button type="button" className={tableStyles.name}>
                      {question.label}
                    </button>
                    {question.standing !== 'counts' && (
                      <span className={styles.standing}>{t(`results.verdicts.${question.standing}`)}</span>
                    )}
                  </th>
                  <td className={tableStyles.wide}>{nameRightAnswer(exam, version, question)}</td>
                  <td>
                    <Difficulty difficulty={its?.difficulty} text={writeNumber(its?.difficulty, formats.share)} />
                    <span className={styles.narrowFlags}>
                      <Flags flags={flags} />
                    </span>
                  </td>
                  <td className={classNames(tableStyles.wide, tableStyles.number)}>
                    {writeNumber(its?.upperLower, formats.coefficient)}
                  </td>
                  <td className={classNames(tableStyles.wide, tableStyles.number)}>
                    {writeNumber(its?.pointBiserial, formats.coefficient)}
                  </td>
                  <td className={tableStyles.wide}>
                    <Flags flags={flags} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <p className={styles.help}>{t('results.analysis.explain')}</p>
      </div>
      <aside className={styles.aside}>
        {analysis.percent.count < leastPapers && (
          <p className={styles.help}>{t('results.analysis.fewPapers', { count: leastPapers })}</p>
        )}
        <PartChart title={t('results.analysis.bySection')} parts={analysis.sections} />
        <PartChart title={t('results.analysis.byTag')} parts={analysis.tags} />
      </aside>
      {opened !== undefined && (
        <QuestionDetail
          exam={exam}
          version={version}
          question={opened}
          analysis={byId.get(opened.id)}
          onChange={onChange}
          onPrevious={openNeighbour(-1)}
          onNext={openNeighbour(1)}
          onClose={() => setOpenId(undefined)}
        />
      )}
    </div>
  );
}

/** A dash where there are too few papers for it. */
export function writeNumber(value: number | undefined, write: (value: number) => string): string {
  return value === undefined ? '–' : write(value);
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function Difficulty({
  difficulty,
  text,
}: {
  readonly difficulty: QuestionAnalysis['difficulty'];
  readonly text: string;
}) {
  return (
    <span className={styles.difficulty}>
      <span className={styles.difficultyTrack} aria-hidden>
        <span className={styles.difficultyFill} style={{ width: `${(difficulty ?? 0) * 100}%` }} />
      </span>
      <span className={styles.difficultyText}>{text}</span>
    </span>
  );
}

function Flags({ flags }: { readonly flags: readonly QuestionFlag[] }) {
  const flagWords = useFlagWords();
  return flags.map((flag) => (
    <span key={flag.kind} className={classNames(styles.flag, flag.kind === 'unused' && styles.remark)}>
      {flag.kind !== 'unused' && <TriangleAlert size={14} aria-hidden />}
      {flagWords(flag)}
    </span>
  ));
}

export function PartChart({ title, parts }: { readonly title: string; readonly parts: ExamAnalysis['sections'] }) {
  const { t } = useTranslation();
  const formats = useResultFormats();
  if (parts.length === 0) return null;
  return (
    <div className={styles.part}>
      <ChartFrame
        title={title}
        table={{
          columns: [
            t('results.analysis.part'),
            t('results.analysis.mean'),
            t('results.analysis.deviation'),
            t('results.analysis.alpha'),
          ],
          rows: parts.map(({ id, name, percent, alpha }) => ({
            key: id,
            cells: [
              name,
              formats.share((percent.mean ?? 0) / 100),
              percent.deviation === undefined ? '–' : formats.share(percent.deviation / 100),
              alpha === undefined ? '–' : formats.coefficient(alpha),
            ],
          })),
        }}
      >
        <BarList
          bars={parts.map(({ id, name, percent: { mean = 0 } }) => ({
            key: id,
            name,
            share: mean / 100,
            value: formats.share(mean / 100),
          }))}
        />
      </ChartFrame>
    </div>
  );
}
