import { Plus, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { Grading } from '#contract/exams.ts';
import { useRegion } from '#src/regions/regions.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { NumberField } from '#src/ui/controls/number-field.tsx';
import { Select } from '#src/ui/controls/select.tsx';
import { ExamTextField } from './exam-text-field.tsx';
import { gradingPresetNames, gradingPresets, usualGrading } from './grading-presets.ts';
import styles from './results-scoring.module.css';

interface GradingEditorProps {
  readonly grading: Grading;
  readonly onChange: (part: Partial<Grading>) => void;
}

/** Takes a way of grading over, to be changed from there. */
export function PresetSelect({ grading, onChange }: GradingEditorProps) {
  const { t } = useTranslation();
  const { config } = useRegion();
  const usual = usualGrading(config.market);
  // What is usual here comes first.
  const names = gradingPresetNames.toSorted(
    (a, b) => Number(gradingPresets[b] === usual) - Number(gradingPresets[a] === usual),
  );
  const current = gradingPresetNames.find((name) => JSON.stringify(gradingPresets[name]) === JSON.stringify(grading));
  const choices = names.map((value) => ({ value, label: t(`results.scoring.presets.${value}`) }));
  return (
    <Select<(typeof gradingPresetNames)[number] | 'own'>
      label={t('results.scoring.preset')}
      value={current ?? 'own'}
      choices={current === undefined ? [{ value: 'own', label: t('results.scoring.presetOwn') }, ...choices] : choices}
      onChange={(name) => {
        if (name !== 'own') onChange(gradingPresets[name]);
      }}
    />
  );
}

/** Grades with names: from how many per cent on each is given. */
export function BandsEditor({ grading, onChange }: GradingEditorProps) {
  const { t } = useTranslation();
  const id = useId();
  const { bands } = grading;
  const changeBand = (at: number, part: Partial<Grading['bands'][number]>) =>
    onChange({ bands: bands.map((band, index) => (index === at ? { ...band, ...part } : band)) });
  return (
    <div>
      <p className={styles.label} id={id}>
        {t('results.scoring.bands')}
      </p>
      <ul className={styles.bands} aria-labelledby={id}>
        {bands.map(({ name, fromPercent }, index) => (
          // A band has no name that lasts: it is edited in place.
          // oxlint-disable-next-line react/no-array-index-key -- see above
          <li key={index} className={styles.band}>
            <ExamTextField
              label={t('results.scoring.bandName')}
              hidesLabel
              value={name}
              maxLength={40}
              onSave={(text) => changeBand(index, { name: text })}
            />
            <NumberField
              label={t('results.scoring.bandFrom')}
              hidesLabel
              value={fromPercent}
              min={0}
              max={100}
              onChange={(from) => changeBand(index, { fromPercent: from })}
            />
            <IconButton
              icon={Trash2}
              label={t('results.scoring.removeBand', { name })}
              isDisabled={bands.length <= 1}
              onPress={() => onChange({ bands: bands.filter((_, at) => at !== index) })}
            />
          </li>
        ))}
      </ul>
      <Button kind="quiet" icon={Plus} onPress={() => onChange({ bands: [...bands, { name: '', fromPercent: 0 }] })}>
        {t('results.scoring.addBand')}
      </Button>
    </div>
  );
}
