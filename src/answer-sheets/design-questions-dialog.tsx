import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Exam, type Question, type QuestionForm, mostQuestions, questionStandings } from '#contract/exams.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Sheet } from '#src/ui/controls/dialog.tsx';
import { NumberField } from '#src/ui/controls/number-field.tsx';
import { Select } from '#src/ui/controls/select.tsx';
import { TextField } from '#src/ui/controls/text-field.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { FormFields } from './design-form-fields.tsx';
import { type QuestionRun, parseTags } from './design-runs.ts';
import styles from './design-step.module.css';
import { addQuestions, changeForm, changeQuestions, moveQuestion, removeQuestions, nameSection } from './edit-exam.ts';
import type { ChangeExam } from './exam-change.ts';

interface QuestionsDialogProps {
  readonly exam: Exam;
  /** The questions that it begins with; `new` adds some behind the last. */
  readonly run: QuestionRun | 'new';
  readonly change: ChangeExam;
  readonly onClose: () => void;
}

/** What was touched: only that is changed, so that questions that differ elsewhere go on differing. */
interface Changes {
  readonly form?: QuestionForm;
  readonly points?: number;
  readonly standing?: Question['standing'];
  readonly section?: string;
  readonly tags?: string;
  readonly label?: string;
}

/** Questions from one number to another, to be made alike. */
export function QuestionsDialog({ exam, run, change, onClose }: QuestionsDialogProps) {
  const { t } = useTranslation();
  const { questions } = exam;
  const isNew = run === 'new';
  const [from, setFrom] = useState(isNew ? questions.length + 1 : run.first + 1);
  const [to, setTo] = useState(isNew ? Math.min(mostQuestions, questions.length + 5) : run.last + 1);
  const [changes, setChanges] = useState<Changes>({});
  const like = (isNew ? questions.at(-1) : questions[from - 1]) ?? questions[0];
  if (like === undefined) return null;

  const meant = questions.slice(from - 1, to);
  const only = meant.length === 1 ? meant[0] : undefined;
  const touch = (part: Changes) => setChanges((before) => ({ ...before, ...part }));
  const label = changes.label?.trim();
  const isLabelTaken =
    only !== undefined && label !== undefined && questions.some((each) => each.id !== only.id && each.label === label);
  const isLabelMissing = label === '';

  function save() {
    change((stored) => {
      const grown = isNew ? addQuestions(stored, to - stored.questions.length) : stored;
      return applyChanges(grown, from, to, changes);
    });
    onClose();
  }

  function remove() {
    const ids = meant.map(({ id }) => id);
    const { sections, versions, keys } = exam;
    change((stored) => removeQuestions(stored, ids));
    showToast({
      text: t('exams.questions.removed', { count: ids.length }),
      action: {
        label: t('controls.undo'),
        onAction: () => change((stored) => ({ ...stored, questions, sections, versions, keys })),
      },
    });
    onClose();
  }

  return (
    <Sheet
      title={isNew ? t('exams.questions.addOther') : t('exams.questions.editTitle')}
      isOpen
      onOpenChange={onClose}
      actions={
        <>
          {!isNew && exam.origin === 'own' && (
            <Button
              kind="danger"
              icon={Trash2}
              isDisabled={meant.length === 0 || meant.length === questions.length}
              onPress={remove}
            >
              {t('exams.questions.remove', { count: meant.length })}
            </Button>
          )}
          <Button kind="primary" isDisabled={isLabelTaken || isLabelMissing} onPress={save}>
            {isNew ? t('exams.questions.add', { count: to - from + 1 }) : t('controls.save')}
          </Button>
        </>
      }
    >
      <div className={styles.dialogFields}>
        <div className={styles.pair}>
          {isNew ? (
            <NumberField
              label={t('exams.questions.howMany')}
              value={to - questions.length}
              min={1}
              max={mostQuestions - questions.length}
              onChange={(count) => setTo(questions.length + count)}
            />
          ) : (
            <>
              <NumberField
                label={t('exams.questions.from')}
                value={from}
                min={1}
                max={questions.length}
                onChange={(place) => {
                  setFrom(place);
                  setTo(Math.max(place, to));
                }}
              />
              <NumberField
                label={t('exams.questions.to')}
                value={to}
                min={from}
                max={questions.length}
                onChange={setTo}
              />
            </>
          )}
        </div>
        {only !== undefined && (
          <div className={styles.pair}>
            <TextField
              label={t('exams.questions.label')}
              value={changes.label ?? only.label}
              maxLength={40}
              onChange={(text) => touch({ label: text })}
            />
            {exam.origin === 'own' && (
              <div className={styles.moves}>
                <Button
                  icon={ArrowUp}
                  isDisabled={from === 1}
                  onPress={() => {
                    change((stored) => moveQuestion(stored, only.id, from - 2));
                    setFrom(from - 1);
                    setTo(from - 1);
                  }}
                >
                  {t('exams.questions.earlier')}
                </Button>
                <Button
                  icon={ArrowDown}
                  isDisabled={from === questions.length}
                  onPress={() => {
                    change((stored) => moveQuestion(stored, only.id, from));
                    setFrom(from + 1);
                    setTo(from + 1);
                  }}
                >
                  {t('exams.questions.later')}
                </Button>
              </div>
            )}
          </div>
        )}
        {isLabelTaken && <p className={styles.problem}>{t('exams.questions.labelTaken', { label })}</p>}
        {isLabelMissing && <p className={styles.problem}>{t('exams.questions.labelMissing')}</p>}
        {exam.origin === 'own' && <FormFields form={changes.form ?? like.form} onChange={(form) => touch({ form })} />}
        <div className={styles.pair}>
          <NumberField
            label={t('exams.questions.points')}
            value={changes.points ?? like.points}
            min={0}
            max={100}
            step={0.25}
            onChange={(points) => touch({ points })}
          />
          <Select
            label={t('exams.questions.standing')}
            value={changes.standing ?? like.standing}
            choices={questionStandings.map((value) => ({ value, label: t(`exams.standings.${value}`) }))}
            onChange={(standing) => touch({ standing })}
          />
        </div>
        <div className={styles.pair}>
          <TextField
            label={t('exams.questions.section')}
            value={changes.section ?? exam.sections.find(({ id }) => id === like.section)?.name ?? ''}
            maxLength={80}
            placeholder={t('exams.questions.sectionExample')}
            onChange={(section) => touch({ section })}
          />
          <TextField
            label={t('exams.questions.tags')}
            value={changes.tags ?? like.tags.join(', ')}
            placeholder={t('exams.questions.tagsExample')}
            onChange={(tags) => touch({ tags })}
          />
        </div>
      </div>
    </Sheet>
  );
}

/** @param from the first question's place and `to` the last one's, from 1 */
function applyChanges(exam: Exam, from: number, to: number, changes: Changes): Exam {
  const ids = exam.questions.slice(from - 1, to).map(({ id }) => id);
  const { form, section, tags, label, ...plain } = changes;
  const formed = form === undefined ? exam : changeForm(exam, ids, form);
  const sectioned = section === undefined ? { exam: formed } : nameSection(formed, section.trim());
  return changeQuestions(sectioned.exam, ids, {
    ...plain,
    ...('section' in sectioned ? { section: sectioned.section } : {}),
    ...(tags === undefined ? {} : { tags: [...parseTags(tags)] }),
    ...(label === undefined || ids.length !== 1 ? {} : { label: label.trim() }),
  });
}
