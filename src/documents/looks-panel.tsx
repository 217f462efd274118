import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { useTranslation } from 'react-i18next';
import { looks, type PageEdits } from '#contract/pages.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Slider } from '#src/ui/controls/slider.tsx';
import type { Previews } from './review-previews.ts';
import styles from './looks-panel.module.css';

interface LooksPanelProps {
  readonly edits: PageEdits;
  /** The page itself in each look. */
  readonly pictures: Previews;
  /** While a slider moves. */
  readonly onChange: (edits: PageEdits) => void;
  /** A choice was made. */
  readonly onCommit: (edits: PageEdits) => void;
  /** A slider was let go, perhaps to be moved again at once. */
  readonly onSettle: (edits: PageEdits) => void;
  /** Absent where the document has one page. */
  readonly onUseForAll?: (() => void) | undefined;
}

/** How the page looks: pictures of this very page to choose from, strength and brightness. */
export function LooksPanel({ edits, pictures, onChange, onCommit, onSettle, onUseForAll }: LooksPanelProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.panel}>
      <RadioGroup
        className={styles.group ?? ''}
        value={edits.look}
        onChange={(value) => {
          const look = looks.find((each) => each === value);
          if (look !== undefined) onCommit({ ...edits, look });
        }}
        orientation="horizontal"
      >
        <Label className={styles.title ?? ''}>{t('review.looks')}</Label>
        <div className={styles.strip}>
          {looks.map((look) => (
            <Radio key={look} value={look} className={styles.look ?? ''}>
              <span className={styles.frame}>
                {pictures.has(look) && <img className={styles.picture} src={pictures.get(look)} alt="" />}
              </span>
              <span className={styles.name}>{t(`looks.${look}`)}</span>
            </Radio>
          ))}
        </div>
      </RadioGroup>
      <div className={styles.sliders}>
        <Slider
          label={t('review.strength')}
          value={edits.strength}
          min={0}
          max={1}
          step={0.05}
          format={{ style: 'percent' }}
          isDisabled={edits.look === 'original'}
          onChange={(strength) => onChange({ ...edits, strength })}
          onChangeEnd={(strength) => onSettle({ ...edits, strength })}
        />
        <Slider
          label={t('review.brightness')}
          value={edits.brightness}
          min={-1}
          max={1}
          step={0.05}
          format={{ style: 'percent', signDisplay: 'exceptZero' }}
          onChange={(brightness) => onChange({ ...edits, brightness })}
          onChangeEnd={(brightness) => onSettle({ ...edits, brightness })}
        />
      </div>
      {onUseForAll !== undefined && (
        <Button kind="plain" onPress={onUseForAll}>
          {t('review.allPages')}
        </Button>
      )}
    </div>
  );
}
