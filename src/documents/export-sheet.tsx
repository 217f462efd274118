import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { asFailure } from '#contract/failures.ts';
import type { Progress } from '#contract/jobs.ts';
import { engine } from '#src/engine/engine.ts';
import { useRegion } from '#src/regions/regions.ts';
import { usualPaper } from '#src/regions/usual-paper.ts';
import type { DocumentRecord, PageRecord } from '#src/store/records.ts';
import { theSettings, useSettings } from '#src/store/use-settings.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Sheet } from '#src/ui/controls/dialog.tsx';
import { FileOutcome, MadeFileActions, MadeFileLine } from '#src/ui/controls/made-file.tsx';
import { ProgressBar } from '#src/ui/controls/progress-bar.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { Switch } from '#src/ui/controls/switch.tsx';
import { TextField } from '#src/ui/controls/text-field.tsx';
import { type ExportChoice, type MadeFile, finishedPages, makeFile } from './export-document.ts';
import styles from './export-sheet.module.css';
import { readResult, readText, usePagesWithText } from './use-documents.ts';

interface ExportSheetProps {
  readonly document: DocumentRecord;
  readonly pages: readonly PageRecord[];
  readonly onClose: () => void;
}

type Stage =
  | { readonly is: 'choosing'; readonly hasFailed: boolean }
  | { readonly is: 'making'; readonly progress: Progress | undefined }
  | { readonly is: 'made'; readonly made: MadeFile };

const choosing: Stage = { is: 'choosing', hasFailed: false };

/** Sorts by time in a folder, and has no sign that a system refuses: 2026-11-23 09.20. */
function fileDate(time: number): string {
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, 16).replace('T', ' ').replace(':', '.');
}

/** Megabytes as typed, with a point or a comma; undefined where it is no size. */
function megabytesOf(text: string): number | undefined {
  const megabytes = Number(text.replace(',', '.'));
  return Number.isFinite(megabytes) && megabytes > 0 ? megabytes : undefined;
}

/** The document as a file: chosen, made with progress and a way out, then saved or shared. */
export function ExportSheet({ document, pages, onClose }: ExportSheetProps) {
  const { t } = useTranslation();
  const settings = useSettings();
  const { config } = useRegion();
  const [format, setFormat] = useState<ExportChoice['format']>('pdf');
  // Shown at once; the store, which remembers it for the next time, answers a moment later.
  const [chosenPaper, setChosenPaper] = useState<ExportChoice['paper']>();
  const [quality, setQuality] = useState<ExportChoice['quality']>('good');
  const [target, setTarget] = useState('2');
  const [withText, setWithText] = useState(true);
  const pagesWithText = usePagesWithText(document.pageIds);
  const canHaveText = format === 'pdf' && pagesWithText > 0 && settings.textReading !== 'never';
  const [stage, setStage] = useState<Stage>(choosing);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const paper = chosenPaper ?? settings.exportPaper ?? usualPaper(config, navigator.language);
  const targetMegabytes = megabytesOf(target);
  const isComplete = finishedPages(pages).length > 0 && (quality !== 'target' || targetMegabytes !== undefined);

  /** A file that was made with other choices is no longer the one that is wanted. */
  const choose =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      setStage(choosing);
    };

  async function make() {
    const controller = new AbortController();
    stop.current = controller;
    setStage({ is: 'making', progress: undefined });
    try {
      const made = await makeFile(
        { engine, readResult, readText },
        {
          name: document.name || t('exporting.fileName', { date: fileDate(document.createdAt) }),
          createdAt: document.createdAt,
          pages,
          choice: { format, paper, quality, targetMegabytes: targetMegabytes ?? 0, withText: withText && canHaveText },
          signal: controller.signal,
          onProgress: (progress) => setStage({ is: 'making', progress }),
        },
      );
      setStage({ is: 'made', made });
    } catch (cause) {
      const { code } = asFailure(cause);
      if (code !== 'cancelled') console.error(cause);
      setStage({ is: 'choosing', hasFailed: code !== 'cancelled' });
    }
  }

  return (
    <Sheet
      title={t('exporting.title')}
      isOpen
      onOpenChange={onClose}
      actions={
        <Actions
          stage={stage}
          canMake={isComplete}
          onMake={() => void make()}
          onStop={() => stop.current?.abort()}
          onDone={onClose}
        />
      }
    >
      <div className={styles.fields} inert={stage.is === 'making'}>
        <Segmented
          label={t('exporting.format')}
          value={format}
          choices={(['pdf', 'jpeg', 'png'] as const).map((value) => ({
            value,
            label: t(`exporting.formats.${value}`),
          }))}
          onChange={choose(setFormat)}
        />
        {format === 'pdf' ? (
          <Segmented
            label={t('exporting.paper')}
            value={paper}
            choices={(['a4', 'letter', 'as-captured'] as const).map((value) => ({
              value,
              label: t(`exporting.papers.${value}`),
            }))}
            onChange={choose((value) => {
              setChosenPaper(value);
              void theSettings().saveSetting('exportPaper', value);
            })}
          />
        ) : (
          pages.length > 1 && <p className={styles.note}>{t('exporting.zip')}</p>
        )}
        {format !== 'png' && (
          <Segmented
            label={t('exporting.quality')}
            value={format === 'jpeg' && quality === 'target' ? 'good' : quality}
            choices={(format === 'pdf' ? (['best', 'good', 'target'] as const) : (['best', 'good'] as const)).map(
              (value) => ({
                value,
                label: t(`exporting.qualities.${value}`),
              }),
            )}
            onChange={choose(setQuality)}
          />
        )}
        {format === 'pdf' && quality === 'target' && (
          <TextField label={t('exporting.target')} value={target} inputMode="decimal" onChange={choose(setTarget)} />
        )}
        {canHaveText && (
          <div>
            <Switch isSelected={withText} onChange={choose(setWithText)}>
              {t('text.pdf.searchable')}
            </Switch>
            {withText && pagesWithText < pages.length && (
              <p className={styles.note}>{t('text.pdf.missing', { count: pages.length - pagesWithText })}</p>
            )}
          </div>
        )}
      </div>
      <LeftOut pages={pages} />
      <Outcome stage={stage} />
    </Sheet>
  );
}

/** What the file will lack, and what should be looked at before. */
function LeftOut({ pages }: { readonly pages: readonly PageRecord[] }) {
  const { t } = useTranslation();
  const missing = pages.filter(({ rendered }) => rendered === undefined);
  const failed = missing.filter(({ state }) => state === 'failed').length;
  const waiting = missing.length - failed;
  const warned = pages.filter(({ rendered }) => (rendered?.quality.warnings.length ?? 0) > 0).length;
  const notes = [
    missing.length === pages.length && t('exporting.nothing'),
    waiting > 0 && t('exporting.waiting', { count: waiting }),
    failed > 0 && t('exporting.failed', { count: failed }),
    warned > 0 && t('exporting.warned', { count: warned }),
  ].filter((note) => note !== false);
  if (notes.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {notes.map((note) => (
        <li key={note}>
          <TriangleAlert size={18} aria-hidden />
          {note}
        </li>
      ))}
    </ul>
  );
}

function Outcome({ stage }: { readonly stage: Stage }) {
  const { t } = useTranslation();
  return (
    <FileOutcome failure={stage.is === 'choosing' && stage.hasFailed ? t('exporting.notMade') : undefined}>
      {stage.is === 'making' && <Making progress={stage.progress} />}
      {stage.is === 'made' && (
        <>
          <MadeFileLine file={stage.made.file} announcement={t('exporting.ready')} />
          {!stage.made.targetReached && <p className={styles.note}>{t('exporting.targetMissed')}</p>}
        </>
      )}
    </FileOutcome>
  );
}

function Making({ progress }: { readonly progress: Progress | undefined }) {
  const { t } = useTranslation();
  const { done, total } = progress ?? {};
  const isCounted = done !== undefined && total !== undefined && total > 0;
  return (
    <>
      <p>{isCounted ? t('exporting.makingPage', { done: Math.min(total, done + 1), total }) : t('exporting.making')}</p>
      <ProgressBar label={t('exporting.making')} share={isCounted ? done / total : undefined} />
    </>
  );
}

interface ActionsProps {
  readonly stage: Stage;
  readonly canMake: boolean;
  readonly onMake: () => void;
  readonly onStop: () => void;
  readonly onDone: () => void;
}

function Actions({ stage, canMake, onMake, onStop, onDone }: ActionsProps) {
  const { t } = useTranslation();
  if (stage.is === 'making') return <Button onPress={onStop}>{t('exporting.stop')}</Button>;
  if (stage.is === 'choosing') {
    return (
      <Button kind="primary" isDisabled={!canMake} onPress={onMake}>
        {t('exporting.make')}
      </Button>
    );
  }
  return <MadeFileActions file={stage.made.file} onDone={onDone} />;
}
