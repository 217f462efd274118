import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Student } from '#contract/exams.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import styles from './roster-screen.module.css';

type ChangeStudents = (change: (students: readonly Student[]) => readonly Student[]) => void;

interface RosterTableProps {
  readonly students: readonly Student[];
  readonly onChange: ChangeStudents;
}

const columns = [
  { key: 'number', most: 20 },
  { key: 'lastName', most: 80 },
  { key: 'firstName', most: 80 },
  { key: 'section', most: 80 },
] as const satisfies readonly { readonly key: keyof Student; readonly most: number }[];

/** A class is shown whole; a year group step by step, as every row has four fields. */
const rowsAtOnce = 100;

/** Students to change, with what is wrong about their numbers. */
export function RosterTable({ students, onChange }: RosterTableProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(rowsAtOnce);
  const twice = findTwice(students);

  function remove(student: Student) {
    const place = students.indexOf(student);
    onChange((before) => before.filter(({ id }) => id !== student.id));
    showToast({
      text: t('exams.classes.removed', { name: nameOf(student) }),
      action: {
        label: t('controls.undo'),
        onAction: () => onChange((before) => before.toSpliced(place, 0, student)),
      },
    });
  }

  return (
    <>
      {twice.length > 0 && (
        <p className={styles.caution}>
          {t('exams.classes.twice', { count: twice.length, list: twice.slice(0, 5).join(', ') })}
        </p>
      )}
      <div className={styles.scroller}>
        <table className={styles.table}>
          <caption className={styles.unseen}>{t('exams.classes.table')}</caption>
          <thead>
            <tr>
              {columns.map(({ key }) => (
                <th key={key} scope="col">
                  {t(`exams.classes.columns.${key}`)}
                </th>
              ))}
              <th scope="col">
                <span className={styles.unseen}>{t('controls.remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {students.slice(0, shown).map((student, index) => (
              <Row key={student.id} student={student} place={index + 1} onChange={onChange} onRemove={remove} />
            ))}
          </tbody>
        </table>
      </div>
      {students.length > shown && (
        <Button onPress={() => setShown(shown + rowsAtOnce)}>
          {t('exams.classes.more', { count: students.length - shown })}
        </Button>
      )}
    </>
  );
}

interface RowProps {
  readonly student: Student;
  readonly place: number;
  readonly onChange: ChangeStudents;
  readonly onRemove: (student: Student) => void;
}

function Row({ student, place, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  return (
    <tr>
      {columns.map(({ key, most }) => (
        <td key={key}>
          <input
            className={styles.cell}
            value={student[key]}
            maxLength={most}
            autoComplete="off"
            spellCheck={false}
            inputMode={key === 'number' ? 'numeric' : 'text'}
            aria-label={t('exams.classes.cell', { column: t(`exams.classes.columns.${key}`), row: place })}
            onChange={(event) => {
              const { value } = event.target;
              onChange((before) => before.map((each) => (each.id === student.id ? { ...each, [key]: value } : each)));
            }}
          />
        </td>
      ))}
      <td>
        <IconButton
          icon={X}
          label={t('exams.classes.removeRow', { name: nameOf(student) || String(place) })}
          onPress={() => onRemove(student)}
        />
      </td>
    </tr>
  );
}

function nameOf({ number, lastName, firstName }: Student): string {
  const name = [lastName, firstName].filter((part) => part !== '').join(', ');
  return name === '' ? number : name;
}

/** Numbers that several students have: their sheets could not be told apart. */
function findTwice(students: readonly Student[]): readonly string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { number } of students) {
    if (number === '') continue;
    if (seen.has(number)) twice.add(number);
    seen.add(number);
  }
  return [...twice];
}
