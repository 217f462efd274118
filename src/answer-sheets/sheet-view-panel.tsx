import { CircleSlash, FileQuestionMark, Undo2, UserPen } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { ExamRecord, ListedSheet } from '#src/store/records.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { setAside } from './flow.ts';
import type { Paper, PaperScore } from './papers.ts';
import { sayPage } from './read-rows.ts';
import { nameOwner, sayField, sayMarks } from './read-words.ts';
import { splitMarks } from './review-field.ts';
import type { AnswerRow } from './sheet-view-answers.tsx';
import styles from './sheet-view.module.css';

interface SheetSummaryProps {
  readonly record: ExamRecord;
  readonly sheet: ListedSheet;
  readonly paper: Paper | undefined;
  readonly score: PaperScore | undefined;
  readonly severalPages: boolean;
  readonly onChangeStudent: () => void;
}

/** Whose sheet it is, what it comes to, and what keeps it from counting. */
export function SheetSummary({ record, sheet, paper, score, severalPages, onChangeStudent }: SheetSummaryProps) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const note = sayState(sheet);
  return (
    <section className={styles.summary}>
      <div className={styles.owner}>
        <h2>{nameOwner(t, paper)}</h2>
        <p className={styles.quiet}>
          {[paper?.student?.number, sayPage(t, record.exam, sheet, severalPages)].filter(Boolean).join(' · ')}
        </p>
      </div>
      {score !== undefined && score.most > 0 && (
        <p className={styles.score}>
          {t('sheets.score', { points: number.format(score.points), most: number.format(score.most) })}
          {score.isFinal && <span className={styles.quiet}> · {score.grade}</span>}
        </p>
      )}
      <Button icon={UserPen} onPress={onChangeStudent}>
        {t('sheets.view.change')}
      </Button>
      {paper !== undefined && paper.missingPages.length > 0 && (
        <p className={styles.note}>
          <FileQuestionMark size={18} aria-hidden />
          {t('sheets.view.missing', { count: paper.missingPages.length, pages: paper.missingPages.join(', ') })}
        </p>
      )}
      {note !== undefined && (
        <output className={styles.note}>
          <CircleSlash size={18} aria-hidden />
          {t(`sheets.view.${note}`)}
          {note === 'aside' && (
            <Button kind="quiet" onPress={() => void setAside(sheet.id, false)}>
              {t('sheets.view.countAgain')}
            </Button>
          )}
        </output>
      )}
    </section>
  );
}

function sayState({ isSetAside, state, reading }: ListedSheet): 'aside' | 'failed' | 'notYet' | 'notRead' | undefined {
  if (isSetAside) return 'aside';
  if (state === 'failed') return 'failed';
  if (state !== 'read') return 'notYet';
  return reading?.found === true ? undefined : 'notRead';
}

interface SheetCorrectionsProps {
  readonly rows: readonly AnswerRow[];
  readonly onTakeBack: (label: string) => void;
}

/** What a person made of what was read: who was what, and the way back. */
export function SheetCorrections({ rows, onTakeBack }: SheetCorrectionsProps) {
  const { t } = useTranslation();
  const changed = rows.flatMap((row) => (row.correction === undefined ? [] : [{ ...row, correction: row.correction }]));
  return (
    <section>
      <h3>{t('sheets.view.corrections')}</h3>
      {changed.length === 0 && <p className={styles.quiet}>{t('sheets.view.noCorrections')}</p>}
      <ul className={styles.corrections}>
        {changed.map(({ reading, field, question, correction: { read, corrected } }) => {
          const say = (value: string) => sayMarks(t, splitMarks(value, field));
          return (
            <li key={reading.label} className={styles.correction}>
              <span>
                {sayField(t, reading.label, question)}:{' '}
                {read === corrected
                  ? t('sheets.view.confirmed', { read: say(read) })
                  : t('sheets.view.changed', { read: say(read), corrected: say(corrected) })}
              </span>
              <IconButton
                icon={Undo2}
                label={t('sheets.view.takeBackOf', { field: sayField(t, reading.label, question) })}
                onPress={() => onTakeBack(reading.label)}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
