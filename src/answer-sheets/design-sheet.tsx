import { useTranslation } from 'react-i18next';

import { type Exam, type SheetLook, correctionRules, sheetPapers } from '#contract/exams.ts';
import { NumberField } from '#src/ui/controls/number-field.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { Select } from '#src/ui/controls/select.tsx';
import { Switch } from '#src/ui/controls/switch.tsx';
import { Fold } from './design-fold.tsx';
import styles from './design-step.module.css';
import { changeOptionSigns } from './edit-exam.ts';
import type { ChangeExam } from './exam-change.ts';

const columnChoices = ['auto', '1', '2', '3', '4', '5', '6', '7', '8'] as const;
const numberForms = ['bubbles', 'boxes', 'both', 'none'] as const;

/** Paper, columns and what stands above the questions. */
export function DesignSheet({ exam, change }: { readonly exam: Exam; readonly change: ChangeExam }) {
  const { t } = useTranslation();
  const { look, correction } = exam;
  const changeLook = (part: Partial<SheetLook>) =>
    change((stored) => ({ ...stored, look: { ...stored.look, ...part } }));
  const changeNumber = (part: Partial<SheetLook['studentNumber']>) =>
    change((stored) => ({
      ...stored,
      look: { ...stored.look, studentNumber: { ...stored.look.studentNumber, ...part } },
    }));

  const summary = [
    t(`exams.look.papers.${look.paper}`),
    look.columns === 'auto' ? '' : t('exams.look.columnCount', { count: look.columns }),
    look.studentNumber.form === 'none'
      ? t('exams.look.noNumber')
      : t('exams.look.numberSummary', { count: look.studentNumber.digits }),
  ].filter((part) => part !== '');

  return (
    <Fold title={t('exams.look.heading')} summary={summary.join(' · ')}>
      <div className={styles.pair}>
        <Select
          label={t('exams.look.paper')}
          value={look.paper}
          choices={sheetPapers.map((paper) => ({ value: paper, label: t(`exams.look.papers.${paper}`) }))}
          onChange={(paper) => changeLook({ paper })}
        />
        <Select
          label={t('exams.look.columns')}
          value={columnChoices.find((columns) => columns === String(look.columns)) ?? 'auto'}
          choices={columnChoices.map((columns) => ({
            value: columns,
            label: columns === 'auto' ? t('exams.look.columnsAuto') : columns,
          }))}
          onChange={(columns) => changeLook({ columns: columns === 'auto' ? columns : Number(columns) })}
        />
      </div>
      <Segmented
        label={t('exams.look.signs')}
        value={look.optionSigns}
        choices={(['letters', 'digits'] as const).map((signs) => ({ value: signs, label: t(`exams.look.${signs}`) }))}
        onChange={(signs) => change((stored) => changeOptionSigns(stored, signs))}
      />
      <div className={styles.pair}>
        <Select
          label={t('exams.look.number')}
          value={look.studentNumber.form}
          choices={numberForms.map((form) => ({ value: form, label: t(`exams.look.numberForms.${form}`) }))}
          onChange={(form) => changeNumber({ form })}
        />
        {look.studentNumber.form !== 'none' && (
          <NumberField
            label={t('exams.look.numberDigits')}
            value={look.studentNumber.digits}
            min={1}
            max={12}
            onChange={(digits) => changeNumber({ digits })}
          />
        )}
      </div>
      <div className={styles.switches}>
        <Switch isSelected={look.nameBox} onChange={(nameBox) => changeLook({ nameBox })}>
          {t('exams.look.nameBox')}
        </Switch>
        {look.nameBox && (
          <Switch isSelected={look.nameInBoxes === true} onChange={(nameInBoxes) => changeLook({ nameInBoxes })}>
            {t('exams.look.nameInBoxes')}
          </Switch>
        )}
        <Switch isSelected={look.sectionBox} onChange={(sectionBox) => changeLook({ sectionBox })}>
          {t('exams.look.sectionBox')}
        </Switch>
      </div>
      <Segmented
        label={t('exams.look.correction')}
        value={correction}
        choices={correctionRules.map((rule) => ({ value: rule, label: t(`exams.look.corrections.${rule}`) }))}
        onChange={(rule) => change((stored) => ({ ...stored, correction: rule }))}
      />
    </Fold>
  );
}
