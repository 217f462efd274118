import type { LucideIcon } from 'lucide-react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';

import { classNames } from './class-names.ts';
import styles from './segmented.module.css';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: LucideIcon;
}

interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** The label is said but not shown. */
  readonly hidesLabel?: boolean;
}

/** A few choices side by side, of which one holds. */
export function Segmented<Value extends string>({
  label,
  choices,
  value,
  onChange,
  hidesLabel = false,
}: SegmentedProps<Value>) {
  return (
    <RadioGroup
      className={styles.group ?? ''}
      value={value}
      onChange={(chosen) => {
        const choice = choices.find((each) => each.value === chosen);
        if (choice !== undefined) onChange(choice.value);
      }}
      orientation="horizontal"
      {...(hidesLabel ? { 'aria-label': label } : {})}
    >
      {!hidesLabel && <Label className={styles.label ?? ''}>{label}</Label>}
      <div className={styles.track}>
        {choices.map(({ value: each, label: text, icon: Icon }) => (
          <Radio key={each} value={each} className={classNames(styles.choice)}>
            {Icon !== undefined && <Icon size={18} aria-hidden />}
            {text}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
