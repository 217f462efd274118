import { formatColumns } from '../format-columns.ts';
import type { SheetsReport } from './sheets-suite.ts';
import type { CharacterScores, WrittenScores } from './summarise-written.ts';
import type { Scores } from './summarise.ts';

/** The report for reading in a terminal. */
export function formatTable(report: SheetsReport): string {
  const { cores, userAgent } = report.machine;
  const browser = /(?:Headless)?Chrom(?:e|ium)\/[\d.]+/.exec(userAgent)?.[0] ?? userAgent;
  return [
    `sheets: ${report.files} sheets, ${report.marks} marks; ${cores} cores, ${browser}`,
    `engine start ${whole(report.startMs)} ms; ms per file without decoding p50 ${whole(report.msPerFile.p50)}, p95 ${whole(report.msPerFile.p95)} (decoding p50 ${whole(report.decodeMs.p50)})`,
    '',
    ...formatColumns([
      ['', 'sheets', 'failed', 'marks', 'right', 'wrong', 'silent', 'flagged'],
      ['all', ...scoresOf(report)],
      ...Object.entries(report.tags).map(([tag, scores]) => [tag, ...scoresOf(scores)]),
    ]),
    ...writtenLines(report.written),
    '',
    `confidence against what was right, of single fields (calibration error ${report.calibrationError.toFixed(4)}):`,
    ...formatColumns([
      ['confidence', 'fields', 'mean', 'right'],
      ...report.reliability.map(({ from, to, fields, meanConfidence, rightShare }) => [
        `${from} to ${to}`,
        String(fields),
        meanConfidence.toFixed(4),
        rightShare.toFixed(4),
      ]),
    ]),
    '',
    ...formatColumns([
      ['file', 'flagged', 'wrong', 'ms', ''],
      ...report.perFile.map(({ file, flagged, wrong, ms, error }) => [
        file,
        String(flagged.length),
        String(wrong.length),
        whole(ms),
        error ?? wrong.slice(0, 3).join(', '),
      ]),
    ]),
  ].join('\n');
}

function writtenLines(written: WrittenScores | undefined): readonly string[] {
  if (written === undefined) return [];
  return [
    '',
    ...formatColumns([
      ['characters', 'count', 'right', 'accepted', 'silent errors'],
      characterRow('in boxes', written.inBoxes),
      characterRow('the same, plain', written.plain),
    ]),
    `boxes not found ${written.lost}; empty boxes ${written.emptyBoxes}, filled in silence ${written.filledSilently}`,
  ];
}

function characterRow(name: string, { characters, right, accepted, silent }: CharacterScores): string[] {
  return [
    name,
    String(characters),
    shareOf(right, characters),
    shareOf(accepted, characters),
    `${silent} (${shareOf(silent, accepted)})`,
  ];
}

function scoresOf({ sheets, sheetsFailed, marks, wrong, wrongSilent, flagged }: Scores): string[] {
  return [
    String(sheets),
    String(sheetsFailed),
    String(marks),
    shareOf(marks - wrong, marks),
    String(wrong),
    String(wrongSilent),
    `${flagged} (${shareOf(flagged, marks)})`,
  ];
}

function shareOf(part: number, of: number): string {
  return of === 0 ? '-' : `${((100 * part) / of).toFixed(2)} %`;
}

function whole(ms: number): string {
  return Number.isFinite(ms) ? ms.toFixed(0) : '-';
}
