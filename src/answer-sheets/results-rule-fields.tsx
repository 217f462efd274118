import { useTranslation } from 'react-i18next';

import type { MarkingRule } from '#contract/exams.ts';
import { Select } from '#src/ui/controls/select.tsx';
import { Switch } from '#src/ui/controls/switch.tsx';
import { useResultFormats } from './results-formats.ts';

const partials = ['none', 'each', 'no-wrong'] as const satisfies readonly MarkingRule['partial'][];

const shares = {
  none: 0,
  takeQuarter: -0.25,
  takeThird: -1 / 3,
  takeHalf: -0.5,
  takeAll: -1,
  giveFifth: 0.2,
  giveQuarter: 0.25,
} as const;
type UsualShare = keyof typeof shares;

/** What exams use: nothing, and what makes guessing among 5, 4, 3 or 2 options worth nothing. */
const wrongShares: readonly UsualShare[] = ['none', 'takeQuarter', 'takeThird', 'takeHalf', 'takeAll'];
/** A fifth or a quarter for a blank answer rewards knowing that one does not know. */
const blankShares: readonly UsualShare[] = ['none', 'giveFifth', 'giveQuarter', 'takeQuarter'];

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
  readonly usual: readonly UsualShare[];
  readonly share: number;
  readonly onChange: (share: number) => void;
}

/** An imported exam may have a share that is in no list, and a third written as 0.33. */
function ShareSelect({ label, usual, share, onChange }: ShareSelectProps) {
  const { t } = useTranslation();
  const formats = useResultFormats();
  const known = usual.find((each) => Math.abs(shares[each] - share) < 0.005);
  const choices = usual.map((value) => ({ value, label: t(`results.scoring.shares.${value}`) }));
  const other = {
    value: 'other',
    label: t('results.scoring.shareOther', { share: formats.percent(share * 100) }),
  } as const;
  return (
    <Select<UsualShare | 'other'>
      label={label}
      value={known ?? 'other'}
      choices={known === undefined ? [...choices, other] : choices}
      onChange={(value) => {
        if (value !== 'other') onChange(shares[value]);
      }}
    />
  );
}
