import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useTitle } from '#src/ui/use-title.ts';
import styles from './plain-screen.module.css';

export function NotFoundScreen() {
  const { t } = useTranslation();
  useTitle(t('app.notFound.title'));
  return (
    <div className={styles.screen}>
      <h1>{t('app.notFound.title')}</h1>
      <p>{t('app.notFound.text')}</p>
      <Link to="/library">{t('app.notFound.toLibrary')}</Link>
    </div>
  );
}
