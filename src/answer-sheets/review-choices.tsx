import { Circle } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { Button } from '#src/ui/controls/button.tsx';
import { classNames } from '#src/ui/controls/class-names.ts';
import styles from './review-choices.module.css';
import type { ReviewField } from './review-field.ts';

interface FieldChoicesProps {
  readonly field: ReviewField;
  readonly marks: readonly string[];
  readonly onPress: (value: string) => void;
  readonly onBlank: () => void;
}

/** What may be marked, as large keys; those that are marked are pressed. */
export function FieldChoices({ field, marks, onPress, onBlank }: FieldChoicesProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.choices} aria-label={t('sheets.review.choices')}>
      {field.values.map((value) => (
        <Button
          key={value}
          aria-pressed={marks.includes(value)}
          className={classNames(styles.choice, marks.includes(value) && styles.marked)}
          onPress={() => onPress(value)}
        >
          {value}
        </Button>
      ))}
      <Button
        icon={Circle}
        aria-pressed={marks.length === 0}
        className={classNames(styles.choice, styles.blank, marks.length === 0 && styles.marked)}
        onPress={onBlank}
      >
        {t('sheets.review.blank')}
      </Button>
    </fieldset>
  );
}
