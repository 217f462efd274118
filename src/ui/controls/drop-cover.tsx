import styles from './drop-cover.module.css';

/** Over the whole window while files are held above it: says what letting go does. */
export function DropCover({ text }: { readonly text: string }) {
  return (
    <div className={styles.cover} aria-hidden>
      <p className={styles.words}>{text}</p>
    </div>
  );
}
