import { Check } from 'lucide-react';

import { classNames } from '#src/ui/controls/class-names.ts';
import styles from './charts.module.css';

export interface NamedBar {
  readonly key: string;
  readonly name: string;
  /** 0 to 1. */
  readonly share: number;
  /** As it is read. */
  readonly value: string;
  /** Said where the bar is the one that counts, such as the right answer; it is drawn stronger and ticked. */
  readonly strongWord?: string;
}

/** Bars one below the other, each with its name and its number: a list for whoever does not see them. */
export function BarList({ bars }: { readonly bars: readonly NamedBar[] }) {
  return (
    <ul className={styles.bars}>
      {bars.map(({ key, name, share, value, strongWord }) => (
        <li key={key} className={classNames(styles.barRow, strongWord !== undefined && styles.isStrong)}>
          <span className={styles.barName}>
            {name}
            {strongWord !== undefined && <Check size={16} strokeWidth={3} role="img" aria-label={strongWord} />}
          </span>
          <span className={styles.barValue}>{value}</span>
          <div className={styles.track} aria-hidden>
            <div className={styles.fill} style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
          </div>
        </li>
      ))}
    </ul>
  );
}
