import { FilePlus2, FileSpreadsheet, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { pickFiles } from '#src/capture/pick-files.ts';
import type { FormPageRecord, FormRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import { useSaveFile } from '#src/ui/use-save-file.ts';
import { dialectOf, writeCsv } from '#src/ui/write-csv.ts';
import type { FormRefusal } from './create-form-flow.ts';
import { theFormFlow } from './flow.ts';
import styles from './form-pages.module.css';
import { FormReview } from './form-review.tsx';
import { listDoubts, tableRows } from './form-rows.ts';
import { FormTable } from './form-table.tsx';
import { useFormPages } from './use-forms.ts';

/** The filled pages: what was read in their boxes, what a person has to look at, and the way out of it. */
export function FormPages({ form }: { readonly form: FormRecord }) {
  const pages = useFormPages(form.id);
  return pages === undefined ? null : <Pages form={form} pages={pages} />;
}

interface PagesProps {
  readonly form: FormRecord;
  readonly pages: readonly FormPageRecord[];
}

function Pages({ form, pages }: PagesProps) {
  const { t, i18n } = useTranslation();
  const saveFile = useSaveFile();
  const [refused, setRefused] = useState<readonly FormRefusal[]>([]);
  const [isReviewing, setIsReviewing] = useState(false);
  const doubts = useMemo(() => listDoubts(form, pages), [form, pages]);
  const waiting = pages.filter(
    ({ state, revision }) => state === 'waiting' || (state === 'read' && revision !== form.revision),
  ).length;
  const hasRows = form.rows.length > 0;

  async function add() {
    const files = await pickFiles();
    if (files.length > 0) setRefused(await theFormFlow().addPages(form.id, files));
  }

  async function removeAll() {
    const undo = await theFormFlow().deletePages(pages.map(({ id }) => id));
    showToast({
      text: t('forms.pagesDeleted', { count: pages.length }),
      action: { label: t('controls.undo'), onAction: () => void undo() },
    });
  }

  async function save() {
    const columns = [t('forms.page'), t('forms.file'), ...form.rows.map(({ name }) => name), t('forms.toLookAt')];
    const csv = writeCsv(
      { columns: columns.map((title) => ({ title, width: 12 })), rows: tableRows(form, pages) },
      dialectOf(i18n.language),
    );
    const name = (form.name || t('forms.unnamed')).replaceAll(/[\\/:*?"<>|]/g, '-');
    await saveFile(new File([csv], `${name}.csv`, { type: 'text/csv;charset=utf-8' }));
  }

  return (
    <section className={styles.pages} aria-labelledby="form-pages">
      <div className={styles.bar}>
        <h2 id="form-pages">{t('forms.pages')}</h2>
        <div className={styles.buttons}>
          <Button
            kind={hasRows && pages.length === 0 ? 'primary' : 'plain'}
            icon={FilePlus2}
            isDisabled={!hasRows}
            onPress={() => void add()}
          >
            {t('forms.addPages')}
          </Button>
          {pages.length > 0 && (
            <>
              <Button icon={FileSpreadsheet} isDisabled={waiting > 0} onPress={() => void save()}>
                {t('forms.save')}
              </Button>
              <Button kind="danger" icon={Trash2} onPress={() => void removeAll()}>
                {t('forms.deletePages')}
              </Button>
            </>
          )}
        </div>
      </div>
      {!hasRows && <p className={styles.quiet}>{t('forms.noRows')}</p>}
      {hasRows && pages.length === 0 && <p className={styles.quiet}>{t('forms.noPages')}</p>}
      <output className={styles.quiet}>{waiting > 0 && t('forms.waiting', { count: waiting })}</output>
      {refused.length > 0 && (
        <ul className={styles.refused} role="alert">
          {refused.map(({ name, failure }) => (
            <li key={name}>{failureSentence(t, failure, name)}</li>
          ))}
        </ul>
      )}
      {doubts.length > 0 && !isReviewing && (
        <div>
          <Button kind="primary" onPress={() => setIsReviewing(true)}>
            {t('forms.review', { count: doubts.length })}
          </Button>
        </div>
      )}
      {isReviewing && <FormReview form={form} doubts={doubts} onClose={() => setIsReviewing(false)} />}
      {pages.length > 0 && <FormTable form={form} pages={pages} />}
    </section>
  );
}
