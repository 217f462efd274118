import { ArrowLeft } from 'lucide-react';
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useParams } from 'react-router';

import type { ExamRecord } from '#src/store/records.ts';
import { IconButton } from '#src/ui/controls/button.tsx';
import { StepRow } from '#src/ui/controls/step-row.tsx';
import { useTitle } from '#src/ui/use-title.ts';
import styles from './exam-screen.module.css';
import { type ExamStep, examSteps, useExamProgress } from './exam-progress.ts';
import { useExamDate, useExamTitle } from './exam-title.ts';
import { useExam } from './use-exams.ts';

/** Each step is a chunk of its own: who designs does not wait for the charts of the results. */
const screens = {
  design: lazy(async () => ({ default: (await import('./design-step.tsx')).DesignStep })),
  key: lazy(async () => ({ default: (await import('./key-step.tsx')).KeyStep })),
  read: lazy(async () => ({ default: (await import('./read-step.tsx')).ReadStep })),
  review: lazy(async () => ({ default: (await import('./review-step.tsx')).ReviewStep })),
  results: lazy(async () => ({ default: (await import('./results-step.tsx')).ResultsStep })),
} satisfies Record<ExamStep, unknown>;

/** One exam: its steps in a row, and the one that is open. */
export function ExamScreen() {
  const { examId = '', step: named } = useParams();
  const { t } = useTranslation();
  const record = useExam(examId);
  const step = examSteps.find((each) => each === named);
  if (record === null) return <MissingExam />;
  if (record === undefined) return <p className={styles.quiet}>{t('controls.loading')}</p>;
  if (step === undefined) return <Navigate to={`/sheets/${examId}/design`} replace />;
  return <OpenExam key={examId} record={record} step={step} />;
}

function MissingExam() {
  const { t } = useTranslation();
  useTitle(t('app.notFound.title'));
  return (
    <section className={styles.missing}>
      <h1>{t('exams.gone')}</h1>
      <p>{t('exams.goneHelp')}</p>
      <Link to="/sheets">{t('exams.back')}</Link>
    </section>
  );
}

function OpenExam({ record, step }: { readonly record: ExamRecord; readonly step: ExamStep }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const title = useExamTitle()(record);
  const date = useExamDate()(record.exam.date);
  const progress = useExamProgress(record);
  useTitle(`${t(`exams.steps.${step}`)} · ${title}`);
  const Step = screens[step];
  return (
    <>
      <header className={styles.header}>
        <IconButton icon={ArrowLeft} label={t('exams.back')} onPress={() => void navigate('/sheets')} />
        <div className={styles.words}>
          <h1 className={styles.name}>{title}</h1>
          <p className={styles.facts}>
            {[record.exam.subject, record.exam.className, date].filter((fact) => fact !== '').join(' · ')}
          </p>
        </div>
      </header>
      <StepRow
        label={t('exams.steps.label')}
        steps={examSteps.map((each) => ({
          to: `/sheets/${record.id}/${each}`,
          label: t(`exams.steps.${each}`),
          ...progress[each],
        }))}
      />
      <Suspense fallback={<p className={styles.quiet}>{t('controls.loading')}</p>}>
        <Step record={record} />
      </Suspense>
    </>
  );
}
