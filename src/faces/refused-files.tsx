import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { faceFailureSentence } from './face-failure.ts';
import type { HideState } from './hide-session.ts';
import styles from './hide-start.module.css';

/** Files that are no pictures, each with what is wrong with it. */
export function RefusedFiles({ refused }: { readonly refused: HideState['refused'] }) {
  const { t } = useTranslation();
  if (refused.length === 0) return null;
  return (
    <ul className={styles.refused} aria-live="polite">
      {refused.map(({ name, failure }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the list only grows, and files may have the same name
        <li key={index}>
          <TriangleAlert size={18} aria-hidden />
          {faceFailureSentence(t, failure, { fileName: name })}
        </li>
      ))}
    </ul>
  );
}
