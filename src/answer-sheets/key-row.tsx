import { Ellipsis } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AnswerKey, Exam, Question } from '#contract/exams.ts';
import { classNames } from '#src/ui/controls/class-names.ts';
import { readTypedAnswer } from './key-answer.ts';
import { answersOf, choicesOf, hasSeveralMarks, takesKey } from './key-entry.ts';
import styles from './key-step.module.css';

/** What a row asks of its list; the same functions from one drawing to the next. */
export interface KeyRowActions {
  readonly choose: (index: number, option: string) => void;
  readonly type: (index: number, answer: string) => void;
  readonly more: (index: number) => void;
}

interface KeyRowProps {
  readonly question: Question;
  readonly index: number;
  readonly accepted: AnswerKey | undefined;
  readonly signs: Exam['look']['optionSigns'];
  /** It has the list's one stop of the Tab key. */
  readonly isCurrent: boolean;
  readonly actions: KeyRowActions;
}

/** The store gives new objects with every change: rows are drawn again where something in them differs. */
export const KeyRow = memo(
  KeyRowView,
  (before, after) =>
    before.index === after.index &&
    before.signs === after.signs &&
    before.isCurrent === after.isCurrent &&
    JSON.stringify([before.question, before.accepted]) === JSON.stringify([after.question, after.accepted]),
);

function KeyRowView({ question, index, accepted, signs, isCurrent, actions }: KeyRowProps) {
  const { t } = useTranslation();
  const { label, standing } = question;
  const choices = choicesOf(question, signs);
  const answers = answersOf(accepted);
  const isRight = (choice: string) =>
    hasSeveralMarks(question) ? (answers[0] ?? '').includes(choice) : answers.includes(choice);
  const firstRight = choices.findIndex((choice) => isRight(choice));
  const stop = firstRight === -1 ? 0 : firstRight;
  const hasMore = answers.length > 1 || accepted?.tolerance !== undefined || standing !== 'counts';
  const isTrueFalse = question.form.kind === 'true-false';
  const nameOption = (choice: string) =>
    isTrueFalse ? t(choice === 'T' ? 'exams.key.true' : 'exams.key.false') : choice;
  const showOption = (choice: string) =>
    isTrueFalse ? t(choice === 'T' ? 'exams.sheet.trueSign' : 'exams.sheet.falseSign') : choice;

  return (
    <li data-row={index} className={classNames(styles.row, isCurrent && styles.current)}>
      <fieldset className={styles.rowGroup} aria-label={t('exams.key.question', { label })}>
        <span className={styles.rowLabel}>{label}</span>
        {!takesKey(question) ? (
          <span className={styles.byHand}>
            {t(`exams.key.byHand.${question.form.kind === 'rubric' ? 'rubric' : 'free'}`)}
          </span>
        ) : choices.length > 0 ? (
          <span className={styles.choices}>
            {choices.map((choice, place) => (
              <button
                key={choice}
                type="button"
                data-target
                className={styles.choice}
                aria-pressed={isRight(choice)}
                aria-label={nameOption(choice)}
                tabIndex={isCurrent && place === stop ? 0 : -1}
                onClick={() => actions.choose(index, choice)}
              >
                {showOption(choice)}
              </button>
            ))}
          </span>
        ) : (
          <TypedAnswer
            key={answers.join('|')}
            question={question}
            signs={signs}
            answer={answers[0] ?? ''}
            isCurrent={isCurrent}
            onType={(answer) => actions.type(index, answer)}
          />
        )}
        {standing !== 'counts' && <span className={styles.chip}>{t(`exams.standings.${standing}`)}</span>}
        <button
          type="button"
          data-target={takesKey(question) ? true : undefined}
          data-more
          className={classNames(styles.more, hasMore && styles.hasMore)}
          aria-label={t('exams.key.more', { label })}
          title={t('exams.key.more', { label })}
          tabIndex={isCurrent && !takesKey(question) ? 0 : -1}
          onClick={() => actions.more(index)}
        >
          <Ellipsis size={20} aria-hidden />
        </button>
      </fieldset>
    </li>
  );
}

interface TypedAnswerProps {
  readonly question: Question;
  readonly signs: Exam['look']['optionSigns'];
  readonly answer: string;
  readonly isCurrent: boolean;
  readonly onType: (answer: string) => void;
}

/** A number, or a letter a prompt: taken on leaving the field, where it can stand on the sheet. */
function TypedAnswer({ question, signs, answer, isCurrent, onType }: TypedAnswerProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(answer);
  const typed = readTypedAnswer(question.form, text, signs);
  const isWrong = typed === undefined;
  return (
    <span className={styles.typed}>
      <input
        data-target
        className={styles.input}
        value={text}
        inputMode={question.form.kind === 'numeric' ? 'decimal' : 'text'}
        autoCapitalize="characters"
        autoComplete="off"
        spellCheck={false}
        aria-label={t(question.form.kind === 'numeric' ? 'exams.key.number' : 'exams.key.letters', {
          label: question.label,
        })}
        aria-invalid={isWrong}
        placeholder={question.form.kind === 'matching' ? '-'.repeat(question.form.prompts) : ''}
        tabIndex={isCurrent ? 0 : -1}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          if (typed !== undefined && typed !== answer) onType(typed);
        }}
      />
      {isWrong && (
        <span className={styles.wrong} role="alert">
          {question.form.kind === 'numeric'
            ? t('exams.key.wrongNumber', { digits: question.form.digits, decimals: question.form.decimals })
            : t('exams.key.wrongLetters')}
        </span>
      )}
    </span>
  );
}
