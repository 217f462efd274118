import { useTranslation } from 'react-i18next';

import type { MarkingRule } from '#contract/exams.ts';
import { Select } from '#src/ui/controls/select.tsx';
import { Switch } from '#src/ui/controls/switch.tsx';
import { useResultFormats } from './results-formats.ts';

const partials = ['none', 'each', 'no-wrong'] as const satisfies readonly MarkingRule['partial'][];

/** What exams use: nothing, and what makes guessing among 5, 4, 3 or 2 options worth nothing. */
const wrongShares = ['0', '-0.25', '-0.33', '-0.5', '-1'] as const;
/** A fifth or a quarter for a blank answer rewards knowing that one does not know. */
const blankShares = ['0', '0.2', '0.25', '-0.25'] as const;

interface RuleFieldsProps {
  readonly rule: MarkingRule;
  readonly onChange: (rule: MarkingRule) => void;
}

/** How answers count: of the exam, or of a section. */
export function RuleFields({ rule, onChange }: RuleFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <ShareSelect
        label={t('results.scoring.wrong')}
        usual={wrongShares}
        share={rule.wrongShare}
        onChange={(wrongShare) => onChange({ ...rule, wrongShare })}
      />
      <ShareSelect
        label={t('results.scoring.blank')}
        usual={blankShares}
        share={rule.blankShare}
        onChange={(blankShare) => onChange({ ...rule, blankShare })}
      />
      <Select
        label={t('results.scoring.partial')}
        value={rule.partial}
        choices={partials.map((value) => ({ value, label: t(`results.scoring.partials.${value}`) }))}
        onChange={(partial) => onChange({ ...rule, partial })}
      />
      <Switch isSelected={rule.floorAtZero} onChange={(floorAtZero) => onChange({ ...rule, floorAtZero })}>
        {t('results.scoring.floorAtZero')}
      </Switch>
    </>
  );
}

interface ShareSelectProps {
  readonly label: string;
  readonly usual: readonly ((typeof wrongShares)[number] | (typeof blankShares)[number])[];
  readonly share: number;
  readonly onChange: (share: number) => void;
}

/** A third is stored as what it is; an imported exam may have a share that is in no list. */
function ShareSelect({ label, usual, share, onChange }: ShareSelectProps) {
  const { t } = useTranslation();
  const formats = useResultFormats();
  const known = usual.find((each) => Math.abs(Number(each) - share) < 0.01);
  const choices: { value: string; label: string }[] = usual.map((value) => ({
    value,
    label: t(`results.scoring.shares.${value}`),
  }));
  if (known === undefined) {
    choices.push({ value: 'other', label: t('results.scoring.shareOther', { share: formats.percent(share * 100) }) });
  }
  return (
    <Select
      label={label}
      value={known ?? 'other'}
      choices={choices}
      onChange={(value) => {
        if (value !== 'other') onChange(value === '-0.33' ? -1 / 3 : Number(value));
      }}
    />
  );
}
