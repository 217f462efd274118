import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PageWarning } from '#contract/pages.ts';
import styles from './review-screen.module.css';

/** What was measured on the photo and stands against reading it, each with what to do. */
export function ReviewWarnings({ warnings }: { readonly warnings: readonly PageWarning[] }) {
  const { t } = useTranslation();
  if (warnings.length === 0) return null;
  return (
    <ul className={styles.warnings}>
      {warnings.map((warning) => (
        <li key={warning} className={styles.warning}>
          <TriangleAlert size={20} aria-hidden />
          {t(`review.warning.${warning}`)}
        </li>
      ))}
    </ul>
  );
}
