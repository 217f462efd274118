import { Minus, Plus } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { NumberField as AriaNumberField } from 'react-aria-components/NumberField';
import { useTranslation } from 'react-i18next';

import { classNames } from './class-names.ts';
import fieldStyles from './field.module.css';
import styles from './number-field.module.css';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** Called once typing has ended (Enter, leaving the field) or for a press of a button: never for half a number. */
  readonly onChange: (value: number) => void;
  readonly hidesLabel?: boolean;
  readonly isDisabled?: boolean;
  readonly format?: Intl.NumberFormatOptions;
}

/** A number to type, or to raise and lower by buttons and arrow keys. What is typed outside the limits becomes the nearest one. */
export function NumberField({
  label,
  value,
  min,
  max,
  step = 1,
  onChange,
  hidesLabel = false,
  isDisabled = false,
  format,
}: NumberFieldProps) {
  const { t } = useTranslation();
  return (
    <AriaNumberField
      className={fieldStyles.field ?? ''}
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      isDisabled={isDisabled}
      // On the buttons themselves they would be followed by the label once more.
      decrementAriaLabel={t('controls.decrease', { label })}
      incrementAriaLabel={t('controls.increase', { label })}
      // An emptied field is no number: it shows the one before.
      onChange={(next) => {
        if (!Number.isNaN(next) && next !== value) onChange(next);
      }}
      {...(format === undefined ? {} : { formatOptions: format })}
    >
      <Label className={classNames(fieldStyles.label, hidesLabel && fieldStyles.unseen)}>{label}</Label>
      <Group className={styles.group ?? ''}>
        <Button slot="decrement" className={styles.step ?? ''}>
          <Minus size={18} aria-hidden />
        </Button>
        <Input className={styles.input ?? ''} />
        <Button slot="increment" className={styles.step ?? ''}>
          <Plus size={18} aria-hidden />
        </Button>
      </Group>
    </AriaNumberField>
  );
}
