import { EllipsisVertical, RefreshCw, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { FormPageRecord, FormRecord, FormRow } from '#src/store/records.ts';
import { IconButton } from '#src/ui/controls/button.tsx';
import { Menu } from '#src/ui/controls/menu.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import { theFormFlow } from './flow.ts';
import styles from './form-pages.module.css';
import { valuesOf } from './form-rows.ts';

interface FormTableProps {
  readonly form: FormRecord;
  readonly pages: readonly FormPageRecord[];
}

/** A line a page, a column a row of boxes; what is doubtful is tinted and said. */
export function FormTable({ form, pages }: FormTableProps) {
  const { t } = useTranslation();
  return (
    // Wide tables scroll inside their own box, which the keyboard must reach.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.scroller} tabIndex={0} aria-label={t('forms.table')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('forms.page')}</th>
            {form.rows.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">
              <span className={styles.unseen}>{t('forms.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {pages.map((page, at) => (
            <Line key={page.id} form={form} page={page} number={at + 1} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({
  form,
  page,
  number,
}: {
  readonly number: number;
  readonly page: FormPageRecord;
  readonly form: FormRecord;
}) {
  const { t } = useTranslation();

  async function remove() {
    const undo = await theFormFlow().deletePages([page.id]);
    showToast({
      text: t('forms.pagesDeleted', { count: 1 }),
      action: { label: t('controls.undo'), onAction: () => void undo() },
    });
  }

  return (
    <tr>
      <th scope="row">
        {number} <span className={styles.file}>{page.fileName}</span>
      </th>
      {page.state === 'failed' && page.failure !== undefined ? (
        <td colSpan={form.rows.length} className={styles.failed}>
          {failureSentence(t, page.failure, page.fileName)}
        </td>
      ) : (
        form.rows.map((row) => (
          <td key={row.id}>
            <Cell row={row} page={page} />
          </td>
        ))
      )}
      <td className={styles.menu}>
        <Menu
          label={t('forms.more', { number })}
          trigger={<IconButton icon={EllipsisVertical} label={t('forms.more', { number })} />}
          actions={[
            {
              id: 'again',
              label: t('forms.readAgain'),
              icon: RefreshCw,
              onAction: () => void theFormFlow().readAgain(form.id, page.id),
            },
            {
              id: 'delete',
              label: t('forms.deletePage'),
              icon: Trash2,
              isDanger: true,
              onAction: () => void remove(),
            },
          ]}
        />
      </td>
    </tr>
  );
}

function Cell({ row, page }: { readonly row: FormRow; readonly page: FormPageRecord }) {
  const { t } = useTranslation();
  const values = valuesOf(row, page);
  if (values.length === 0) return <span className={styles.quiet}>…</span>;
  if (values.every(({ value, isDoubtful }) => value === '' && !isDoubtful))
    return <span className={styles.quiet}>{t('forms.empty')}</span>;
  const doubtful = values.filter(({ isDoubtful }) => isDoubtful).length;
  return (
    <>
      <span className={styles.characters}>
        {values.map(({ key, value, isDoubtful }) =>
          isDoubtful ? (
            <mark key={key} className={styles.doubtful}>
              {value || '?'}
            </mark>
          ) : (
            <span key={key}>{value || '\u00A0'}</span>
          ),
        )}
      </span>
      {doubtful > 0 && <span className={styles.unseen}>{t('forms.doubtful', { count: doubtful })}</span>}
    </>
  );
}
