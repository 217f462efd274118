import { useTranslation } from 'react-i18next';

import { looks } from '#contract/pages.ts';
import type { PageLook } from '#src/store/records.ts';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { Slider } from '#src/ui/controls/slider.tsx';
import styles from './look-fields.module.css';

interface LookFieldsProps {
  readonly value: PageLook;
  readonly onChange: (value: PageLook) => void;
}

/** How pages are to look, without a page to try it on: for all pages of a document, and for new ones. */
export function LookFields({ value, onChange }: LookFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      <Segmented
        label={t('review.looks')}
        value={value.look}
        choices={looks.map((look) => ({ value: look, label: t(`looks.${look}`) }))}
        onChange={(look) => onChange({ ...value, look })}
      />
      {value.look !== 'original' && (
        <Slider
          label={t('review.strength')}
          value={value.strength}
          min={0}
          max={1}
          step={0.05}
          format={{ style: 'percent' }}
          onChange={(strength) => onChange({ ...value, strength })}
        />
      )}
      <Slider
        label={t('review.brightness')}
        value={value.brightness}
        min={-1}
        max={1}
        step={0.05}
        format={{ style: 'percent', signDisplay: 'exceptZero' }}
        onChange={(brightness) => onChange({ ...value, brightness })}
      />
    </div>
  );
}
