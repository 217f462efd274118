import { type ReactNode, useId } from 'react';

import styles from './settings-screen.module.css';

interface SettingsSectionProps {
  readonly title: string;
  readonly help?: string;
  readonly children: ReactNode;
}

export function SettingsSection({ title, help, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {help !== undefined && <p className={styles.help}>{help}</p>}
      {children}
    </section>
  );
}
