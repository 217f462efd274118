import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';

import type { ExamRecord } from '#src/store/records.ts';
import { DesignAbout } from './design-about.tsx';
import { DesignPreview } from './design-preview.tsx';
import { DesignQuestions } from './design-questions.tsx';
import { DesignSheet } from './design-sheet.tsx';
import styles from './design-step.module.css';
import { DesignVersions } from './design-versions.tsx';
import { useChangeExam } from './exam-change.ts';

const TemplateEditor = lazy(async () => ({ default: (await import('./template-editor.tsx')).TemplateEditor }));

/** What is asked and how it is printed, with the printed page beside it. */
export function DesignStep({ record }: { readonly record: ExamRecord }) {
  const change = useChangeExam(record.id);
  if (record.exam.origin !== 'own') return <GivenDesign record={record} />;
  return (
    <div className={styles.layout}>
      <div className={styles.form}>
        <DesignAbout record={record} change={change} />
        <DesignQuestions exam={record.exam} change={change} />
        <DesignSheet exam={record.exam} change={change} />
        <DesignVersions exam={record.exam} change={change} />
      </div>
      <DesignPreview record={record} />
    </div>
  );
}

/** An exam on a sheet that Papel did not lay out: imported as it is, or drawn over its picture. */
function GivenDesign({ record }: { readonly record: ExamRecord }) {
  const { t } = useTranslation();
  const change = useChangeExam(record.id);
  const { exam, design } = record;
  return (
    <div className={styles.form}>
      {exam.origin === 'drawn' && design !== undefined ? (
        <Suspense fallback={<p className={styles.note}>{t('controls.loading')}</p>}>
          <TemplateEditor record={{ ...record, design }} />
        </Suspense>
      ) : (
        <p className={styles.caution}>{t('exams.preview.given')}</p>
      )}
      <DesignAbout record={record} change={change} />
      {exam.questions.length > 0 && <DesignQuestions exam={exam} change={change} />}
    </div>
  );
}
