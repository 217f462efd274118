import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import type { ExamRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Select } from '#src/ui/controls/select.tsx';
import { TextField } from '#src/ui/controls/text-field.tsx';
import styles from './design-step.module.css';
import type { ChangeExam } from './exam-change.ts';
import { ExamTextField } from './exam-text-field.tsx';
import { chooseRoster } from './flow.ts';
import { findUnfitNumbers, fitNumberDigits } from './roster-fit.ts';
import { useRosters } from './use-exams.ts';

/** What the exam is called, when it is, and whose it is. */
export function DesignAbout({ record, change }: { readonly record: ExamRecord; readonly change: ChangeExam }) {
  const { t } = useTranslation();
  const { title, subject, date, className } = record.exam;
  return (
    <section className={styles.section} aria-labelledby="design-about">
      <h2 id="design-about">{t('exams.about.heading')}</h2>
      <ExamTextField
        label={t('exams.about.title')}
        value={title}
        maxLength={120}
        placeholder={t('exams.about.titleExample')}
        onSave={(text) => change((exam) => ({ ...exam, title: text }))}
      />
      <div className={styles.pair}>
        <ExamTextField
          label={t('exams.about.subject')}
          value={subject}
          maxLength={80}
          onSave={(text) => change((exam) => ({ ...exam, subject: text }))}
        />
        <TextField
          label={t('exams.about.date')}
          type="date"
          value={date}
          onChange={(text) => change((exam) => ({ ...exam, date: text }))}
        />
      </div>
      <div className={styles.pair}>
        <ClassList record={record} change={change} />
        <ExamTextField
          label={t('exams.about.className')}
          value={className}
          maxLength={80}
          onSave={(text) => change((exam) => ({ ...exam, className: text }))}
        />
      </div>
    </section>
  );
}

const noList = 'none';

function ClassList({ record, change }: { readonly record: ExamRecord; readonly change: ChangeExam }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const listed = useRosters();
  const rosters = listed ?? [];
  const chosen = rosters.find(({ id }) => id === record.rosterId);
  const unfit = chosen === undefined ? [] : findUnfitNumbers(record.exam, chosen.roster.students);
  const fromExam = `/sheets/classes/new?exam=${record.id}`;

  function choose(id: string) {
    const roster = rosters.find((each) => each.id === id);
    void chooseRoster(record.id, roster?.id);
    // The class's name is on the sheet: taken from its list, unless someone wrote another.
    const earlier = chosen?.roster.name ?? '';
    if (roster === undefined) return;
    change((exam) => {
      const fitting = fitNumberDigits(exam, roster.roster.students);
      return exam.className === '' || exam.className === earlier
        ? { ...fitting, className: roster.roster.name }
        : fitting;
    });
  }

  if (listed === undefined) return <div className={styles.listChoice} />;
  if (rosters.length === 0) {
    return (
      <div className={styles.listChoice}>
        <span className={styles.label}>{t('exams.classes.one')}</span>
        <Button onPress={() => void navigate(fromExam)}>{t('exams.classes.new')}</Button>
      </div>
    );
  }
  return (
    <div className={styles.listChoice}>
      <Select
        label={t('exams.classes.one')}
        value={chosen?.id ?? noList}
        choices={[
          { value: noList, label: t('exams.classes.none') },
          ...rosters
            .toSorted((a, b) => a.roster.name.localeCompare(b.roster.name))
            .map(({ id, roster }) => ({
              value: id,
              label: t('exams.classes.choice', { name: roster.name, count: roster.students.length }),
            })),
        ]}
        onChange={choose}
      />
      {unfit.length > 0 && (
        <p className={styles.caution}>
          {t('exams.classes.unfit', { count: unfit.length, number: unfit[0]?.number ?? '' })}
        </p>
      )}
      <p className={styles.links}>
        {chosen !== undefined && (
          <Link to={`/sheets/classes/${chosen.id}?exam=${record.id}`}>{t('exams.classes.edit')}</Link>
        )}
        <Link to={fromExam}>{t('exams.classes.new')}</Link>
      </p>
    </div>
  );
}
