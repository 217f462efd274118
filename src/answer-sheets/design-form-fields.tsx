import { useTranslation } from 'react-i18next';

import { type QuestionForm, optionLimits } from '#contract/exams.ts';
import { NumberField } from '#src/ui/controls/number-field.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { Select } from '#src/ui/controls/select.tsx';
import { Switch } from '#src/ui/controls/switch.tsx';
import { chosenKinds, formOfKind } from './design-runs.ts';

interface FormFieldsProps {
  readonly form: QuestionForm;
  readonly onChange: (form: QuestionForm) => void;
  /** Said in place of the kind where questions differ. */
  readonly isMixed?: boolean;
}

/** What a question expects on paper: its kind, and what that kind leaves open. */
export function FormFields({ form, onChange, isMixed = false }: FormFieldsProps) {
  const { t } = useTranslation();
  const shown = isMixed ? 'mixed' : form.kind;
  const kinds = [
    ...(isMixed ? (['mixed'] as const) : []),
    ...(form.kind === 'given' && !isMixed ? (['given'] as const) : []),
    ...chosenKinds,
  ];
  return (
    <>
      <Select
        label={t('exams.questions.kind')}
        value={shown}
        choices={kinds.map((kind) => ({ value: kind, label: t(`exams.kinds.${kind}`) }))}
        onChange={(kind) => {
          if (kind !== 'mixed' && kind !== 'given') onChange(formOfKind(kind, form));
        }}
      />
      {!isMixed && <KindFields form={form} onChange={onChange} />}
    </>
  );
}

function KindFields({ form, onChange }: FormFieldsProps) {
  const { t } = useTranslation();
  switch (form.kind) {
    case 'single':
      return (
        <>
          <Options form={form} onChange={onChange} />
          <AnsweredIn form={form} onChange={onChange} />
        </>
      );
    case 'multiple':
      return <Options form={form} onChange={onChange} />;
    case 'matching':
      return (
        <>
          <NumberField
            label={t('exams.questions.prompts')}
            value={form.prompts}
            min={1}
            max={20}
            onChange={(prompts) => onChange({ ...form, prompts })}
          />
          <Options form={form} onChange={onChange} />
        </>
      );
    case 'numeric':
      return (
        <>
          <NumberField
            label={t('exams.questions.digits')}
            value={form.digits}
            min={1}
            max={8}
            onChange={(digits) => onChange({ ...form, digits })}
          />
          <NumberField
            label={t('exams.questions.decimals')}
            value={form.decimals}
            min={0}
            max={4}
            onChange={(decimals) => onChange({ ...form, decimals })}
          />
          <Switch isSelected={form.sign} onChange={(sign) => onChange({ ...form, sign })}>
            {t('exams.questions.sign')}
          </Switch>
          <AnsweredIn form={form} onChange={onChange} />
        </>
      );
    case 'free':
      return (
        <NumberField
          label={t('exams.questions.lines')}
          value={form.lines}
          min={1}
          max={20}
          onChange={(lines) => onChange({ ...form, lines })}
        />
      );
    case 'rubric':
      return (
        <NumberField
          label={t('exams.questions.most')}
          value={form.most}
          min={1}
          max={10}
          onChange={(most) => onChange({ ...form, most })}
        />
      );
    default:
      return null;
  }
}

function Options<Form extends Extract<QuestionForm, { options: number }>>({
  form,
  onChange,
}: {
  readonly form: Form;
  readonly onChange: (form: Form) => void;
}) {
  const { t } = useTranslation();
  return (
    <NumberField
      label={t('exams.questions.options')}
      value={form.options}
      min={optionLimits.least}
      max={optionLimits.most}
      onChange={(options) => onChange({ ...form, options })}
    />
  );
}

/** Marked in bubbles, or written in boxes. */
function AnsweredIn<Form extends Extract<QuestionForm, { inBoxes?: boolean }>>({
  form,
  onChange,
}: {
  readonly form: Form;
  readonly onChange: (form: Form) => void;
}) {
  const { t } = useTranslation();
  return (
    <Segmented
      label={t('exams.questions.answeredIn')}
      value={form.inBoxes === true ? 'boxes' : 'bubbles'}
      choices={(['bubbles', 'boxes'] as const).map((value) => ({ value, label: t(`exams.questions.${value}`) }))}
      onChange={(value) => {
        // Without the word for what is usual: forms that say the same are the same.
        const { inBoxes: _before, ...others } = form;
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the form but for one optional member
        onChange((value === 'boxes' ? { ...others, inBoxes: true } : others) as Form);
      }}
    />
  );
}
