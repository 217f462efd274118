import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { Roster, Student } from '#contract/exams.ts';
import { type RosterRecord, newId } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { TextField } from '#src/ui/controls/text-field.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { deleteRosters, saveRoster } from './flow.ts';
import styles from './roster-screen.module.css';
import { RosterTable } from './roster-table.tsx';

/** Long enough for a slow typist's next key. */
const saveAfterMs = 400;

/** A class list to change by hand. What is typed is kept a moment later. */
export function RosterEditor({ record, back }: { readonly record: RosterRecord; readonly back: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [roster, setRoster] = useState<Roster>(record.roster);
  const kept = useRef(record.roster);
  const isGone = useRef(false);

  const keep = useEffectEvent((list: Roster) => {
    if (kept.current === list || isGone.current) return;
    kept.current = list;
    saveRoster(record.id, list).catch((cause: unknown) => {
      console.error(cause);
      showToast({ text: t('exams.notKept') });
    });
  });
  const keepLast = useEffectEvent(() => keep(roster));
  useEffect(() => {
    const timer = setTimeout(() => keep(roster), saveAfterMs);
    return () => clearTimeout(timer);
  }, [roster]);
  useEffect(() => () => keepLast(), []);

  async function remove() {
    isGone.current = true;
    const undo = await deleteRosters([record.id]);
    showToast({
      text: t('exams.classes.deleted', { name: roster.name }),
      action: { label: t('controls.undo'), onAction: () => void undo() },
    });
    await navigate(back);
  }

  return (
    <div className={styles.editor}>
      <TextField
        label={t('exams.classes.name')}
        value={roster.name}
        maxLength={80}
        onChange={(name) => setRoster((before) => ({ ...before, name }))}
      />
      <RosterTable
        students={roster.students}
        onChange={(change) => setRoster((before) => ({ ...before, students: [...change(before.students)] }))}
      />
      <div className={styles.actions}>
        <Button
          icon={Plus}
          onPress={() => setRoster((before) => ({ ...before, students: [...before.students, emptyStudent()] }))}
        >
          {t('exams.classes.add')}
        </Button>
        <Button kind="danger" icon={Trash2} onPress={() => void remove()}>
          {t('exams.classes.delete')}
        </Button>
      </div>
    </div>
  );
}

export function emptyStudent(): Student {
  return { id: newId(), number: '', lastName: '', firstName: '', section: '' };
}
