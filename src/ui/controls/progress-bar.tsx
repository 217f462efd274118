import styles from './progress-bar.module.css';

interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; undefined where nobody knows how far it is. */
  readonly share: number | undefined;
}

export function ProgressBar({ label, share }: ProgressBarProps) {
  return (
    <progress className={styles.bar} aria-label={label} max={1} {...(share === undefined ? {} : { value: share })} />
  );
}
