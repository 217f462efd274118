import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useTitle } from '#src/ui/use-title.ts';
import styles from './document-screen.module.css';

export function MissingDocument() {
  const { t } = useTranslation();
  useTitle(t('app.notFound.title'));
  return (
    <section className={styles.empty}>
      <h1>{t('app.notFound.title')}</h1>
      <p>{t('app.notFound.text')}</p>
      <Link to="/library">{t('app.notFound.toLibrary')}</Link>
    </section>
  );
}
