import { Search } from 'lucide-react';
import { type Ref, useId } from 'react';

import { classNames } from './class-names.ts';
import styles from './field.module.css';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly inputMode?: 'text' | 'decimal';
  readonly type?: 'text' | 'date';
  readonly maxLength?: number;
  readonly hidesLabel?: boolean;
  readonly onBlur?: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  value,
  onChange,
  placeholder,
  inputMode = 'text',
  type = 'text',
  maxLength,
  hidesLabel = false,
  onBlur,
  ref,
}: TextFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={classNames(styles.label, hidesLabel && styles.unseen)}>
        {label}
      </label>
      <input
        ref={ref}
        id={id}
        type={type}
        className={styles.box}
        value={value}
        inputMode={inputMode}
        placeholder={placeholder}
        maxLength={maxLength}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
      />
    </div>
  );
}

interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows: number;
  readonly placeholder?: string;
}

/** Several lines, as they come from a spreadsheet: no line is broken, no word is corrected. */
export function TextArea({ label, value, onChange, rows, placeholder }: TextAreaProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <textarea
        id={id}
        className={classNames(styles.box, styles.area)}
        value={value}
        rows={rows}
        wrap="off"
        spellCheck={false}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Its label is said, and shown as the placeholder. Escape empties it, as browsers do. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <div className={styles.search}>
      <Search size={18} aria-hidden />
      <input
        type="search"
        className={classNames(styles.box, styles.searchBox)}
        value={value}
        aria-label={label}
        placeholder={label}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
