import { Printer, TriangleAlert } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { asFailure } from '#contract/failures.ts';
import type { Progress } from '#contract/jobs.ts';
import { engine } from '#src/engine/engine.ts';
import { useRegion } from '#src/regions/regions.ts';
import { usualPaper } from '#src/regions/usual-paper.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { sheetRecords } from '#src/store/sheet-records.ts';
import { theStore } from '#src/store/store.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Sheet } from '#src/ui/controls/dialog.tsx';
import { FileOutcome, MadeFileActions, MadeFileLine } from '#src/ui/controls/made-file.tsx';
import { ProgressBar } from '#src/ui/controls/progress-bar.tsx';
import { Select } from '#src/ui/controls/select.tsx';
import { Switch } from '#src/ui/controls/switch.tsx';
import type { ExamAnalysis } from './analysis/analyse-exam.ts';
import { useExamTitle } from './exam-title.ts';
import { type CsvDialect, dialectOf } from '#src/ui/write-csv.ts';
import type { AssembledExam, PaperScore } from './papers.ts';
import { usePageOf } from './read-pages.ts';
import styles from './results-export.module.css';
import {
  type ResultsToWrite,
  makeAnnotatedPdf,
  makeCsv,
  makeExamFile,
  makeJson,
  makeWorkbook,
} from './results-make-file.ts';
import { PrintedReport } from './results-report.tsx';
import { arrangeRows, listResultRows } from './results-rows.ts';

const kinds = ['workbook', 'marks', 'answers', 'annotated', 'report', 'exam', 'json'] as const;
type Kind = (typeof kinds)[number];

const separators = [',', ';', '\t'] as const satisfies readonly CsvDialect['separator'][];

interface ResultsExportProps {
  readonly record: ExamRecord;
  readonly assembled: AssembledExam;
  readonly scores: readonly PaperScore[];
  readonly analysis: ExamAnalysis;
  /** Key of the paper whose marked sheet is asked for; everything without it. */
  readonly only: string | undefined;
  readonly onClose: () => void;
}

type Stage =
  | { readonly is: 'choosing'; readonly hasFailed: boolean }
  | { readonly is: 'making'; readonly progress: Progress | undefined }
  | { readonly is: 'made'; readonly file: File }
  /** Counts up, so that it can be printed again. */
  | { readonly is: 'printing'; readonly round: number };

const choosing: Stage = { is: 'choosing', hasFailed: false };
const everyone = '';

/** All the files that results become, from one place. */
export function ResultsExport({ record, assembled, scores, analysis, only, onClose }: ResultsExportProps) {
  const { t, i18n } = useTranslation();
  const { config } = useRegion();
  const title = useExamTitle()(record);
  const pageOf = usePageOf(record);
  const [kind, setKind] = useState<Kind>(only === undefined ? 'workbook' : 'annotated');
  const [whose, setWhose] = useState(only ?? everyone);
  // The language of the app has no region; the browser's says how spreadsheets here split columns.
  const [separator, setSeparator] = useState(() => dialectOf(navigator.language).separator);
  const [withPupils, setWithPupils] = useState(false);
  const [stage, setStage] = useState<Stage>(choosing);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const rows = arrangeRows(
    listResultRows(assembled, scores),
    { by: 'name', isDescending: false, query: '' },
    i18n.language,
  );
  const present = rows.filter(({ paper }) => paper !== undefined);
  const results: ResultsToWrite = { record, title, rows, analysis, t, language: i18n.language };
  const paper = usualPaper(config, navigator.language);

  const choose =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      setStage(choosing);
    };

  async function makeFile(chosen: Exclude<Kind, 'report'>): Promise<File> {
    const stored = sheetRecords(theStore().db);
    if (chosen === 'marks' || chosen === 'answers') {
      return makeCsv(results, chosen, { separator, decimal: separator === ';' ? ',' : '.' });
    }
    if (chosen === 'workbook') return makeWorkbook(results);
    if (chosen === 'json') return makeJson(results, await stored.listSheets(record.id));
    if (chosen === 'exam') return makeExamFile(record.id, title, t, withPupils);
    if (pageOf === undefined) throw new Error('the pages are not laid out yet');
    stop.current = new AbortController();
    return makeAnnotatedPdf(
      { ...results, rows: whose === everyone ? rows : rows.filter(({ key }) => key === whose) },
      {
        engine,
        pageOf,
        paper,
        readSheet: stored.getSheet,
        readPhoto: stored.getPhoto,
        signal: stop.current.signal,
        onProgress: (progress) => setStage({ is: 'making', progress }),
      },
    );
  }

  async function make() {
    if (kind === 'report') {
      setStage({ is: 'printing', round: stage.is === 'printing' ? stage.round + 1 : 1 });
      return;
    }
    setStage({ is: 'making', progress: undefined });
    try {
      setStage({ is: 'made', file: await makeFile(kind) });
    } catch (cause) {
      const { code } = asFailure(cause);
      if (code !== 'cancelled') console.error(cause);
      setStage({ is: 'choosing', hasFailed: code !== 'cancelled' });
    }
  }

  const isFinal = scores.every((score) => score.isFinal) && assembled.problems.length === 0;
  return (
    <>
      <Sheet
        title={t('results.export.title')}
        isOpen
        onOpenChange={onClose}
        actions={
          <Actions
            stage={stage}
            isReport={kind === 'report'}
            onMake={() => void make()}
            onStop={() => stop.current?.abort()}
            onDone={onClose}
          />
        }
      >
        <div className={styles.fields} inert={stage.is === 'making'}>
          <Kinds kind={kind} onChange={choose(setKind)} />
          {(kind === 'marks' || kind === 'answers') && (
            <Select
              label={t('results.export.separator')}
              value={separator}
              choices={separators.map((value) => ({ value, label: t(`results.export.separators.${value}`) }))}
              onChange={choose(setSeparator)}
            />
          )}
          {kind === 'annotated' && (
            <Select
              label={t('results.export.whose')}
              value={whose}
              choices={[
                { value: everyone, label: t('results.export.everyone') },
                ...present.map(({ key, name, number }) => ({
                  value: key,
                  label: `${name === '' ? t('results.unknown') : name}${number === '' ? '' : ` · ${number}`}`,
                })),
              ]}
              onChange={choose(setWhose)}
            />
          )}
          {kind === 'exam' && (
            <>
              <Switch isSelected={withPupils} onChange={choose(setWithPupils)}>
                {t('results.export.withPupils')}
              </Switch>
              {withPupils && <p className={styles.note}>{t('results.export.withPupilsWarning')}</p>}
            </>
          )}
        </div>
        {!isFinal && kind !== 'exam' && (
          <p className={styles.caution}>
            <TriangleAlert size={18} aria-hidden />
            {t('results.export.notFinal')}
          </p>
        )}
        <Outcome stage={stage} />
      </Sheet>
      {stage.is === 'printing' && (
        <PrintedReport key={stage.round} record={record} analysis={analysis} rows={rows} paper={paper} />
      )}
    </>
  );
}

function Kinds({ kind, onChange }: { readonly kind: Kind; readonly onChange: (kind: Kind) => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset className={styles.kinds}>
      <legend className={styles.legend}>{t('results.export.what')}</legend>
      {kinds.map((each) => (
        <label key={each} className={styles.kind}>
          <input
            type="radio"
            name="kind"
            value={each}
            checked={each === kind}
            aria-label={t(`results.export.kinds.${each}`)}
            aria-describedby={`${id}-${each}`}
            onChange={() => onChange(each)}
          />
          <span>
            <span className={styles.kindName}>{t(`results.export.kinds.${each}`)}</span>
            <span id={`${id}-${each}`} className={styles.about}>
              {t(`results.export.about.${each}`)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Outcome({ stage }: { readonly stage: Stage }) {
  const { t } = useTranslation();
  return (
    <FileOutcome failure={stage.is === 'choosing' && stage.hasFailed ? t('results.export.notMade') : undefined}>
      {stage.is === 'making' && <Making progress={stage.progress} />}
      {stage.is === 'made' && <MadeFileLine file={stage.file} announcement={t('exporting.ready')} />}
    </FileOutcome>
  );
}

function Making({ progress }: { readonly progress: Progress | undefined }) {
  const { t } = useTranslation();
  const { done, total } = progress ?? {};
  const isCounted = done !== undefined && total !== undefined && total > 0;
  return (
    <>
      <p>
        {isCounted
          ? t('results.export.makingSheet', { done: Math.min(total, done + 1), total })
          : t('exporting.making')}
      </p>
      <ProgressBar label={t('exporting.making')} share={isCounted ? done / total : undefined} />
    </>
  );
}

interface ActionsProps {
  readonly stage: Stage;
  readonly isReport: boolean;
  readonly onMake: () => void;
  readonly onStop: () => void;
  readonly onDone: () => void;
}

function Actions({ stage, isReport, onMake, onStop, onDone }: ActionsProps) {
  const { t } = useTranslation();
  if (stage.is === 'making') return <Button onPress={onStop}>{t('exporting.stop')}</Button>;
  if (stage.is !== 'made') {
    return (
      <Button kind="primary" onPress={onMake} {...(isReport ? { icon: Printer } : {})}>
        {t(isReport ? 'results.export.print' : 'results.export.make')}
      </Button>
    );
  }
  return <MadeFileActions file={stage.file} onDone={onDone} />;
}
