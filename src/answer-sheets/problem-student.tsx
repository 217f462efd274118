import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Student } from '#contract/exams.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import type { Paper } from './papers.ts';
import styles from './problem-list.module.css';
import { listStudents } from './problem-students.ts';
import { nameOrNumber } from './read-words.ts';
import field from './problem-search.module.css';

interface StudentDialogProps {
  /** Of the sheet. */
  readonly number: number;
  /** As read on the sheet; empty for none. */
  readonly numberRead: string;
  readonly proposal: Student | undefined;
  readonly students: readonly Student[];
  /** To say who has a sheet already. */
  readonly papers: readonly Paper[];
  /** Whether the sheet's own code and number may decide again. */
  readonly canLetSheetDecide?: boolean;
  readonly onClose: () => void;
  /** Undefined lets the sheet decide. */
  readonly onChoose: (student: Student | undefined) => void;
}

/** The class list to choose from: type, arrow keys, Enter. The likeliest comes first. */
export function StudentDialog(props: StudentDialogProps) {
  const { number, numberRead, proposal, students, papers, canLetSheetDecide = false, onClose, onChoose } = props;
  const { t, i18n } = useTranslation();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const found = useMemo(
    () => listStudents(students, query, { proposal, language: i18n.language }),
    [students, query, proposal, i18n.language],
  );
  const withSheet = useMemo(() => new Set(papers.flatMap(({ student }) => student?.id ?? [])), [papers]);
  const at = Math.min(active, found.length - 1);
  const optionId = (index: number) => `${id}-${index}`;

  useEffect(() => {
    input.current?.focus();
  }, []);
  useEffect(() => {
    // Returns a promise in newer browsers, which is no clean-up.
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);

  function press(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setActive(Math.max(0, Math.min(found.length - 1, at + step)));
    else if (event.key === 'Enter') {
      const student = found[at];
      if (student !== undefined) onChoose(student);
    } else return;
    event.preventDefault();
  }

  return (
    <Dialog
      title={t('sheets.student.title', { number })}
      isOpen
      onOpenChange={onClose}
      {...(canLetSheetDecide
        ? { actions: <Button onPress={() => onChoose(undefined)}>{t('sheets.student.byItself')}</Button> }
        : {})}
    >
      {numberRead !== '' && <p className={styles.help}>{t('sheets.student.read', { number: numberRead })}</p>}
      {students.length === 0 ? (
        <p>{t('sheets.student.noList')}</p>
      ) : (
        <>
          <div className={styles.search}>
            <input
              ref={input}
              className={field.box}
              role="combobox"
              aria-expanded
              aria-controls={id}
              aria-activedescendant={at >= 0 ? optionId(at) : undefined}
              aria-autocomplete="list"
              aria-label={t('sheets.student.search')}
              placeholder={t('sheets.student.search')}
              autoComplete="off"
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                setActive(0);
              }}
              onKeyDown={press}
            />
          </div>
          {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select element cannot be searched by typing */}
          <div id={id} className={styles.students} role="listbox" aria-label={t('sheets.student.students')}>
            {found.map((student, index) => (
              // The keyboard's way is the field above, which says what is active.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
              <div
                key={student.id}
                id={optionId(index)}
                className={styles.student}
                // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as the list around it
                role="option"
                aria-selected={index === at}
                onClick={() => onChoose(student)}
              >
                <span className={styles.studentName}>
                  {nameOrNumber(student)} <span className={styles.help}>{student.number}</span>
                </span>
                <span className={styles.help}>
                  {student.id === proposal?.id
                    ? t('sheets.student.proposal')
                    : withSheet.has(student.id) && t('sheets.student.hasSheet')}
                </span>
              </div>
            ))}
            {found.length === 0 && <p className={styles.help}>{t('sheets.student.none', { query })}</p>}
          </div>
        </>
      )}
    </Dialog>
  );
}
