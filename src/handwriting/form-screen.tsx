import { ArrowLeft, Square, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { type FormRecord, type FormRow, newId } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { TextField } from '#src/ui/controls/text-field.tsx';
import { type History, record, startHistory, undo } from '#src/ui/history.ts';
import { useTitle } from '#src/ui/use-title.ts';
import { theFormFlow } from './flow.ts';
import { FormPages } from './form-pages.tsx';
import { RowFields } from './form-row-fields.tsx';
import { guessCount } from './form-rows.ts';
import styles from './form-screen.module.css';
import { FormStage } from './form-stage.tsx';
import { useForm, useFormPicture } from './use-forms.ts';

/** One form: its boxes, drawn once, and what is written in them on every page. */
export function FormScreen() {
  const { t } = useTranslation();
  const { formId = '' } = useParams();
  const form = useForm(formId);
  useTitle(form?.name ?? t('forms.title'));
  if (form === undefined) return <div className={styles.screen} aria-busy />;
  if (form === null)
    return (
      <section className={styles.screen}>
        <h1>{t('forms.gone')}</h1>
        <Link to="/tools/read-boxes">{t('forms.back')}</Link>
      </section>
    );
  return <OpenForm key={form.id} form={form} />;
}

function OpenForm({ form }: { readonly form: FormRecord }) {
  const { t } = useTranslation();
  const [name, setName] = useState(form.name);
  useEffect(() => {
    // What a closed tab left unread.
    void theFormFlow().readWaiting(form.id);
  }, [form.id]);
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <Link className={styles.back ?? ''} to="/tools/read-boxes">
          <ArrowLeft size={20} aria-hidden />
          {t('forms.back')}
        </Link>
        <h1 className={styles.title}>{form.name === '' ? t('forms.unnamed') : form.name}</h1>
        <TextField
          label={t('forms.name')}
          value={name}
          maxLength={80}
          onChange={setName}
          onBlur={() => void theFormFlow().renameForm(form.id, name.trim())}
        />
      </header>
      <Boxes form={form} />
      <FormPages form={form} />
    </div>
  );
}

/** The editor: rows of boxes over the picture of the form. */
function Boxes({ form }: { readonly form: FormRecord }) {
  const { t } = useTranslation();
  const picture = useFormPicture(form.id);
  const [history, setHistory] = useState<History<readonly FormRow[]>>(() => startHistory(form.rows));
  const [selectedId, setSelectedId] = useState<string>();
  const [isDrawing, setIsDrawing] = useState(form.rows.length === 0);
  const rows = history.present;
  const selected = rows.find(({ id }) => id === selectedId);

  function keep(next: History<readonly FormRow[]>) {
    setHistory(next);
    void theFormFlow().setRows(form.id, next.present);
  }
  const change = (next: readonly FormRow[]) => keep(record(history, next));
  const changeRow = (changed: FormRow) => change(rows.map((row) => (row.id === changed.id ? changed : row)));

  function add(place: FormRow['place']) {
    const row: FormRow = {
      id: newId(),
      name: t('forms.rowName', { number: rows.length + 1 }),
      holds: 'digits',
      count: guessCount(place),
      place,
    };
    change([...rows, row]);
    setSelectedId(row.id);
    setIsDrawing(false);
  }

  function addInTheMiddle() {
    const { width, height } = form.size;
    const box = Math.round(width / 30);
    add({ left: Math.round(width / 2) - 3 * box, top: Math.round(height / 2), width: 6 * box, height: box });
  }

  return (
    <section className={styles.editor} aria-labelledby="form-boxes">
      <div className={styles.drawing}>
        <div className={styles.bar}>
          <h2 id="form-boxes">{t('forms.boxes')}</h2>
          <Button kind="quiet" icon={Undo2} isDisabled={history.past.length === 0} onPress={() => keep(undo(history))}>
            {t('controls.undo')}
          </Button>
        </div>
        <p className={styles.quiet}>{isDrawing ? t('forms.drawHelp') : t('forms.moveHelp')}</p>
        <FormStage
          picture={picture}
          size={form.size}
          rows={rows}
          selectedId={selectedId}
          isDrawing={isDrawing}
          onDraw={add}
          onSelect={setSelectedId}
          onMove={(row, place) => changeRow({ ...row, place })}
        />
      </div>
      <div className={styles.panel}>
        <div className={styles.buttons}>
          <Button
            kind={rows.length === 0 ? 'primary' : 'plain'}
            icon={Square}
            aria-pressed={isDrawing}
            onPress={() => setIsDrawing(!isDrawing)}
          >
            {t('forms.draw')}
          </Button>
          <Button kind="quiet" onPress={addInTheMiddle}>
            {t('forms.addInTheMiddle')}
          </Button>
        </div>
        {rows.length > 0 && (
          <ul className={styles.rows} aria-label={t('forms.rows')}>
            {rows.map((row) => (
              <li key={row.id}>
                <Button
                  kind="quiet"
                  wide
                  aria-pressed={row.id === selectedId}
                  className={styles.row ?? ''}
                  onPress={() => setSelectedId(row.id)}
                >
                  {row.name} · {t('forms.boxCount', { count: row.count })}
                </Button>
              </li>
            ))}
          </ul>
        )}
        {selected !== undefined && (
          <RowFields
            key={selected.id}
            row={selected}
            onChange={changeRow}
            onRename={(newName) => {
              const renamed = rows.map((row) => (row.id === selected.id ? { ...row, name: newName } : row));
              setHistory(record(history, renamed, `name ${selected.id}`));
              void theFormFlow().renameRow(form.id, selected.id, newName);
            }}
            onDelete={() => change(rows.filter(({ id }) => id !== selected.id))}
          />
        )}
      </div>
    </section>
  );
}
