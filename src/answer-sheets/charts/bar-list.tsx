import styles from './charts.module.css';

interface NamedBar {
  readonly key: string;
  readonly name: string;
  /** 0 to 1. */
  readonly share: number;
  /** As it is read. */
  readonly value: string;
}

/** Bars one below the other, each with its name and its number: a list for whoever does not see them. */
export function BarList({ bars }: { readonly bars: readonly NamedBar[] }) {
  return (
    <ul className={styles.bars}>
      {bars.map(({ key, name, share, value }) => (
        <li key={key} className={styles.barRow}>
          <span className={styles.barName}>{name}</span>
          <span className={styles.barValue}>{value}</span>
          <div className={styles.track} aria-hidden>
            <div className={styles.fill} style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
          </div>
        </li>
      ))}
    </ul>
  );
}
