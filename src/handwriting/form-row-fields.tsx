import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { FormRow } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { NumberField } from '#src/ui/controls/number-field.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { TextField } from '#src/ui/controls/text-field.tsx';
import { mostBoxes } from './form-rows.ts';
import styles from './form-screen.module.css';

interface RowFieldsProps {
  readonly row: FormRow;
  readonly onChange: (row: FormRow) => void;
  readonly onRename: (name: string) => void;
  readonly onDelete: () => void;
}

const kinds = ['digits', 'letters', 'both'] as const;

/** What a row of boxes is called, how many there are, and what may stand in them. */
export function RowFields({ row, onChange, onRename, onDelete }: RowFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      <TextField label={t('forms.rowLabel')} value={row.name} maxLength={60} onChange={onRename} />
      <NumberField
        label={t('forms.count')}
        value={row.count}
        min={1}
        max={mostBoxes}
        onChange={(count) => onChange({ ...row, count })}
      />
      <Segmented
        label={t('forms.holds')}
        value={row.holds}
        choices={kinds.map((value) => ({ value, label: t(`forms.kinds.${value}`) }))}
        onChange={(holds) => onChange({ ...row, holds })}
      />
      <Button kind="danger" icon={Trash2} onPress={onDelete}>
        {t('forms.deleteRow')}
      </Button>
    </div>
  );
}
