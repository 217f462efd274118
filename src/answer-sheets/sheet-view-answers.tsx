import { useTranslation } from 'react-i18next';

import type { Question } from '#contract/exams.ts';
import type { FieldCorrection } from '#src/store/records.ts';
import type { Verdict } from './papers.ts';
import { sayField, sayMarks } from './read-words.ts';
import { FieldChoices } from './review-choices.tsx';
import { type ReviewField, currentValue, splitMarks } from './review-field.ts';
import { BubbleSign, type SignedField } from './sheet-overlay.tsx';
import type { FieldSign } from './sheet-overlay-signs.ts';
import styles from './sheet-view.module.css';

export interface AnswerRow extends SignedField {
  readonly field: ReviewField;
  readonly question: Question | undefined;
  readonly correction: FieldCorrection | undefined;
  readonly verdict: Verdict | undefined;
}

interface SheetAnswersProps {
  readonly rows: readonly AnswerRow[];
  readonly selected: string | undefined;
  readonly onSelect: (label: string | undefined) => void;
  readonly onPress: (row: AnswerRow, value: string) => void;
  readonly onBlank: (row: AnswerRow) => void;
}

/** Every field with what counts, each a button that opens its keys: the way of the keyboard and of screen readers. */
export function SheetAnswers({ rows, selected, onSelect, onPress, onBlank }: SheetAnswersProps) {
  const { t } = useTranslation();
  return (
    <ol className={styles.answers}>
      {rows.map((row) => {
        const { reading, field, question, correction, verdict } = row;
        const marks = splitMarks(currentValue(reading, correction), field);
        const isOpen = reading.state === 'doubtful' && correction === undefined;
        const isSelected = selected === reading.label;
        const words = isOpen ? 'open' : verdict;
        return (
          <li key={reading.label}>
            <button
              type="button"
              className={styles.answer}
              aria-expanded={isSelected}
              onClick={() => onSelect(isSelected ? undefined : reading.label)}
            >
              <span>
                {sayField(t, reading.label, question)}
                {correction !== undefined && (
                  <span className={styles.wasRead}>
                    {t('sheets.view.wasRead', { value: sayMarks(t, splitMarks(correction.read, field)) })}
                  </span>
                )}
              </span>
              <strong>{sayMarks(t, marks)}</strong>
              <span className={styles.verdict}>
                <SignIcon sign={signOf(words)} />
                {words !== undefined && t(`sheets.view.verdict.${words}`)}
              </span>
            </button>
            {isSelected && (
              <FieldChoices
                field={field}
                marks={marks}
                onPress={(value) => onPress(row, value)}
                onBlank={() => onBlank(row)}
              />
            )}
          </li>
        );
      })}
    </ol>
  );
}

function signOf(verdict: Verdict | undefined): FieldSign | undefined {
  switch (verdict) {
    case 'right':
    case 'bonus':
      return 'right';
    case 'wrong':
      return 'wrong';
    case 'open':
      return 'open';
    case 'blank':
      return 'missed';
    default:
      return undefined;
  }
}

/** A sign as on the photo, beside words. */
export function SignIcon({ sign }: { readonly sign: FieldSign | undefined }) {
  return (
    <svg className={styles.sign} viewBox="-1.3 -1.3 2.6 2.6" width={20} height={20} aria-hidden>
      {sign !== undefined && <BubbleSign sign={sign} />}
    </svg>
  );
}
