import { FileImage } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { VersionLetter } from '#contract/exams.ts';
import { asFailure } from '#contract/failures.ts';
import { pickFiles } from '#src/capture/pick-files.ts';
import { engine } from '#src/engine/engine.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import { ProgressBar } from '#src/ui/controls/progress-bar.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import type { ChangeExam } from './exam-change.ts';
import { type KeyProposal, proposeKey, readMasterSheet, takeProposal } from './key-scan.ts';
import styles from './key-step.module.css';

type Stage =
  | { readonly is: 'asking'; readonly problem?: string }
  | { readonly is: 'reading' }
  | { readonly is: 'read'; readonly proposal: KeyProposal };

interface KeyScanDialogProps {
  readonly record: ExamRecord;
  readonly version: VersionLetter;
  readonly change: ChangeExam;
  readonly onClose: () => void;
}

/** The key from a sheet that the teacher filled in. What is not sure is shown, and left to be typed. */
export function KeyScanDialog({ record, version, change, onClose }: KeyScanDialogProps) {
  const { t } = useTranslation();
  const [stage, setStage] = useState<Stage>({ is: 'asking' });
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  async function read() {
    const files = await pickFiles();
    if (files.length === 0) return;
    const controller = new AbortController();
    stop.current = controller;
    setStage({ is: 'reading' });
    let name = '';
    try {
      const readings = [];
      for (const file of files) {
        ({ name } = file);
        readings.push(...(await readMasterSheet(engine, record, file, controller.signal)));
      }
      const proposal = proposeKey(record.exam, record.code, version, readings);
      setStage(
        typeof proposal === 'string'
          ? { is: 'asking', problem: t(`exams.key.scanProblems.${proposal}`) }
          : { is: 'read', proposal },
      );
    } catch (cause) {
      const failure = asFailure(cause);
      if (failure.code === 'internal') console.error(cause);
      setStage({
        is: 'asking',
        ...(failure.code === 'cancelled' ? {} : { problem: failureSentence(t, failure, name) }),
      });
    }
  }

  function take(proposal: KeyProposal) {
    change((stored) => takeProposal(stored, proposal));
    const { keys } = record.exam;
    showToast({
      text: t('exams.key.taken', { count: proposal.sure.length }),
      action: { label: t('controls.undo'), onAction: () => change((stored) => ({ ...stored, keys })) },
    });
    onClose();
  }

  return (
    <Dialog
      title={t('exams.key.scan')}
      isOpen
      onOpenChange={onClose}
      actions={
        stage.is === 'read' ? (
          <>
            <Button onPress={() => setStage({ is: 'asking' })}>{t('exams.key.another')}</Button>
            <Button kind="primary" isDisabled={stage.proposal.sure.length === 0} onPress={() => take(stage.proposal)}>
              {t('exams.key.take', { count: stage.proposal.sure.length })}
            </Button>
          </>
        ) : stage.is === 'reading' ? (
          <Button onPress={() => stop.current?.abort()}>{t('exams.print.stop')}</Button>
        ) : (
          <Button kind="primary" icon={FileImage} onPress={() => void read()}>
            {t('exams.key.choosePhoto')}
          </Button>
        )
      }
    >
      <div className={styles.dialogFields} aria-live="polite">
        {stage.is === 'asking' && (
          <>
            <p>{t('exams.key.scanHelp')}</p>
            {stage.problem !== undefined && <p className={styles.problem}>{stage.problem}</p>}
          </>
        )}
        {stage.is === 'reading' && (
          <>
            <p>{t('exams.key.reading')}</p>
            <ProgressBar label={t('exams.key.reading')} share={undefined} />
          </>
        )}
        {stage.is === 'read' && <ProposalView proposal={stage.proposal} />}
      </div>
    </Dialog>
  );
}

function ProposalView({ proposal }: { readonly proposal: KeyProposal }) {
  const { t } = useTranslation();
  const { sure, doubtful, blank, version } = proposal;
  return (
    <>
      <p>{t('exams.key.scanned', { count: sure.length, version })}</p>
      {doubtful.length > 0 && (
        <p className={styles.caution}>
          {t('exams.key.scanDoubtful', { count: doubtful.length, list: doubtful.map(({ label }) => label).join(', ') })}
        </p>
      )}
      {blank.length > 0 && (
        <p className={styles.note}>
          {t('exams.key.scanBlank', { count: blank.length, list: blank.map(({ label }) => label).join(', ') })}
        </p>
      )}
      <ol className={styles.proposed} aria-label={t('exams.key.proposed')}>
        {sure.map(({ question, answer }) => (
          <li key={question.id}>
            <span className={styles.rowLabel}>{question.label}</span> <strong>{answer}</strong>
          </li>
        ))}
      </ol>
    </>
  );
}
