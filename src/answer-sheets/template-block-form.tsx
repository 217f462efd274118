import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '#src/ui/controls/button.tsx';
import { NumberField } from '#src/ui/controls/number-field.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { Select } from '#src/ui/controls/select.tsx';
import { Switch } from '#src/ui/controls/switch.tsx';
import { mostChoices, mostFields, type DrawnBlock } from './template-blocks.ts';
import styles from './template-editor.module.css';

interface TemplateBlockFormProps {
  readonly block: DrawnBlock;
  readonly onChange: (changed: Partial<DrawnBlock>) => void;
  readonly onRemove: () => void;
}

/** What one block holds. */
export function TemplateBlockForm({ block, onChange, onRemove }: TemplateBlockFormProps) {
  const { t } = useTranslation();
  const isNumber = block.holds === 'number';
  return (
    <div className={styles.form}>
      <Segmented
        label={t('templates.holds')}
        value={block.holds}
        choices={[
          { value: 'questions', label: t('templates.holdsQuestions') },
          { value: 'number', label: t('templates.holdsNumber') },
        ]}
        onChange={(holds) =>
          onChange(
            holds === 'number'
              ? { holds, direction: 'down', choices: 10, signs: 'digits-from-zero', multiple: false, startsAt: 1 }
              : { holds, signs: 'letters' },
          )
        }
      />
      <div className={styles.numbers}>
        <NumberField
          label={isNumber ? t('templates.digits') : t('templates.fields')}
          value={block.fields}
          min={1}
          max={mostFields}
          onChange={(fields) => onChange({ fields })}
        />
        <NumberField
          label={t('templates.choices')}
          value={block.choices}
          min={2}
          max={mostChoices}
          onChange={(choices) => onChange({ choices })}
        />
        <NumberField
          label={isNumber ? t('templates.firstDigit') : t('templates.firstQuestion')}
          value={block.startsAt}
          min={1}
          max={999}
          onChange={(startsAt) => onChange({ startsAt })}
        />
      </div>
      <Segmented
        label={t('templates.direction')}
        value={block.direction}
        choices={[
          { value: 'across', label: t('templates.across') },
          { value: 'down', label: t('templates.down') },
        ]}
        onChange={(direction) => onChange({ direction })}
      />
      <Select
        label={t('templates.signs')}
        value={block.signs}
        choices={[
          { value: 'letters', label: t('templates.letters') },
          { value: 'digits', label: t('templates.digitsFromOne') },
          { value: 'digits-from-zero', label: t('templates.digitsFromZero') },
        ]}
        onChange={(signs) => onChange({ signs })}
      />
      <div className={styles.numbers}>
        <NumberField
          label={t('templates.bubbleWidth')}
          value={block.bubble.width}
          min={6}
          max={200}
          onChange={(width) => onChange({ bubble: { ...block.bubble, width } })}
        />
        <NumberField
          label={t('templates.bubbleHeight')}
          value={block.bubble.height}
          min={6}
          max={200}
          onChange={(height) => onChange({ bubble: { ...block.bubble, height } })}
        />
      </div>
      {!isNumber && (
        <Switch isSelected={block.multiple} onChange={(multiple) => onChange({ multiple })}>
          {t('templates.multiple')}
        </Switch>
      )}
      <Button kind="danger" icon={Trash2} onPress={onRemove}>
        {t('templates.remove')}
      </Button>
    </div>
  );
}
