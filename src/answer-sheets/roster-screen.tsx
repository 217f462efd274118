import { ArrowLeft, Plus, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';

import type { RosterRecord } from '#src/store/records.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { useTitle } from '#src/ui/use-title.ts';
import { RosterEditor } from './roster-editor.tsx';
import { RosterImport } from './roster-import.tsx';
import styles from './roster-screen.module.css';
import { useRoster, useRosters } from './use-exams.ts';

/** Class lists: all of them, a new one, or one to change. `?exam=` names the exam that it is for, and the way back. */
export function RosterScreen() {
  const { rosterId } = useParams();
  const [search] = useSearchParams();
  const examId = search.get('exam') ?? undefined;
  if (rosterId === undefined) return <AllRosters />;
  if (rosterId === 'new') return <NewRoster examId={examId} />;
  return <OneRoster key={rosterId} rosterId={rosterId} examId={examId} />;
}

function Head({ title, back }: { readonly title: string; readonly back: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <header className={styles.header}>
      <IconButton
        icon={ArrowLeft}
        label={t(
          back.startsWith('/sheets/classes')
            ? 'exams.classes.backToAll'
            : back === '/sheets'
              ? 'exams.back'
              : 'exams.classes.backToExam',
        )}
        onPress={() => void navigate(back)}
      />
      <h1 className={styles.name}>{title}</h1>
    </header>
  );
}

function AllRosters() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const rosters = useRosters();
  useTitle(t('exams.classes.title'));
  return (
    <>
      <Head title={t('exams.classes.title')} back="/sheets" />
      {rosters === undefined ? (
        <p className={styles.note}>{t('controls.loading')}</p>
      ) : (
        <>
          {rosters.length === 0 ? (
            <p className={styles.empty}>{t('exams.classes.empty')}</p>
          ) : (
            <ul className={styles.list}>
              {rosters
                .toSorted((a, b) => a.roster.name.localeCompare(b.roster.name))
                .map((record) => (
                  <RosterLink key={record.id} record={record} />
                ))}
            </ul>
          )}
          <Button kind="primary" icon={Plus} onPress={() => void navigate('/sheets/classes/new')}>
            {t('exams.classes.new')}
          </Button>
        </>
      )}
    </>
  );
}

function RosterLink({ record }: { readonly record: RosterRecord }) {
  const { t } = useTranslation();
  const { name, students } = record.roster;
  return (
    <li>
      <Link className={styles.roster} to={`/sheets/classes/${record.id}`}>
        <Users size={22} aria-hidden />
        <span className={styles.rosterName}>{name}</span>
        <span className={styles.note}>{t('exams.classes.students', { count: students.length })}</span>
      </Link>
    </li>
  );
}

function NewRoster({ examId }: { readonly examId: string | undefined }) {
  const { t } = useTranslation();
  useTitle(t('exams.classes.new'));
  return (
    <>
      <Head title={t('exams.classes.new')} back={backOf(examId)} />
      <RosterImport examId={examId} />
    </>
  );
}

function OneRoster({ rosterId, examId }: { readonly rosterId: string; readonly examId: string | undefined }) {
  const { t } = useTranslation();
  const record = useRoster(rosterId);
  useTitle(record?.roster.name ?? t('exams.classes.title'));
  if (record === undefined) return <p className={styles.note}>{t('controls.loading')}</p>;
  if (record === null) {
    return (
      <>
        <Head title={t('exams.classes.title')} back={backOf(examId)} />
        <p className={styles.empty}>{t('exams.classes.gone')}</p>
      </>
    );
  }
  return (
    <>
      <Head title={record.roster.name} back={backOf(examId)} />
      <RosterEditor record={record} back={backOf(examId)} />
    </>
  );
}

function backOf(examId: string | undefined): string {
  return examId === undefined ? '/sheets/classes' : `/sheets/${examId}/design`;
}
