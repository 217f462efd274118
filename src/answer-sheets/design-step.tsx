import type { ExamRecord } from '#src/store/records.ts';
import { DesignAbout } from './design-about.tsx';
import { DesignPreview } from './design-preview.tsx';
import { DesignQuestions } from './design-questions.tsx';
import { DesignSheet } from './design-sheet.tsx';
import styles from './design-step.module.css';
import { DesignVersions } from './design-versions.tsx';
import { useChangeExam } from './exam-change.ts';

/** What is asked and how it is printed, with the printed page beside it. */
export function DesignStep({ record }: { readonly record: ExamRecord }) {
  const change = useChangeExam(record.id);
  const isOwn = record.exam.origin === 'own';
  return (
    <div className={styles.layout}>
      <div className={styles.form}>
        <DesignAbout record={record} change={change} />
        <DesignQuestions exam={record.exam} change={change} />
        {isOwn && <DesignSheet exam={record.exam} change={change} />}
        {isOwn && <DesignVersions exam={record.exam} change={change} />}
      </div>
      <DesignPreview record={record} />
    </div>
  );
}
