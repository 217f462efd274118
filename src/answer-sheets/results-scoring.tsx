import { useTranslation } from 'react-i18next';

import type { Exam, Grading } from '#contract/exams.ts';
import { NumberField } from '#src/ui/controls/number-field.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { Select } from '#src/ui/controls/select.tsx';
import { Switch } from '#src/ui/controls/switch.tsx';
import type { ChangeExam } from './exam-change.ts';
import { gradingPresets } from './grading-presets.ts';
import { BandsEditor, PresetSelect } from './results-bands.tsx';
import { RuleFields } from './results-rule-fields.tsx';
import styles from './results-scoring.module.css';

interface ResultsScoringProps {
  readonly exam: Exam;
  readonly onChange: ChangeExam;
}

const scales = ['percent', 'transmuted', 'bands'] as const;
/** Where the exam has none yet. */
const firstBands = gradingPresets['us-letters'].bands;
const decimals = ['0', '1', '2', '3'] as const;

/** How answers become points and points become grades. What is changed here holds at once. */
export function ResultsScoring({ exam, onChange }: ResultsScoringProps) {
  const { t } = useTranslation();
  const { grading, rule } = exam;
  const changeGrading = (part: Partial<Grading>) =>
    onChange((stored) => ({ ...stored, grading: { ...stored.grading, ...part } }));
  return (
    <div className={styles.panel}>
      <section className={styles.group}>
        <h2>{t('results.scoring.grades')}</h2>
        <PresetSelect grading={grading} onChange={changeGrading} />
        <Segmented
          label={t('results.scoring.scale')}
          value={grading.scale}
          choices={scales.map((value) => ({ value, label: t(`results.scoring.scales.${value}`) }))}
          onChange={(scale) => changeGrading(changeScale(grading, scale))}
        />
        {grading.scale === 'transmuted' && <p className={styles.help}>{t('results.scoring.transmutedHelp')}</p>}
        <div className={styles.pair}>
          <NumberField
            label={t(grading.scale === 'bands' ? 'results.scoring.passFromBands' : 'results.scoring.passFrom')}
            value={grading.passFrom}
            min={0}
            max={100}
            onChange={(passFrom) => changeGrading({ passFrom })}
          />
          <Select
            label={t('results.scoring.decimals')}
            value={decimals[grading.decimals] ?? '0'}
            choices={decimals.map((value) => ({ value, label: value }))}
            onChange={(value) => changeGrading({ decimals: Number(value) })}
          />
        </div>
        {grading.scale === 'bands' && <BandsEditor grading={grading} onChange={changeGrading} />}
      </section>
      <section className={styles.group}>
        <h2>{t('results.scoring.title')}</h2>
        <RuleFields rule={rule} onChange={(next) => onChange((stored) => ({ ...stored, rule: next }))} />
      </section>
      {exam.sections.length > 0 && <SectionRules exam={exam} onChange={onChange} />}
    </div>
  );
}

/** The pass mark stays where it is on the paper: a transmuted 75 is 60 per cent. */
function changeScale(grading: Grading, scale: Grading['scale']): Partial<Grading> {
  const wasTransmuted = grading.scale === 'transmuted';
  const isTransmuted = scale === 'transmuted';
  return {
    scale,
    ...(scale === 'bands' && grading.bands.length === 0 ? { bands: firstBands } : {}),
    ...(isTransmuted && !wasTransmuted ? { passFrom: 75 } : {}),
    ...(wasTransmuted && !isTransmuted ? { passFrom: 60 } : {}),
  };
}

function SectionRules({ exam, onChange }: ResultsScoringProps) {
  const { t } = useTranslation();
  const changeSection = (id: string, change: (section: Exam['sections'][number]) => Exam['sections'][number]) =>
    onChange((stored) => ({
      ...stored,
      sections: stored.sections.map((section) => (section.id === id ? change(section) : section)),
    }));
  return (
    <section className={styles.group}>
      <h2>{t('results.scoring.sections')}</h2>
      {exam.sections.map(({ id, name, rule, bestOf }) => {
        const questions = exam.questions.filter(({ section }) => section === id).length;
        return (
          <div key={id} className={styles.section}>
            <h3>{name}</h3>
            <Switch
              isSelected={bestOf !== undefined}
              isDisabled={questions === 0}
              onChange={(isLimited) =>
                changeSection(id, ({ bestOf: _before, ...section }) =>
                  isLimited ? { ...section, bestOf: questions } : section,
                )
              }
            >
              {t('results.scoring.bestOf')}
            </Switch>
            {bestOf !== undefined && (
              <NumberField
                label={t('results.scoring.bestOfCount', { count: questions })}
                value={bestOf}
                min={1}
                max={Math.max(1, questions)}
                onChange={(next) => changeSection(id, (section) => ({ ...section, bestOf: next }))}
              />
            )}
            <Switch
              isSelected={rule !== undefined}
              onChange={(isOwn) =>
                changeSection(id, ({ rule: _before, ...section }) =>
                  isOwn ? { ...section, rule: exam.rule } : section,
                )
              }
            >
              {t('results.scoring.ownRule')}
            </Switch>
            {rule !== undefined && (
              <RuleFields
                rule={rule}
                onChange={(next) => changeSection(id, (section) => ({ ...section, rule: next }))}
              />
            )}
          </div>
        );
      })}
    </section>
  );
}
