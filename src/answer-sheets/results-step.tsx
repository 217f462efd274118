import { ClipboardList, FileDown } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import type { VersionLetter } from '#contract/exams.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { Select } from '#src/ui/controls/select.tsx';
import { SearchField } from '#src/ui/controls/text-field.tsx';
import { analyseExam } from './analysis/analyse-exam.ts';
import { useChangeExam } from './exam-change.ts';
import { ResultsBanner } from './results-banner.tsx';
import { ResultsExport } from './results-export.tsx';
import { ResultsPaper } from './results-paper.tsx';
import { ResultsQuestions } from './results-questions.tsx';
import { type Arrangement, type ResultOrder, type ResultRow, arrangeRows, listResultRows } from './results-rows.ts';
import { ResultsScoring } from './results-scoring.tsx';
import { ResultsStatistics } from './results-statistics.tsx';
import styles from './results-step.module.css';
import { ResultsTable } from './results-table.tsx';
import { useAssembled } from './use-exams.ts';

const views = ['marks', 'questions', 'scoring'] as const;
type View = (typeof views)[number];

type Assembled = NonNullable<ReturnType<typeof useAssembled>>;

/** Scores, what they say about the questions, and the files that they become. */
export function ResultsStep({ record }: { readonly record: ExamRecord }) {
  const { t } = useTranslation();
  const view = useAssembled(record);
  if (view === undefined) return <p className={styles.quiet}>{t('controls.loading')}</p>;
  if (view.assembled.papers.length === 0) return <NoResults examId={record.id} />;
  return <Results record={record} view={view} />;
}

function NoResults({ examId }: { readonly examId: string }) {
  const { t } = useTranslation();
  return (
    <section className={styles.empty}>
      <ClipboardList size={40} aria-hidden />
      <h2>{t('results.empty')}</h2>
      <p>{t('results.emptyHelp')}</p>
      <Link to={`/sheets/${examId}/read`}>{t('results.toRead')}</Link>
    </section>
  );
}

const byName: Arrangement = { by: 'name', isDescending: false, query: '' };
/** Columns of which the highest is looked for first. */
const highestFirst: ReadonlySet<ResultOrder> = new Set(['points', 'percent', 'grade', 'passed']);

function Results({ record, view: { assembled, scores } }: { readonly record: ExamRecord; readonly view: Assembled }) {
  const { t, i18n } = useTranslation();
  const { exam } = record;
  const change = useChangeExam(record.id);
  const [view, setView] = useState<View>('marks');
  const [arrangement, setArrangement] = useState(byName);
  /** The dialog for files; of one student only where it was asked for from there. */
  const [exporting, setExporting] = useState<{ readonly only: string | undefined }>();
  const [search, setSearch] = useSearchParams();
  const all = useMemo(() => listResultRows(assembled, scores), [assembled, scores]);
  // What is typed and pressed shows at once; 500 rows may follow a moment later.
  const settled = useDeferredValue(arrangement);
  const rows = useMemo(() => arrangeRows(all, settled, i18n.language), [all, settled, i18n.language]);

  const [version, setVersion] = useState<VersionLetter>();
  const analysis = useMemo(
    () => analyseExam(exam, assembled.papers, scores, version),
    [exam, assembled, scores, version],
  );
  /** Where the teacher shuffled, questions can only be told for one version. */
  const firstVersion = analysis.versions[0]?.version ?? 'A';
  const ofVersion = useMemo(
    () => (analysis.needsVersion ? analyseExam(exam, assembled.papers, scores, firstVersion) : analysis),
    [analysis, exam, assembled, scores, firstVersion],
  );

  /** The open paper is part of the address, so that going back closes it. */
  const openKey = search.get('student');
  const open = useCallback(
    (key: string | undefined) =>
      setSearch(key === undefined ? {} : { student: key }, { replace: openKey !== null && key !== undefined }),
    [setSearch, openKey],
  );
  const present = rows.filter(({ paper }) => paper !== undefined);
  const at = present.findIndex(({ key }) => key === openKey);
  const shown: ResultRow | undefined = present[at] ?? all.find(({ key }) => key === openKey);
  const openNeighbour = (step: number) => {
    const key = at === -1 ? undefined : present[at + step]?.key;
    return key === undefined ? undefined : () => open(key);
  };

  return (
    <div className={styles.step}>
      <ResultsBanner record={record} assembled={assembled} scores={scores} />
      <div className={styles.bar}>
        <Segmented
          label={t('results.views.label')}
          hidesLabel
          value={view}
          choices={views.map((value) => ({ value, label: t(`results.views.${value}`) }))}
          onChange={setView}
        />
        {view === 'questions' && exam.versions.length > 1 && (
          <VersionSelect
            letters={exam.versions.map(({ letter }) => letter)}
            needsOne={exam.shuffledBy === 'own'}
            version={version ?? (exam.shuffledBy === 'own' ? firstVersion : undefined)}
            onChange={setVersion}
          />
        )}
        <Button kind="primary" icon={FileDown} onPress={() => setExporting({ only: undefined })}>
          {t('results.export.button')}
        </Button>
      </div>
      {view === 'questions' ? (
        <ResultsQuestions exam={exam} analysis={ofVersion} version={version ?? firstVersion} onChange={change} />
      ) : (
        <div className={styles.columns}>
          <div className={styles.main}>
            {view === 'scoring' ? (
              <ResultsScoring exam={exam} onChange={change} />
            ) : (
              <>
                <div className={styles.search}>
                  <SearchField
                    label={t('results.search')}
                    value={arrangement.query}
                    onChange={(query) => setArrangement({ ...arrangement, query })}
                  />
                  <output className={styles.count}>{t('results.students', { count: rows.length })}</output>
                </div>
                {rows.length === 0 ? (
                  <p className={styles.quiet}>{t('results.noneFound')}</p>
                ) : (
                  <ResultsTable
                    rows={rows}
                    arrangement={arrangement}
                    onOpen={open}
                    onArrange={(by) =>
                      setArrangement({
                        ...arrangement,
                        by,
                        isDescending: by === arrangement.by ? !arrangement.isDescending : highestFirst.has(by),
                      })
                    }
                  />
                )}
              </>
            )}
          </div>
          <aside className={styles.aside}>
            <ResultsStatistics exam={exam} analysis={analysis} />
          </aside>
        </div>
      )}
      {shown?.paper !== undefined && exporting === undefined && (
        <ResultsPaper
          examId={record.id}
          exam={exam}
          row={shown}
          onPrevious={openNeighbour(-1)}
          onNext={openNeighbour(1)}
          onAnnotate={() => setExporting({ only: shown.key })}
          onClose={() => open(undefined)}
        />
      )}
      {exporting !== undefined && (
        <ResultsExport
          record={record}
          assembled={assembled}
          scores={scores}
          analysis={ofVersion}
          only={exporting.only}
          onClose={() => setExporting(undefined)}
        />
      )}
    </div>
  );
}

interface VersionSelectProps {
  readonly letters: readonly VersionLetter[];
  readonly needsOne: boolean;
  readonly version: VersionLetter | undefined;
  readonly onChange: (version: VersionLetter | undefined) => void;
}

function VersionSelect({ letters, needsOne, version, onChange }: VersionSelectProps) {
  const { t } = useTranslation();
  return (
    <Select<VersionLetter | 'all'>
      label={t('results.analysis.showVersion')}
      hidesLabel
      value={version ?? 'all'}
      choices={[
        ...(needsOne ? [] : [{ value: 'all' as const, label: t('results.analysis.allVersions') }]),
        ...letters.map((value) => ({ value, label: t('results.analysis.byVersion', { letter: value }) })),
      ]}
      onChange={(value) => onChange(value === 'all' ? undefined : value)}
    />
  );
}
