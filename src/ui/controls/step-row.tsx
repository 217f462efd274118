import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';

import styles from './step-row.module.css';

interface Step {
  readonly to: string;
  readonly label: string;
  /** How far it is, in a word or two; empty where there is nothing to say. */
  readonly state: string;
  readonly isDone: boolean;
}

interface StepRowProps {
  readonly label: string;
  readonly steps: readonly Step[];
}

/** The steps of one thing in one row, each an address of its own: to visit in any order. */
export function StepRow({ label, steps }: StepRowProps) {
  return (
    <nav aria-label={label} className={styles.row}>
      <ol className={styles.list}>
        {steps.map(({ to, label: name, state, isDone }, index) => (
          <li key={to} className={styles.place}>
            <NavLink to={to} replace className={styles.step ?? ''}>
              <StepNumber number={index + 1} isDone={isDone} />
              <span className={styles.name}>{name}</span>
              <span className={styles.state}>{state}</span>
            </NavLink>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepNumber({ number, isDone }: { readonly number: number; readonly isDone: boolean }) {
  const { t } = useTranslation();
  if (!isDone) {
    return (
      <span className={styles.number} aria-hidden>
        {number}
      </span>
    );
  }
  return (
    <span className={`${styles.number} ${styles.done}`}>
      <svg viewBox="0 0 16 16" width={14} height={14}>
        <title>{t('controls.done')}</title>
        <path d="M3 8.5 6.5 12 13 4.5" fill="none" stroke="currentColor" strokeWidth={2.5} />
      </svg>
    </span>
  );
}
