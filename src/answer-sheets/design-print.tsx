import { Printer } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { type VersionLetter, versionLetters } from '#contract/exams.ts';
import { asFailure } from '#contract/failures.ts';
import { fileNameOf } from '#contract/file-name.ts';
import { fitsSheetCode } from '#contract/sheet-code.ts';
import { engine } from '#src/engine/engine.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Sheet } from '#src/ui/controls/dialog.tsx';
import { FileOutcome, MadeFileActions, MadeFileLine } from '#src/ui/controls/made-file.tsx';
import { ProgressBar } from '#src/ui/controls/progress-bar.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import styles from './design-step.module.css';
import { useExamTitle } from './exam-title.ts';
import { notePrinted } from './flow.ts';
import { useSheetPlans } from './sheet-preview-layout.ts';
import { useRoster } from './use-exams.ts';

type Stage =
  | { readonly is: 'choosing'; readonly hasFailed: boolean }
  | { readonly is: 'making' }
  | { readonly is: 'made'; readonly file: File; readonly pages: number };

const choosing: Stage = { is: 'choosing', hasFailed: false };

/** The sheets as a PDF: blank ones, or one with the name of each student. */
export function PrintSheet({ record, onClose }: { readonly record: ExamRecord; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const title = useExamTitle()(record);
  const all = useSheetPlans(record);
  const roster = useRoster(record.rosterId);
  const [forWhom, setForWhom] = useState<'blank' | 'students'>('blank');
  const [version, setVersion] = useState<VersionLetter | 'all'>('all');
  const [stage, setStage] = useState<Stage>(choosing);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const { versions, look } = record.exam;
  const students = roster?.roster.students ?? [];
  const unfit = students.filter(({ number }) => number !== '' && !fitsSheetCode(number));
  const canMake = forWhom === 'blank' || students.length > 0;

  async function make() {
    const controller = new AbortController();
    stop.current = controller;
    setStage({ is: 'making' });
    try {
      const plans = all.filter((plan) => version === 'all' || plan.version === version);
      const { pdf, pages } = await engine.run(
        'answer-sheets.print',
        {
          order: {
            plans,
            paper: look.paper,
            title,
            createdAt: new Date().toISOString(),
            ...(forWhom === 'students' ? { students } : {}),
          },
        },
        { priority: 'user', signal: controller.signal },
      );
      const name = fileNameOf(title, t('exams.print.fileName'), 'pdf');
      setStage({ is: 'made', pages, file: new File([pdf], name, { type: 'application/pdf' }) });
    } catch (cause) {
      const { code } = asFailure(cause);
      if (code !== 'cancelled') console.error(cause);
      setStage({ is: 'choosing', hasFailed: code !== 'cancelled' });
    }
  }

  const choose =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      setStage(choosing);
    };

  return (
    <Sheet
      title={t('exams.print.open')}
      isOpen
      onOpenChange={onClose}
      actions={
        stage.is === 'made' ? (
          <MadeActions examId={record.id} file={stage.file} onDone={onClose} />
        ) : stage.is === 'making' ? (
          <Button onPress={() => stop.current?.abort()}>{t('exams.print.stop')}</Button>
        ) : (
          <Button kind="primary" isDisabled={!canMake} onPress={() => void make()}>
            {t('exams.print.make')}
          </Button>
        )
      }
    >
      <div className={styles.dialogFields} inert={stage.is === 'making'}>
        <Segmented
          label={t('exams.print.forWhom')}
          value={forWhom}
          choices={(['blank', 'students'] as const).map((value) => ({ value, label: t(`exams.print.whom.${value}`) }))}
          onChange={choose(setForWhom)}
        />
        <p className={styles.note}>
          {forWhom === 'blank' ? (
            t('exams.print.blankHelp')
          ) : roster === null || roster === undefined ? (
            <>
              {t('exams.print.noList')}{' '}
              <Link to={`/sheets/classes/new?exam=${record.id}`}>{t('exams.classes.new')}</Link>
            </>
          ) : (
            t('exams.print.studentsHelp', { count: students.length, name: roster.roster.name })
          )}
        </p>
        {forWhom === 'students' && unfit.length > 0 && (
          <p className={styles.caution}>
            {t('exams.print.unfit', { count: unfit.length, number: unfit[0]?.number ?? '' })}
          </p>
        )}
        {versions.length > 1 && (
          <Segmented
            label={t('exams.print.versions')}
            value={version}
            choices={[
              { value: 'all', label: t('exams.print.all') },
              ...versionLetters
                .filter((letter) => versions.some((each) => each.letter === letter))
                .map((letter) => ({ value: letter, label: letter })),
            ]}
            onChange={choose(setVersion)}
          />
        )}
      </div>
      <FileOutcome failure={stage.is === 'choosing' && stage.hasFailed ? t('exams.print.notMade') : undefined}>
        {stage.is === 'making' && (
          <>
            <p>{t('exams.print.making')}</p>
            <ProgressBar label={t('exams.print.making')} share={undefined} />
          </>
        )}
        {stage.is === 'made' && (
          <MadeFileLine file={stage.file} about={t('exams.print.pages', { count: stage.pages })} />
        )}
      </FileOutcome>
    </Sheet>
  );
}

interface MadeActionsProps {
  readonly examId: string;
  readonly file: File;
  readonly onDone: () => void;
}

function MadeActions({ examId, file, onDone }: MadeActionsProps) {
  const { t } = useTranslation();

  /** In a tab of its own, where the browser's PDF viewer prints it. */
  async function print() {
    const url = URL.createObjectURL(file);
    window.open(url, '_blank', 'noopener');
    // The viewer reads it in a moment; a minute is more than it needs.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    await notePrinted(examId);
  }

  async function noteAndClose() {
    await notePrinted(examId);
    onDone();
  }

  return (
    <MadeFileActions file={file} onDone={noteAndClose}>
      <Button icon={Printer} onPress={() => void print()}>
        {t('exams.print.now')}
      </Button>
    </MadeFileActions>
  );
}
