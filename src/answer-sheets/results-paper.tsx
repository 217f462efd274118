import {
  Ban,
  Check,
  ChevronLeft,
  ChevronRight,
  CircleDashed,
  CircleHelp,
  CircleSlash2,
  FileCheck2,
  Gift,
  ScanLine,
  X,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Exam } from '#contract/exams.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { classNames } from '#src/ui/controls/class-names.ts';
import { Sheet } from '#src/ui/controls/dialog.tsx';
import { nameRightAnswer } from './export/name-answers.ts';
import type { Verdict } from './papers.ts';
import { useResultFormats } from './results-formats.ts';
import styles from './results-paper.module.css';
import type { ResultRow } from './results-rows.ts';
import { Passed } from './results-table.tsx';

interface ResultsPaperProps {
  readonly examId: string;
  readonly exam: Exam;
  readonly row: ResultRow;
  /** Of the rows as they are shown; undefined at the ends. */
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  /** Asks for the marked sheet as a PDF. */
  readonly onAnnotate: () => void;
  readonly onClose: () => void;
}

const verdictIcons = {
  right: Check,
  partial: CircleDashed,
  wrong: X,
  blank: CircleSlash2,
  open: CircleHelp,
  bonus: Gift,
  cancelled: Ban,
} satisfies Record<Verdict, unknown>;

/** A student's paper, question by question. */
export function ResultsPaper({ examId, exam, row, onPrevious, onNext, onAnnotate, onClose }: ResultsPaperProps) {
  const { t } = useTranslation();
  const formats = useResultFormats();
  const { paper, score } = row;
  if (paper === undefined || score === undefined) return null;
  const sections = exam.sections.flatMap(({ id, name }) => {
    const got = score.sections.find((section) => section.id === id);
    return got === undefined ? [] : [{ ...got, name }];
  });
  return (
    <Sheet
      title={row.name === '' ? t('results.unknown') : row.name}
      isOpen
      onOpenChange={onClose}
      actions={
        <>
          <IconButton
            icon={ChevronLeft}
            label={t('results.paper.previous')}
            kind="plain"
            isDisabled={onPrevious === undefined}
            onPress={() => onPrevious?.()}
          />
          <IconButton
            icon={ChevronRight}
            label={t('results.paper.next')}
            kind="plain"
            className={styles.next ?? ''}
            isDisabled={onNext === undefined}
            onPress={() => onNext?.()}
          />
          <Button icon={FileCheck2} onPress={onAnnotate}>
            {t('results.paper.annotated')}
          </Button>
        </>
      }
    >
      <p className={styles.facts}>
        {[row.number, row.section, exam.versions.length > 1 && t('results.paper.version', { letter: paper.version })]
          .filter((fact) => fact !== false && fact !== '')
          .join(' · ')}
      </p>
      <p className={styles.score}>
        <strong>{t('results.of', { points: formats.points(score.points), most: formats.points(score.most) })}</strong>
        <span>{formats.percent(score.percent)}</span>
        {exam.grading.scale !== 'percent' && <span>{score.grade}</span>}
        <Passed passed={score.passed} word={t(score.passed ? 'results.passed' : 'results.notPassed')} />
      </p>
      {sections.length > 0 && (
        <dl className={styles.sections}>
          {sections.map(({ id, name, points, most }) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd>{t('results.of', { points: formats.points(points), most: formats.points(most) })}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className={styles.sheets}>
        {paper.sheetIds.map((sheetId, index) => (
          <Link key={sheetId} to={`/sheets/${examId}/sheet/${sheetId}`} className={styles.sheet}>
            <ScanLine size={18} aria-hidden />
            {t('results.paper.page', { number: index + 1 })}
          </Link>
        ))}
      </p>
      <table className={styles.answers}>
        <caption className={styles.unseen}>{t('results.paper.answers')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('results.paper.question')}</th>
            <th scope="col">{t('results.paper.answer')}</th>
            <th scope="col">{t('results.paper.right')}</th>
            <th scope="col" className={styles.number}>
              {t('results.paper.points')}
            </th>
          </tr>
        </thead>
        <tbody>
          {exam.questions.map((question) => {
            const answer = paper.answers.find(({ questionId }) => questionId === question.id);
            const got = score.questions.find(({ questionId }) => questionId === question.id);
            if (answer === undefined || got === undefined) return null;
            const Icon = verdictIcons[got.verdict];
            return (
              <tr key={question.id}>
                <th scope="row">{question.label}</th>
                <td>
                  <span className={classNames(styles.verdict, styles[got.verdict])}>
                    <Icon size={16} strokeWidth={2.5} aria-hidden />
                    <span className={styles.unseen}>{t(`results.verdicts.${got.verdict}`)}: </span>
                    {answer.marked === '' ? (
                      <span className={styles.nothing}>{t('results.paper.nothing')}</span>
                    ) : (
                      answer.marked
                    )}
                  </span>
                  {answer.isCorrected && <span className={styles.corrected}>{t('results.paper.corrected')}</span>}
                </td>
                <td>{nameRightAnswer(exam, paper.version, question)}</td>
                <td className={styles.number}>
                  {got.verdict === 'open' ? t('results.verdicts.open') : formats.points(got.points)}
                  <span className={styles.most}> / {formats.points(got.most)}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Sheet>
  );
}
