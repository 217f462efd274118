import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type AnswerKey, type Exam, type Question, type VersionLetter, questionStandings } from '#contract/exams.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { Sheet } from '#src/ui/controls/dialog.tsx';
import { NumberField } from '#src/ui/controls/number-field.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { TextField } from '#src/ui/controls/text-field.tsx';
import { changeQuestions } from './edit-exam.ts';
import type { ChangeExam } from './exam-change.ts';
import { readTypedAnswer } from './key-answer.ts';
import { readKey, takesKey, writeKey } from './key-entry.ts';
import styles from './key-step.module.css';

interface KeyQuestionDialogProps {
  readonly exam: Exam;
  readonly version: VersionLetter;
  readonly question: Question;
  readonly change: ChangeExam;
  readonly onClose: () => void;
}

interface Draft {
  /** Tells the lines of the list apart while they are typed. */
  readonly id: number;
  readonly answer: string;
  /** Undefined: those of the question. */
  readonly points: number | undefined;
}

/** Everything about one question's key: several right answers and what each is worth, how far off, whether it counts. */
export function KeyQuestionDialog({ exam, version, question, change, onClose }: KeyQuestionDialogProps) {
  const { t } = useTranslation();
  const key = readKey(exam, version, question);
  const [drafts, setDrafts] = useState<readonly Draft[]>(() =>
    (key?.accepted.length ? key.accepted : [{ answer: '' }]).map(({ answer, points }, id) => ({ id, answer, points })),
  );
  const [tolerance, setTolerance] = useState(String(key?.tolerance ?? 0));
  const [standing, setStanding] = useState(question.standing);
  const { optionSigns } = exam.look;
  const wrong = drafts.filter(({ answer }) => readTypedAnswer(question.form, answer, optionSigns) === undefined);
  const off = Number(tolerance.replace(',', '.') || '0');
  const isToleranceWrong = !(off >= 0);

  const put = (id: number, part: Partial<Draft>) =>
    setDrafts((before) => before.map((each) => (each.id === id ? { ...each, ...part } : each)));

  function save() {
    const accepted = drafts.flatMap(({ answer, points }) => {
      const typed = readTypedAnswer(question.form, answer, optionSigns) ?? '';
      return typed === '' ? [] : [{ answer: typed, ...(points === undefined ? {} : { points }) }];
    });
    const next: AnswerKey = { accepted, ...(off > 0 ? { tolerance: off } : {}) };
    change((stored) =>
      changeQuestions(writeKey(stored, version, question, takesKey(question) ? next : undefined), [question.id], {
        standing,
      }),
    );
    onClose();
  }

  return (
    <Sheet
      title={t('exams.key.question', { label: question.label })}
      isOpen
      onOpenChange={onClose}
      actions={
        <>
          <Button kind="quiet" onPress={onClose}>
            {t('controls.cancel')}
          </Button>
          <Button kind="primary" isDisabled={wrong.length > 0 || isToleranceWrong} onPress={save}>
            {t('controls.save')}
          </Button>
        </>
      }
    >
      <div className={styles.dialogFields}>
        {takesKey(question) && (
          <>
            <ul className={styles.answers} aria-label={t('exams.key.rightAnswers')}>
              {drafts.map(({ id, answer, points }, index) => (
                <li key={id} className={styles.answer}>
                  <TextField
                    label={t('exams.key.rightAnswer', { number: index + 1 })}
                    value={answer}
                    onChange={(text) => put(id, { answer: text })}
                  />
                  <NumberField
                    label={t('exams.key.points')}
                    value={points ?? question.points}
                    min={0}
                    max={100}
                    step={0.25}
                    onChange={(value) => put(id, { points: value === question.points ? undefined : value })}
                  />
                  <IconButton
                    icon={X}
                    label={t('exams.key.removeAnswer', { number: index + 1 })}
                    isDisabled={drafts.length === 1}
                    onPress={() => setDrafts((before) => before.filter((each) => each.id !== id))}
                  />
                  {wrong.some((each) => each.id === id) && (
                    <p className={styles.problem}>
                      {question.form.kind === 'numeric'
                        ? t('exams.key.wrongNumber', { digits: question.form.digits, decimals: question.form.decimals })
                        : t('exams.key.wrongLetters')}
                    </p>
                  )}
                </li>
              ))}
            </ul>
            <Button
              icon={Plus}
              className={styles.start ?? ''}
              onPress={() =>
                setDrafts((before) => [
                  ...before,
                  { id: Math.max(...before.map(({ id }) => id)) + 1, answer: '', points: undefined },
                ])
              }
            >
              {t('exams.key.addAnswer')}
            </Button>
          </>
        )}
        {question.form.kind === 'numeric' && (
          <TextField label={t('exams.key.tolerance')} inputMode="decimal" value={tolerance} onChange={setTolerance} />
        )}
        {isToleranceWrong && <p className={styles.problem}>{t('exams.key.wrongTolerance')}</p>}
        <Segmented
          label={t('exams.questions.standing')}
          value={standing}
          choices={questionStandings.map((value) => ({ value, label: t(`exams.standings.${value}`) }))}
          onChange={setStanding}
        />
        <p className={styles.note}>{t(`exams.standingHelp.${standing}`)}</p>
      </div>
    </Sheet>
  );
}
