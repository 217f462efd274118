import { Shuffle } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { type Exam, versionLetters } from '#contract/exams.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { Switch } from '#src/ui/controls/switch.tsx';
import { Fold } from './design-fold.tsx';
import styles from './design-step.module.css';
import { type Shuffling, setVersions, shufflingOf } from './exam-versions.ts';
import type { ChangeExam } from './exam-change.ts';

/** Any 32 bits. */
const newSeed = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

const counts = ['1', '2', '3', '4'] as const;

/** Versions A to D, and what is shuffled between them. */
export function DesignVersions({ exam, change }: { readonly exam: Exam; readonly change: ChangeExam }) {
  const { t } = useTranslation();
  const shuffling = shufflingOf(exam);
  const count = exam.versions.length;
  const set = (part: Partial<Shuffling>) =>
    change((stored) => setVersions(stored, { ...shufflingOf(stored), ...part }, newSeed()));
  const letters = versionLetters.slice(0, count).join(', ');

  return (
    <Fold
      title={t('exams.versions.heading')}
      summary={count === 1 ? t('exams.versions.one') : t('exams.versions.some', { letters })}
    >
      <Segmented
        label={t('exams.versions.count')}
        value={counts[count - 1] ?? '1'}
        choices={counts.map((value, index) => ({
          value,
          label: index === 0 ? t('exams.versions.only') : versionLetters.slice(0, index + 1).join(' '),
        }))}
        onChange={(value) => set({ count: Number(value) })}
      />
      {count > 1 && (
        <>
          <Segmented
            label={t('exams.versions.by')}
            value={shuffling.by}
            choices={(['papel', 'own'] as const).map((value) => ({ value, label: t(`exams.versions.bys.${value}`) }))}
            onChange={(by) => set({ by })}
          />
          <p className={styles.note}>{t(`exams.versions.help.${shuffling.by}`)}</p>
          {shuffling.by === 'papel' && (
            <>
              <div className={styles.switches}>
                <Switch isSelected={shuffling.questions} onChange={(questions) => set({ questions })}>
                  {t('exams.versions.questions')}
                </Switch>
                <Switch isSelected={shuffling.options} onChange={(options) => set({ options })}>
                  {t('exams.versions.options')}
                </Switch>
              </div>
              <Button icon={Shuffle} className={styles.start ?? ''} onPress={() => set({})}>
                {t('exams.versions.again')}
              </Button>
            </>
          )}
        </>
      )}
    </Fold>
  );
}
