import { Check } from 'lucide-react';

import { classNames } from '#src/ui/controls/class-names.ts';
import styles from './charts.module.css';

export interface OptionBar {
  readonly key: string;
  readonly name: string;
  readonly isRight: boolean;
  /** One for each group, in their order: 0 to 1, and as it is read. */
  readonly groups: readonly { readonly share: number; readonly value: string }[];
}

interface OptionChartProps {
  readonly options: readonly OptionBar[];
  readonly groups: readonly string[];
  /** Said of the right answer. */
  readonly rightWord: string;
}

/** Plain, dark and hatched: told apart without colours. */
const fills = [styles.fillPlain, styles.fillDark, styles.fillHatched];

/** Who chose what: for each option a bar a group. */
export function OptionChart({ options, groups, rightWord }: OptionChartProps) {
  return (
    <>
      <ul className={styles.legend}>
        {groups.map((group, index) => (
          <li key={group}>
            <span className={classNames(styles.swatch, fills[index])} aria-hidden />
            {group}
          </li>
        ))}
      </ul>
      <ul className={styles.options}>
        {options.map(({ key, name, isRight, groups: bars }) => (
          <li key={key} className={styles.option}>
            <span className={classNames(styles.optionName, isRight && styles.optionRight)}>
              {name}
              {isRight && (
                <>
                  <Check size={18} strokeWidth={3} aria-hidden />
                  <span className={styles.unseen}>{rightWord}</span>
                </>
              )}
            </span>
            <ul className={styles.groupBars}>
              {bars.map(({ share, value }, index) => (
                <li key={groups[index]} className={styles.groupBar}>
                  <span className={styles.unseen}>{groups[index]}</span>
                  <span className={styles.groupTrack} aria-hidden>
                    <span
                      className={classNames(styles.groupFill, fills[index])}
                      style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
                    />
                  </span>
                  <span className={styles.barValue}>{value}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}
