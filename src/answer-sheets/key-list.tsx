import { type FocusEvent, type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AnswerKey, Exam, Question, VersionLetter } from '#contract/exams.ts';
import { choicesOf, chooseOption, hasSeveralMarks, questionsOf, readKey, toggleAlternative } from './key-entry.ts';
import { KeyRow, type KeyRowActions } from './key-row.tsx';
import styles from './key-step.module.css';

interface KeyListProps {
  readonly exam: Exam;
  readonly version: VersionLetter;
  /** Puts, changes or takes away a question's key, in the letters of this version. */
  readonly onKey: (question: Question, change: (key: AnswerKey | undefined) => AnswerKey | undefined) => void;
  /** Everything beyond the right option: alternatives, points, tolerance, standing. */
  readonly onMore: (question: Question) => void;
}

/** The element of a row that the keyboard is at. */
function targetsOf(row: Element): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('[data-target]')];
}

/**
 * The questions as on the sheet. A letter chooses and goes on to the next question; with Shift it adds one more right
 * answer. Arrows move, Backspace takes back. One stop of the Tab key for all of them.
 */
export function KeyList({ exam, version, onKey, onMore }: KeyListProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  const [current, setCurrent] = useState(0);
  const [said, setSaid] = useState('');
  const questions = questionsOf(exam, version);
  const { optionSigns } = exam.look;
  const place = Math.min(current, questions.length - 1);

  const rowAt = (index: number) => list.current?.querySelector(`[data-row="${index}"]`) ?? undefined;

  /** The nearest question in this direction that has something to type. */
  function move(from: number, step: 1 | -1): boolean {
    for (let index = from + step; index >= 0 && index < questions.length; index += step) {
      const row = rowAt(index);
      const targets = row === undefined ? [] : targetsOf(row);
      const target = targets.find((each) => each.getAttribute('aria-pressed') === 'true') ?? targets[0];
      if (target === undefined) continue;
      target.focus();
      if (target instanceof HTMLInputElement) target.select();
      return true;
    }
    return false;
  }

  function choose(question: Question, index: number, option: string, isAlternative: boolean) {
    const choices = choicesOf(question, optionSigns);
    onKey(question, (key) =>
      isAlternative ? toggleAlternative(key, option) : chooseOption(question, key, option, choices),
    );
    setSaid(t('exams.key.said', { label: question.label, answer: option }));
    if (!isAlternative && !hasSeveralMarks(question)) move(index, 1);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    const row = target?.closest('[data-row]');
    const index = Number(row?.getAttribute('data-row') ?? Number.NaN);
    const question = questions[index];
    if (target === undefined || row === null || row === undefined || question === undefined) return;
    const isTyping = target instanceof HTMLInputElement;

    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      // Enter on the button for more opens it.
      if (event.key === 'Enter' && target.hasAttribute('data-more')) return;
      move(index, 1);
    } else if (event.key === 'ArrowUp') {
      move(index, -1);
    } else if (!isTyping && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      const targets = targetsOf(row);
      targets[targets.indexOf(target) + (event.key === 'ArrowRight' ? 1 : -1)]?.focus();
    } else if (!isTyping && (event.key === 'Backspace' || event.key === 'Delete')) {
      const isEmpty = readKey(exam, version, question) === undefined;
      if (isEmpty && event.key === 'Backspace') move(index, -1);
      else onKey(question, () => undefined);
    } else if (!isTyping && event.key.length === 1) {
      const typed = event.key.toUpperCase();
      const choices = choicesOf(question, optionSigns);
      const option = choices.find((choice) => choice === typed) ?? optionByWord(typed, choices);
      if (option === undefined) return;
      choose(question, index, option, event.shiftKey && !hasSeveralMarks(question));
    } else return;
    event.preventDefault();
  }

  /** True and false have letters of their own in each language. */
  function optionByWord(typed: string, choices: readonly string[]): string | undefined {
    if (!choices.includes('T')) return undefined;
    if (t('exams.key.true').startsWith(typed)) return 'T';
    return t('exams.key.false').startsWith(typed) ? 'F' : undefined;
  }

  const latest: KeyRowActions = {
    choose: (index, option) => {
      const question = questions[index];
      if (question !== undefined) choose(question, index, option, false);
    },
    type: (index, answer) => {
      const question = questions[index];
      if (question === undefined) return;
      onKey(question, (key) => (answer === '' ? undefined : { ...key, accepted: [{ answer }] }));
    },
    more: (index) => {
      const question = questions[index];
      if (question !== undefined) onMore(question);
    },
  };
  const handlers = useRef(latest);
  useLayoutEffect(() => {
    handlers.current = latest;
  });
  const [actions] = useState<KeyRowActions>(() => ({
    choose: (index, option) => handlers.current.choose(index, option),
    type: (index, answer) => handlers.current.type(index, answer),
    more: (index) => handlers.current.more(index),
  }));

  const onFocus = useCallback((event: FocusEvent) => {
    const row = event.target instanceof HTMLElement ? event.target.closest('[data-row]') : null;
    if (row !== null) setCurrent(Number(row.getAttribute('data-row')));
  }, []);

  return (
    <>
      {/* The keys are those of the buttons and fields inside. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol
        ref={list}
        className={styles.list}
        aria-label={t('exams.key.list', { version })}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      >
        {questions.map((question, index) => (
          <KeyRow
            key={question.id}
            question={question}
            index={index}
            accepted={readKey(exam, version, question)}
            signs={optionSigns}
            isCurrent={index === place}
            actions={actions}
          />
        ))}
      </ol>
      <p className={styles.unseen} aria-live="polite">
        {said}
      </p>
    </>
  );
}
