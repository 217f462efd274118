import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useRegion } from '#src/regions/regions.ts';
import { useSettings } from '#src/store/use-settings.ts';
import { useTitle } from '#src/ui/use-title.ts';
import { tools } from './tools.ts';
import styles from './tools-screen.module.css';

/** What is switched on here, and the way to what could be. */
export function ToolsScreen() {
  const { t } = useTranslation();
  const { features } = useRegion().config;
  const settings = useSettings();
  const offered = tools.filter(({ isOn }) => isOn({ features, settings }));
  const hasMore = features['face-detection'].isOn && !settings.findsFaces;
  useTitle(t('tools.title'));

  return (
    <div className={styles.screen}>
      <h1>{t('tools.title')}</h1>
      {offered.length > 0 && (
        <ul className={styles.tools}>
          {offered.map(({ path, icon: Icon, title, text }) => (
            <li key={path}>
              <Link to={path} className={styles.tool ?? ''}>
                <span className={styles.icon}>
                  <Icon size={26} aria-hidden />
                </span>
                <span className={styles.words}>
                  <span className={styles.title}>{t(title)}</span>
                  <span className={styles.text}>{t(text)}</span>
                </span>
                <ChevronRight size={20} aria-hidden />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {offered.length === 0 && !hasMore && (
        <section className={styles.note}>
          <h2>{t('tools.none')}</h2>
          <p>{t('tools.noneHelp')}</p>
          <Link to="/settings">{t('tools.toSettings')}</Link>
        </section>
      )}
      {hasMore && (
        <section className={styles.note}>
          <p>{t('tools.more')}</p>
          <Link to="/settings">{t('tools.toSettings')}</Link>
        </section>
      )}
    </div>
  );
}
