import { fileOpen } from 'browser-fs-access';
import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Exam, VersionLetter } from '#contract/exams.ts';
import { asFailure } from '#contract/failures.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import { TextArea } from '#src/ui/controls/text-field.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import type { ChangeExam } from './exam-change.ts';
import { readKeyText, takeImportedKey } from './key-import.ts';
import styles from './key-step.module.css';

interface KeyImportDialogProps {
  readonly exam: Exam;
  readonly version: VersionLetter;
  readonly change: ChangeExam;
  readonly onClose: () => void;
}

/** A key as text: pasted, or from a file. What it will be is shown before it counts. */
export function KeyImportDialog({ exam, version, change, onClose }: KeyImportDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { found, problems } = readKeyText(exam, version, text);

  const withPoints = (answer: string, points: number | undefined) =>
    points === undefined ? answer : `${answer} (${t('exams.questions.pointCount', { count: points })})`;

  async function openFile() {
    try {
      const file = await fileOpen({
        description: 'CSV, TXT',
        mimeTypes: ['text/csv', 'text/plain'],
        extensions: ['.csv', '.txt', '.tsv'],
        id: 'papel-key',
      });
      setText(await file.text());
    } catch (cause) {
      if (asFailure(cause).code !== 'cancelled') throw cause;
    }
  }

  function take() {
    change((stored) => takeImportedKey(stored, version, { found }));
    const { questions, keys } = exam;
    showToast({
      text: t('exams.key.taken', { count: found.length }),
      action: { label: t('controls.undo'), onAction: () => change((stored) => ({ ...stored, questions, keys })) },
    });
    onClose();
  }

  return (
    <Dialog
      title={t('exams.key.importTitle', { version })}
      isOpen
      onOpenChange={onClose}
      actions={
        <>
          <Button icon={FileUp} onPress={() => void openFile()}>
            {t('exams.key.importFile')}
          </Button>
          <Button kind="primary" isDisabled={found.length === 0} onPress={take}>
            {t('exams.key.take', { count: found.length })}
          </Button>
        </>
      }
    >
      <div className={styles.dialogFields}>
        <p>{t('exams.key.importHelp')}</p>
        <TextArea
          label={t('exams.key.importText')}
          value={text}
          rows={6}
          placeholder={t('exams.key.importExample')}
          onChange={setText}
        />
        <div className={styles.dialogFields} aria-live="polite">
          {problems.length > 0 && (
            <div className={styles.caution}>
              <h3>{t('exams.key.problems')}</h3>
              <ul className={styles.problems}>
                {problems.map(({ line, text: words, reason }, index) => (
                  // Two lines may be alike.
                  // eslint-disable-next-line react/no-array-index-key
                  <li key={index}>
                    {t('exams.key.problem', { line, text: words, reason: t(`exams.key.reasons.${reason}`) })}
                  </li>
                ))}
              </ul>
            </div>
          )}
          {found.length > 0 && (
            <>
              <h3>{t('exams.key.preview')}</h3>
              <ol className={styles.proposed}>
                {found.map(({ question, answers, points }) => (
                  <li key={question.id}>
                    <span className={styles.rowLabel}>{question.label}</span>{' '}
                    <strong>{answers.map((answer, at) => withPoints(answer, points?.[at])).join(' / ')}</strong>
                  </li>
                ))}
              </ol>
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}
