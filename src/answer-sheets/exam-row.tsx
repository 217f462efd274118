import { Copy, EllipsisVertical, FileOutput, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ExamRecord } from '#src/store/records.ts';
import { IconButton } from '#src/ui/controls/button.tsx';
import { Menu } from '#src/ui/controls/menu.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { useExamExport } from './exam-export.ts';
import { useLeftToReview } from './exam-progress.ts';
import { useExamDate, useExamTitle } from './exam-title.ts';
import styles from './exams-screen.module.css';
import { changeExam, deleteExams, duplicateExam } from './flow.ts';
import type { ListedExam } from './use-exams.ts';

interface ExamRowProps extends ListedExam {
  /** Whether its sheets are looked at, for what is left to review. */
  readonly looksInside: boolean;
}

/** An exam in the list: what it is, how far it is, and what can be done with it. */
export function ExamRow({ record, sheets, looksInside }: ExamRowProps) {
  const { t } = useTranslation();
  const title = useExamTitle()(record);
  const date = useExamDate()(record.exam.date);
  const exportExam = useExamExport();
  const { className, subject, questions } = record.exam;
  const facts = [subject, className, date, t('exams.list.questions', { count: questions.length })].filter(
    (fact) => fact !== '',
  );
  const waiting = sheets.waiting + sheets.reading;
  const progress = [
    record.printedAt !== undefined && t('exams.list.printed'),
    sheets.read > 0 && t('exams.list.read', { count: sheets.read }),
    waiting > 0 && t('exams.list.waiting', { count: waiting }),
    sheets.failed > 0 && t('exams.list.failed', { count: sheets.failed }),
  ].filter((state) => state !== false);

  async function duplicate() {
    const copyId = await duplicateExam(record.id);
    const copied = t('exams.list.copy', { title }).slice(0, 120);
    await changeExam(copyId, (exam) => ({ ...exam, title: copied }));
  }

  async function remove() {
    const undo = await deleteExams([record.id]);
    showToast({
      text: t('exams.list.deleted', { title }),
      action: { label: t('controls.undo'), onAction: () => void undo() },
    });
  }

  return (
    <li className={styles.exam}>
      <div className={styles.words}>
        <h2 className={styles.name}>
          <Link to={`/sheets/${record.id}/${sheets.total > 0 ? 'review' : 'design'}`}>{title}</Link>
        </h2>
        <p className={styles.facts}>{facts.join(' · ')}</p>
      </div>
      <p className={styles.progress}>
        {(progress.length === 0 ? [t('exams.list.draft')] : progress).map((state) => (
          <span key={state} className={styles.state}>
            {state}
          </span>
        ))}
        {looksInside && sheets.read > 0 && <ReviewState record={record} isReading={waiting > 0} />}
      </p>
      <Menu
        label={t('exams.list.menu', { title })}
        trigger={<IconButton icon={EllipsisVertical} label={t('exams.list.menu', { title })} />}
        actions={[
          {
            id: 'duplicate',
            label: t('exams.list.duplicate'),
            icon: Copy,
            onAction: () => void duplicate(),
          },
          {
            id: 'export',
            label: t('exams.list.export'),
            icon: FileOutput,
            onAction: () => void exportExam(record),
          },
          { id: 'delete', label: t('controls.delete'), icon: Trash2, isDanger: true, onAction: () => void remove() },
        ]}
      />
    </li>
  );
}

function ReviewState({ record, isReading }: { readonly record: ExamRecord; readonly isReading: boolean }) {
  const { t } = useTranslation();
  const left = useLeftToReview(record);
  if (left === undefined || (left === 0 && isReading)) return null;
  return (
    <span className={left === 0 ? styles.finished : styles.open}>
      {left === 0 ? t('exams.list.done') : t('exams.list.toReview', { count: left })}
    </span>
  );
}
