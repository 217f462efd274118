import type { SheetReading } from '#contract/sheets.ts';
import { spreadOf, type Spread } from '../suite.ts';
import type { LabelledSheet } from './read-truth.ts';

/** What came of one sheet. */
export interface ReadSheet {
  /** Undefined where reading failed. */
  readonly reading: SheetReading | undefined;
  readonly ms: number;
  readonly decodeMs: number;
  readonly error?: string;
}

export interface Scores {
  readonly sheets: number;
  /** Labelled fields; those of a sheet that was not read count as wrong. */
  readonly marks: number;
  readonly wrong: number;
  /** Wrong and not flagged for review: the errors that nobody would see. */
  readonly wrongSilent: number;
  readonly flagged: number;
  /** Sheets without any reading; each says why. */
  readonly sheetsFailed: number;
}

export interface FileResult {
  readonly file: string;
  readonly answers: Readonly<Record<string, string>>;
  /** Labels of the labelled fields that are up for review. */
  readonly flagged: readonly string[];
  /** `label: truth -> read` of the wrong ones; a silent one ends in an exclamation mark. */
  readonly wrong: readonly string[];
  readonly ms: number;
  readonly error?: string;
}

/** Fields whose confidence lies in one range, and how often they are right. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly fields: number;
  readonly meanConfidence: number;
  readonly rightShare: number;
}

export interface Summary extends Scores {
  /** Of single fields, by confidence; the last ranges are narrow, as most fields are sure. */
  readonly reliability: readonly ReliabilityBin[];
  /** Expected calibration error: mean over fields of how far their range's confidence is from its share of right ones. */
  readonly calibrationError: number;
  readonly msPerFile: Spread;
  readonly decodeMs: Spread;
  readonly tags: Readonly<Record<string, Scores>>;
  readonly perFile: readonly FileResult[];
}

interface Row {
  readonly tags: readonly string[];
  readonly scores: Scores;
  readonly result: FileResult;
}

/** @param sheets read sheets, one for each label, in the same order. */
export function summarise(labels: readonly LabelledSheet[], sheets: readonly ReadSheet[]): Summary {
  const rows = labels.flatMap((label, at) => {
    const sheet = sheets[at];
    return sheet === undefined ? [] : [judge(label, sheet)];
  });
  const read = sheets.filter(({ reading }) => reading !== undefined);
  const reliability = measureReliability(labels, sheets);
  const tags = [...new Set(rows.flatMap((row) => row.tags))].toSorted();
  return {
    ...total(rows),
    reliability,
    calibrationError:
      reliability.reduce((sum, bin) => sum + bin.fields * Math.abs(bin.meanConfidence - bin.rightShare), 0) /
      Math.max(
        1,
        reliability.reduce((sum, { fields }) => sum + fields, 0),
      ),
    msPerFile: spreadOf(read.map(({ ms }) => ms)),
    decodeMs: spreadOf(read.map(({ decodeMs }) => decodeMs)),
    tags: Object.fromEntries(tags.map((tag) => [tag, total(rows.filter((row) => row.tags.includes(tag)))])),
    perFile: rows.map(({ result }) => result),
  };
}

const confidenceEdges = [0, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1];

function measureReliability(labels: readonly LabelledSheet[], sheets: readonly ReadSheet[]): readonly ReliabilityBin[] {
  const fields = labels.flatMap(({ answers, ambiguous }, at) => {
    const reading = sheets[at]?.reading;
    if (reading?.found !== true) return [];
    return reading.fields.flatMap(({ label, value, confidence }) => {
      const truth = answers[label];
      if (truth === undefined) return [];
      return [{ confidence, right: value === truth || ambiguous[label]?.includes(value) === true }];
    });
  });
  return confidenceEdges.slice(1).flatMap((to, at) => {
    const from = confidenceEdges[at] ?? 0;
    const members = fields.filter(({ confidence }) => confidence >= from && (confidence < to || to === 1));
    if (members.length === 0) return [];
    return [
      {
        from,
        to,
        fields: members.length,
        meanConfidence: members.reduce((sum, { confidence }) => sum + confidence, 0) / members.length,
        rightShare: members.filter(({ right }) => right).length / members.length,
      },
    ];
  });
}

function judge({ file, answers, ambiguous, tags }: LabelledSheet, { reading, ms, error }: ReadSheet): Row {
  const labels = Object.keys(answers);
  if (reading === undefined || !reading.found) {
    const reason = error ?? (reading?.found === false ? reading.reason : 'no answer');
    return {
      tags,
      scores: { sheets: 1, marks: labels.length, wrong: labels.length, wrongSilent: 0, flagged: 0, sheetsFailed: 1 },
      result: { file, answers: {}, flagged: [], wrong: [], ms, error: reason },
    };
  }
  const columns = new Map(reading.columns.map((column) => [column.label, column]));
  const flagged = labels.filter((label) => columns.get(label)?.flagged === true);
  const wrong = labels.filter((label) => {
    const value = columns.get(label)?.value;
    return value !== answers[label] && (value === undefined || ambiguous[label]?.includes(value) !== true);
  });
  const silent = wrong.filter((label) => !flagged.includes(label));
  return {
    tags,
    scores: {
      sheets: 1,
      marks: labels.length,
      wrong: wrong.length,
      wrongSilent: silent.length,
      flagged: flagged.length,
      sheetsFailed: 0,
    },
    result: {
      file,
      answers: Object.fromEntries(reading.columns.map(({ label, value }) => [label, value])),
      flagged,
      wrong: wrong.map(
        (label) =>
          `${label}: ${answers[label] ?? ''} -> ${columns.get(label)?.value ?? 'none'}${silent.includes(label) ? ' !' : ''}`,
      ),
      ms,
    },
  };
}

function total(rows: readonly Row[]): Scores {
  const sum = (figure: (scores: Scores) => number) => rows.reduce((so, { scores }) => so + figure(scores), 0);
  return {
    sheets: rows.length,
    marks: sum(({ marks }) => marks),
    wrong: sum(({ wrong }) => wrong),
    wrongSilent: sum(({ wrongSilent }) => wrongSilent),
    flagged: sum(({ flagged }) => flagged),
    sheetsFailed: sum(({ sheetsFailed }) => sheetsFailed),
  };
}
