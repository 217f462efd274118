import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';

import styles from './design-step.module.css';

interface FoldProps {
  readonly title: string;
  /** What is chosen inside, so that nobody has to open it to know. */
  readonly summary: string;
  readonly children: ReactNode;
}

/** A part of the design that has good defaults: closed until someone wants it. */
export function Fold({ title, summary, children }: FoldProps) {
  return (
    <details className={styles.fold}>
      <summary className={styles.foldHead}>
        <h2>{title}</h2>
        <p className={styles.summary}>{summary}</p>
        <ChevronDown size={20} aria-hidden />
      </summary>
      <div className={styles.foldBody}>{children}</div>
    </details>
  );
}
