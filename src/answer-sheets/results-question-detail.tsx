import { ChevronLeft, ChevronRight, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { type Exam, type Question, type VersionLetter, questionStandings } from '#contract/exams.ts';
import { IconButton } from '#src/ui/controls/button.tsx';
import { Sheet } from '#src/ui/controls/dialog.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import type { QuestionAnalysis } from './analysis/analyse-questions.ts';
import { ChartFrame } from './charts/chart-frame.tsx';
import { OptionChart } from './charts/option-chart.tsx';
import type { ChangeExam } from './exam-change.ts';
import { nameRightAnswer } from './export/name-answers.ts';
import { flagQuestion } from './results-flags.ts';
import { useResultFormats } from './results-formats.ts';
import styles from './results-questions.module.css';
import { useChoiceWords, useFlagWords } from './results-words.ts';

interface QuestionDetailProps {
  readonly exam: Exam;
  readonly version: VersionLetter;
  readonly question: Question;
  /** Absent for a question that does not count or that nobody has an answer to yet. */
  readonly analysis: QuestionAnalysis | undefined;
  readonly onChange: ChangeExam;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  readonly onClose: () => void;
}

/** Of numbers and matching there may be as many answers as papers; the frequent ones tell what went wrong. */
const mostChoices = 12;

/** One question: who chose what, and whether it counts. */
export function QuestionDetail({
  exam,
  version,
  question,
  analysis,
  onChange,
  onPrevious,
  onNext,
  onClose,
}: QuestionDetailProps) {
  const { t } = useTranslation();
  const flagWords = useFlagWords();
  const flags = analysis === undefined ? [] : flagQuestion(analysis);
  const right = nameRightAnswer(exam, version, question);
  return (
    <Sheet
      title={t('results.analysis.questionTitle', { label: question.label })}
      isOpen
      onOpenChange={onClose}
      actions={
        <>
          <IconButton
            icon={ChevronLeft}
            label={t('results.analysis.previous')}
            kind="plain"
            isDisabled={onPrevious === undefined}
            onPress={() => onPrevious?.()}
          />
          <IconButton
            icon={ChevronRight}
            label={t('results.analysis.next')}
            kind="plain"
            className={styles.next ?? ''}
            isDisabled={onNext === undefined}
            onPress={() => onNext?.()}
          />
        </>
      }
    >
      <div className={styles.detail}>
        {right !== '' && <p>{t('results.analysis.rightIs', { answer: right })}</p>}
        {flags.map((flag) => (
          <p key={flag.kind} className={styles.caution}>
            <TriangleAlert size={18} aria-hidden />
            {flagWords(flag)}
          </p>
        ))}
        {analysis !== undefined && <Numbers analysis={analysis} />}
        {analysis !== undefined && analysis.choices.length > 0 && <Choices question={question} analysis={analysis} />}
        <Segmented
          label={t('results.analysis.standing')}
          value={question.standing}
          choices={questionStandings.map((value) => ({ value, label: t(`results.analysis.standings.${value}`) }))}
          onChange={(standing) =>
            onChange((stored) => ({
              ...stored,
              questions: stored.questions.map((each) => (each.id === question.id ? { ...each, standing } : each)),
            }))
          }
        />
      </div>
    </Sheet>
  );
}

function Numbers({
  analysis: { difficulty, upperLower, pointBiserial, itemRest },
}: {
  readonly analysis: QuestionAnalysis;
}) {
  const { t } = useTranslation();
  const formats = useResultFormats();
  const numbers = [
    { key: 'difficulty', value: difficulty, write: formats.share },
    { key: 'discrimination', value: upperLower, write: formats.coefficient },
    { key: 'pointBiserial', value: pointBiserial, write: formats.coefficient },
    { key: 'itemRest', value: itemRest, write: formats.coefficient },
  ] as const;
  return (
    <dl className={styles.numbers}>
      {numbers.map(({ key, value, write }) => (
        <div key={key}>
          <dt>{t(`results.analysis.${key}`)}</dt>
          <dd>{value === undefined ? '–' : write(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Choices({ question, analysis }: { readonly question: Question; readonly analysis: QuestionAnalysis }) {
  const { t } = useTranslation();
  const formats = useResultFormats();
  const choiceWords = useChoiceWords();
  const { count, groups } = analysis;
  const choices = analysis.choices
    .filter(({ kind, count: its }) => kind === 'option' || its > 0)
    .slice(0, mostChoices)
    .map((choice) => ({
      choice,
      key: `${choice.kind} ${choice.answer}`,
      name: choiceWords(choice),
      groups: [
        { of: choice.count, all: count },
        { of: choice.upper, all: groups.upper },
        { of: choice.lower, all: groups.lower },
      ].map(({ of, all }) => {
        const share = all === 0 ? 0 : of / all;
        return { share, value: `${formats.points(of)} · ${formats.share(share)}` };
      }),
    }));
  const groupNames = [t('results.analysis.all'), t('results.analysis.upper'), t('results.analysis.lower')];
  return (
    <ChartFrame
      isInDialog
      title={t('results.analysis.distractors', { label: question.label })}
      table={{
        columns: [t('results.analysis.option'), ...groupNames],
        rows: choices.map(({ key, name, choice, groups: cells }) => ({
          key,
          cells: [
            choice.isRight ? `${name} (${t('results.analysis.isRight')})` : name,
            ...cells.map(({ value }) => value),
          ],
        })),
      }}
    >
      <OptionChart
        groups={groupNames}
        rightWord={t('results.analysis.isRight')}
        options={choices.map(({ key, name, choice, groups: bars }) => ({
          key,
          name,
          isRight: choice.isRight,
          groups: bars,
        }))}
      />
    </ChartFrame>
  );
}
