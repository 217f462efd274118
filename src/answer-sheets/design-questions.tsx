import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Exam, type Question, type QuestionForm, mostQuestions } from '#contract/exams.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { NumberField } from '#src/ui/controls/number-field.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { FormFields } from './design-form-fields.tsx';
import { QuestionsDialog } from './design-questions-dialog.tsx';
import { type QuestionRun, findRuns, isSameForm } from './design-runs.ts';
import styles from './design-step.module.css';
import { addQuestions, changeForm, changeQuestions, removeQuestions } from './edit-exam.ts';
import type { ChangeExam } from './exam-change.ts';
import { useFormName, useQuestionFacts } from './exam-question-words.ts';

interface QuestionsProps {
  readonly exam: Exam;
  readonly change: ChangeExam;
}

/** How many questions of which kind: for all at once, and below for some of them. */
export function DesignQuestions({ exam, change }: QuestionsProps) {
  const { t } = useTranslation();
  const { questions, origin } = exam;
  const first = questions[0];
  const isMixed = first !== undefined && questions.some(({ form }) => !isSameForm(form, first.form));
  const hasMixedPoints = first !== undefined && questions.some(({ points }) => points !== first.points);

  /** For what cannot be typed back: keys of questions that are gone or have become others. */
  function offerUndo(text: string) {
    const { sections, versions, keys } = exam;
    showToast({
      text,
      action: {
        label: t('controls.undo'),
        onAction: () => change((stored) => ({ ...stored, questions, sections, versions, keys })),
      },
    });
  }

  function setCount(count: number) {
    change((stored) =>
      count > stored.questions.length
        ? addQuestions(stored, count - stored.questions.length)
        : removeQuestions(
            stored,
            stored.questions.slice(count).map(({ id }) => id),
          ),
    );
    if (count < questions.length) offerUndo(t('exams.questions.removed', { count: questions.length - count }));
  }

  function setForm(form: QuestionForm) {
    change((stored) => changeForm(stored, idsOf(stored.questions), form));
    const hasKeys = Object.values(exam.keys).some((key) => Object.keys(key).length > 0);
    if (isMixed || hasKeys) offerUndo(t('exams.questions.changed', { count: questions.length }));
  }

  return (
    <section className={styles.section} aria-labelledby="design-questions">
      <h2 id="design-questions">{t('exams.questions.heading')}</h2>
      {origin === 'own' && first !== undefined && (
        <div className={styles.trio}>
          <NumberField
            label={t('exams.questions.count')}
            value={questions.length}
            min={1}
            max={mostQuestions}
            onChange={setCount}
          />
          <FormFields form={first.form} isMixed={isMixed} onChange={setForm} />
          {!hasMixedPoints && (
            <NumberField
              label={t('exams.questions.points')}
              value={first.points}
              min={0}
              max={100}
              step={0.25}
              onChange={(points) => change((stored) => changeQuestions(stored, idsOf(stored.questions), { points }))}
            />
          )}
        </div>
      )}
      <Runs exam={exam} change={change} />
    </section>
  );
}

const idsOf = (questions: readonly Question[]) => questions.map(({ id }) => id);

/** Questions by what they have in common, each of them one press away. */
function Runs({ exam, change }: QuestionsProps) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<QuestionRun | 'new'>();
  const facts = useQuestionFacts(exam);
  const formName = useFormName();
  return (
    <>
      <ul className={styles.runs} aria-label={t('exams.questions.groups')}>
        {findRuns(exam.questions).map((run) => {
          const from = exam.questions[run.first]?.label ?? '';
          const to = exam.questions[run.last]?.label ?? '';
          const range = run.first === run.last ? from : t('exams.questions.range', { from, to });
          return (
            <li key={run.like.id}>
              <Button kind="quiet" wide className={styles.run ?? ''} onPress={() => setEdited(run)}>
                <span className={styles.runWords}>
                  <span className={styles.runRange}>{range}</span>
                  <span className={styles.runFacts}>{[formName(run.like.form), ...facts(run.like)].join(' · ')}</span>
                  <Pencil size={18} aria-label={t('exams.questions.edit')} />
                </span>
              </Button>
            </li>
          );
        })}
      </ul>
      {exam.origin === 'own' && (
        <Button
          icon={Plus}
          className={styles.start ?? ''}
          isDisabled={exam.questions.length >= mostQuestions}
          onPress={() => setEdited('new')}
        >
          {t('exams.questions.addOther')}
        </Button>
      )}
      {edited !== undefined && (
        <QuestionsDialog exam={exam} run={edited} change={change} onClose={() => setEdited(undefined)} />
      )}
    </>
  );
}
