import { ChevronDown } from 'lucide-react';
import { useId } from 'react';

import { classNames } from './class-names.ts';
import styles from './field.module.css';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly hidesLabel?: boolean;
}

/** The system's own list: what phones do best, and free of script. */
export function Select<Value extends string>({
  label,
  choices,
  value,
  onChange,
  hidesLabel = false,
}: SelectProps<Value>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={classNames(styles.label, hidesLabel && styles.unseen)}>
        {label}
      </label>
      <div className={styles.selectPlace}>
        <select
          id={id}
          className={classNames(styles.box, styles.select)}
          value={value}
          onChange={(event) => {
            const choice = choices.find((each) => each.value === event.target.value);
            if (choice !== undefined) onChange(choice.value);
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
        <ChevronDown size={18} aria-hidden />
      </div>
    </div>
  );
}
