import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { asFailure } from '#contract/failures.ts';
import { pickFiles } from '#src/capture/pick-files.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import { useTitle } from '#src/ui/use-title.ts';
import { purgeDeletedForms, theFormFlow } from './flow.ts';
import styles from './forms-screen.module.css';
import { type ListedForm, useForms } from './use-forms.ts';

/** The forms whose boxes were drawn, and a new one from a photo. */
export function FormsScreen() {
  const { t } = useTranslation();
  const forms = useForms();
  useTitle(t('forms.title'));
  useEffect(() => {
    purgeDeletedForms().catch((cause: unknown) => console.error(cause));
  }, []);
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>{t('forms.title')}</h1>
        <p className={styles.quiet}>{t('forms.help')}</p>
      </header>
      <NewForm />
      {forms !== undefined && forms.length > 0 && (
        <ul className={styles.list} aria-label={t('forms.list')}>
          {forms.map((each) => (
            <FormLine key={each.form.id} {...each} />
          ))}
        </ul>
      )}
    </div>
  );
}

function NewForm() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isWorking, setIsWorking] = useState(false);
  const [problem, setProblem] = useState('');
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  async function start() {
    const [file] = await pickFiles();
    if (file === undefined) return;
    const work = new AbortController();
    stop.current = work;
    setIsWorking(true);
    setProblem('');
    try {
      const name = file.name.replace(/\.[^.]+$/, '').slice(0, 80);
      await navigate(`/tools/read-boxes/${await theFormFlow().createForm(file, name, work.signal)}`);
    } catch (cause) {
      const failure = asFailure(cause);
      if (failure.code === 'internal') console.error(cause);
      if (failure.code !== 'cancelled') setProblem(failureSentence(t, failure, file.name));
    }
    setIsWorking(false);
  }

  return (
    <div className={styles.start}>
      {isWorking ? (
        <Button onPress={() => stop.current?.abort()}>{t('controls.cancel')}</Button>
      ) : (
        <Button kind="primary" icon={Plus} onPress={() => void start()}>
          {t('forms.new')}
        </Button>
      )}
      <output className={styles.quiet}>{isWorking ? t('forms.opening') : t('forms.newHelp')}</output>
      {problem !== '' && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  );
}

function FormLine({ form, pages }: ListedForm) {
  const { t } = useTranslation();
  const name = form.name === '' ? t('forms.unnamed') : form.name;

  async function remove() {
    const undo = await theFormFlow().deleteForm(form.id);
    showToast({
      text: t('forms.deleted', { name }),
      action: { label: t('controls.undo'), onAction: () => void undo() },
    });
  }

  return (
    <li className={styles.form}>
      <Link className={styles.link ?? ''} to={`/tools/read-boxes/${form.id}`}>
        <strong>{name}</strong>
        <span className={styles.quiet}>
          {[t('forms.rowCount', { count: form.rows.length }), t('forms.pageCount', { count: pages })].join(' · ')}
        </span>
      </Link>
      <IconButton icon={Trash2} label={t('forms.delete', { name })} onPress={() => void remove()} />
    </li>
  );
}
