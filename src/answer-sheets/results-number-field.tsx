import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import styles from './results-scoring.module.css';

interface NumberFieldProps {
  readonly label: string;
  readonly hidesLabel?: boolean;
  /** Undefined where the field may be empty, and is. */
  readonly value: number | undefined;
  readonly least: number;
  readonly most: number;
  readonly isWhole?: boolean;
  /** What an empty field means; without it, it may not be empty. */
  readonly emptyMeans?: string;
  readonly onChange: (value: number | undefined) => void;
}

/** A number as typed, with a point or a comma: applied with each key that leaves a number in range, said where it is none. */
export function NumberField({
  label,
  hidesLabel = false,
  value,
  least,
  most,
  isWhole = false,
  emptyMeans,
  onChange,
}: NumberFieldProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const shown =
    typed ??
    (value === undefined
      ? ''
      : new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 4, useGrouping: false }).format(value));
  const parsed = parseNumber(shown, isWhole);
  const isEmpty = shown.trim() === '';
  const isWrong = isEmpty ? emptyMeans === undefined : parsed === undefined || parsed < least || parsed > most;
  return (
    <div className={styles.numberField}>
      <label htmlFor={id} className={hidesLabel ? styles.unseen : styles.label}>
        {label}
      </label>
      <input
        id={id}
        className={styles.number}
        inputMode="decimal"
        autoComplete="off"
        value={shown}
        placeholder={emptyMeans}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
        onChange={({ target }) => {
          setTyped(target.value);
          const number = parseNumber(target.value, isWhole);
          if (target.value.trim() === '' && emptyMeans !== undefined) onChange(undefined);
          else if (number !== undefined && number >= least && number <= most) onChange(number);
        }}
        onBlur={() => setTyped(undefined)}
      />
      {isWrong && (
        <p id={`${id}-wrong`} className={styles.wrong} role="alert">
          {t('results.scoring.notNumber', { least, most })}
        </p>
      )}
    </div>
  );
}

function parseNumber(text: string, isWhole: boolean): number | undefined {
  const number = Number(text.trim().replace(',', '.').replace('−', '-'));
  if (text.trim() === '' || !Number.isFinite(number) || (isWhole && !Number.isInteger(number))) return undefined;
  return number;
}
