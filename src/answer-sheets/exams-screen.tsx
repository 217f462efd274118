import { FileInput, LayoutTemplate, Plus, Users } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { Button } from '#src/ui/controls/button.tsx';
import { Menu } from '#src/ui/controls/menu.tsx';
import { useTitle } from '#src/ui/use-title.ts';
import { DueExams } from './due-exams.tsx';
import { ExamRow } from './exam-row.tsx';
import { useExamImport } from './exam-import.ts';
import styles from './exams-screen.module.css';
import { useNewExam } from './exam-new.ts';
import { type ListedExam, useExams } from './use-exams.ts';

const TemplateStart = lazy(async () => ({ default: (await import('./template-start.tsx')).TemplateStart }));

/**
 * What is left to review is told from the sheets themselves, some 50 kB each: of the exams that a teacher is at, and not of a year's
 * archive.
 */
const examsLookedInto = 6;
const sheetsLookedInto = 200;

/** All exams: how far each is, a new one, one from a file. */
export function ExamsScreen() {
  const { t } = useTranslation();
  const exams = useExams();
  useTitle(t('exams.title'));
  if (exams === undefined) return <p className={styles.quiet}>{t('controls.loading')}</p>;
  return exams.length === 0 ? <NoExams /> : <Exams exams={exams} />;
}

function useStart() {
  const navigate = useNavigate();
  const newExam = useNewExam();
  return async () => {
    const examId = await newExam();
    if (examId !== undefined) await navigate(`/sheets/${examId}/design`);
  };
}

/** An exam that someone else made, or a sheet that Papel did not. */
function ImportMenu() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const importExam = useExamImport();
  const [isStarting, setIsStarting] = useState(false);

  async function takeIn() {
    const examId = await importExam();
    if (examId !== undefined) await navigate(`/sheets/${examId}/design`);
  }

  return (
    <>
      <Menu
        label={t('exams.list.import')}
        trigger={<Button icon={FileInput}>{t('exams.list.import')}</Button>}
        actions={[
          { id: 'exam', label: t('exams.list.importExam'), icon: FileInput, onAction: () => void takeIn() },
          {
            id: 'other',
            label: t('exams.list.importOther'),
            icon: LayoutTemplate,
            onAction: () => setIsStarting(true),
          },
        ]}
      />
      {isStarting && (
        <Suspense>
          <TemplateStart onClose={() => setIsStarting(false)} />
        </Suspense>
      )}
    </>
  );
}

function NoExams() {
  const { t } = useTranslation();
  const start = useStart();
  return (
    <section className={styles.empty}>
      <h1>{t('exams.title')}</h1>
      <p>{t('exams.list.empty')}</p>
      <div className={styles.emptyActions}>
        <Button kind="primary" icon={Plus} onPress={() => void start()}>
          {t('exams.list.new')}
        </Button>
        <ImportMenu />
        <Link className={styles.link} to="/sheets/classes">
          {t('exams.classes.title')}
        </Link>
      </div>
    </section>
  );
}

function Exams({ exams }: { readonly exams: readonly ListedExam[] }) {
  const { t } = useTranslation();
  const start = useStart();
  const navigate = useNavigate();
  const newestFirst = exams.toSorted((a, b) => b.record.updatedAt - a.record.updatedAt);
  return (
    <>
      <header className={styles.header}>
        <h1>{t('exams.title')}</h1>
        <div className={styles.actions}>
          <Button kind="quiet" icon={Users} onPress={() => void navigate('/sheets/classes')}>
            {t('exams.classes.title')}
          </Button>
          <ImportMenu />
          <Button kind="primary" icon={Plus} onPress={() => void start()}>
            {t('exams.list.new')}
          </Button>
        </div>
      </header>
      <DueExams />
      <ul className={styles.list} aria-label={t('exams.title')}>
        {newestFirst.map((exam, place) => (
          <ExamRow
            key={exam.record.id}
            {...exam}
            looksInside={place < examsLookedInto && exam.sheets.total <= sheetsLookedInto}
          />
        ))}
      </ul>
    </>
  );
}
