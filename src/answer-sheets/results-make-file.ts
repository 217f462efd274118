/** The files that results become. Spreadsheets, programs and colleagues get the same rows that the screen shows. */
import type { TFunction } from 'i18next';

import type { AnnotatedSheet } from '#contract/annotations.ts';
import { fileNameOf } from '#contract/file-name.ts';
import type { Progress } from '#contract/jobs.ts';
import type { Engine } from '#src/engine/engine.ts';
import type { ExamRecord, SheetRecord } from '#src/store/records.ts';
import type { ExamAnalysis } from './analysis/analyse-exam.ts';
import { tabulateAnswers, tabulateMarks, tabulateQuestions, tabulateStatistics } from './export/build-tables.ts';
import { planAnnotations } from './export/plan-annotations.ts';
import { type CsvDialect, writeCsv } from '#src/ui/write-csv.ts';
import { exportExamFile } from './flow.ts';
import type { PageOf } from './read-pages.ts';
import { resultFormatsOf } from './results-formats.ts';
import type { ResultRow } from './results-rows.ts';
import { listStatistics } from './results-statistics-list.ts';

export interface ResultsToWrite {
  readonly record: ExamRecord;
  readonly title: string;
  /** In the order of the files' rows and pages. */
  readonly rows: readonly ResultRow[];
  readonly analysis: ExamAnalysis;
  readonly t: TFunction;
  readonly language: string;
}

const csvType = 'text/csv;charset=utf-8';
const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function makeCsv(results: ResultsToWrite, kind: 'marks' | 'answers', dialect: CsvDialect): File {
  const { record, rows, t } = results;
  const table = (kind === 'marks' ? tabulateMarks : tabulateAnswers)(record.exam, rows, t);
  return new File([writeCsv(table, dialect)], nameFile(results, kind, 'csv'), { type: csvType });
}

/** The writer comes when the first workbook is made. */
export async function makeWorkbook(results: ResultsToWrite): Promise<File> {
  const {
    record: { exam },
    rows,
    analysis,
    t,
    language,
  } = results;
  const { writeWorkbook } = await import('./export/write-workbook.ts');
  const workbook = await writeWorkbook([
    tabulateMarks(exam, rows, t),
    tabulateAnswers(exam, rows, t),
    tabulateQuestions(exam, analysis, t),
    tabulateStatistics(listStatistics(exam, analysis, t, resultFormatsOf(language)), analysis, t),
  ]);
  return new File([workbook], nameFile(results, 'results', 'xlsx'), { type: workbookType });
}

/** Everything that was read and scored, but the photos. */
export function makeJson(results: ResultsToWrite, sheets: readonly SheetRecord[]): File {
  const { record, rows } = results;
  const everything = {
    format: 'papel-results',
    formatVersion: 1,
    exam: record.exam,
    analysis: results.analysis,
    students: rows.map(({ name, number, section, paper, score }) => ({ name, number, section, paper, score })),
    sheets: sheets.map(
      ({ id, fileName, identity, readAs, reading, corrections, pointsByHand, isSetAside, failure, createdAt }) => ({
        id,
        fileName,
        identity,
        readAs,
        reading,
        corrections,
        pointsByHand,
        isSetAside,
        failure,
        createdAt,
      }),
    ),
  };
  return new File([JSON.stringify(everything)], nameFile(results, 'results', 'json'), {
    type: 'application/json',
  });
}

/** @param withPupils class list, sheets and their photos go along */
export async function makeExamFile(examId: string, title: string, t: TFunction, withPupils: boolean): Promise<File> {
  const file = await exportExamFile(examId, { withPupils, withPhotos: withPupils });
  return new File([file], fileNameOf(title, t('results.export.kinds.exam'), 'papel'), { type: file.type });
}

interface Annotating {
  readonly engine: Engine;
  readonly pageOf: PageOf;
  readonly readSheet: (sheetId: string) => Promise<SheetRecord | undefined>;
  readonly readPhoto: (sheetId: string) => Promise<Blob | undefined>;
  readonly paper: 'a4' | 'letter';
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * One page a sheet, students in the order of the rows. Photos are handed over as what the store gave out, which browsers keep on
 * disk; the worker opens one at a time.
 *
 * @throws where there is nothing to draw on
 */
export async function makeAnnotatedPdf(results: ResultsToWrite, annotating: Annotating): Promise<File> {
  const { record, title, rows, t, language } = results;
  const { engine, pageOf, readSheet, readPhoto, paper, signal, onProgress } = annotating;
  const formats = resultFormatsOf(language);
  const annotated: AnnotatedSheet[] = [];
  for (const row of rows) {
    const { paper: own, score } = row;
    if (own === undefined || score === undefined) continue;
    for (const [index, sheetId] of own.sheetIds.entries()) {
      const sheet = await readSheet(sheetId);
      const page = sheet === undefined ? undefined : pageOf(sheet);
      if (sheet === undefined || page === undefined) continue;
      const facts = [
        title,
        row.section,
        row.number,
        formats.percent(score.percent),
        record.exam.grading.scale !== 'percent' && score.grade,
        t(score.passed ? 'results.passed' : 'results.notPassed'),
        row.open > 0 && t('results.openShort', { count: row.open }),
        own.sheetIds.length > 1 && t('results.export.pageOf', { page: index + 1, pages: own.sheetIds.length }),
      ];
      const planned = planAnnotations({
        exam: record.exam,
        page,
        sheet,
        paper: own,
        score,
        heading: {
          left: row.name === '' ? t('results.unknown') : row.name,
          right: `${formats.points(score.points)} / ${formats.points(score.most)}`,
          below: facts.filter((fact) => fact !== false && fact !== '').join(' · '),
        },
        formatPoints: formats.points,
      });
      const photo = planned === undefined ? undefined : await readPhoto(sheetId);
      if (planned !== undefined && photo !== undefined) annotated.push({ ...planned, photo });
    }
  }
  if (annotated.length === 0) throw new Error('no sheet with a photo and a reading');
  const name = nameFile(results, 'annotated', 'pdf');
  const legend = {
    right: t('results.export.legend.right'),
    wrong: t('results.export.legend.wrong'),
    missed: t('results.export.legend.missed'),
    open: t('results.export.legend.open'),
  };
  const order = { sheets: annotated, paper, title: name, createdAt: new Date().toISOString(), language, legend };
  const { pdf } = await engine.run(
    'answer-sheets.annotate',
    { order },
    { signal, onProgress, timeoutMs: startMs + annotated.length * mostMsASheet },
  );
  return new File([pdf], name, { type: 'application/pdf' });
}

/** A 12-megapixel photo takes 0.3 s on a laptop; the slowest phones are ten times slower, and may be busy. */
const mostMsASheet = 10_000;
const startMs = 60_000;

type Content = 'marks' | 'answers' | 'annotated' | 'results';

function nameFile({ title, t }: ResultsToWrite, content: Content, extension: string): string {
  const words = t(`results.export.names.${content}`);
  return fileNameOf(`${title} - ${words}`, words, extension);
}
