import { formatColumns } from '../format-columns.ts';
import type { Agreement } from './compare-backends.ts';
import type { FacesReport } from './faces-suite.ts';
import { sizes, type Scores, type Summary } from './summarise.ts';

/** The report for reading in a terminal. */
export function formatTable(report: FacesReport): string {
  const { cores, userAgent, backend } = report.machine;
  const methods = [{ name: `papel, ${report.detector}`, msRatio: undefined, ...report }, ...(report.peers ?? [])];
  return [
    `faces: ${report.labelled} in ${report.files} pictures, ${report.negatives} without; ${cores} cores, ${backend}, ${browserOf(userAgent)}`,
    `engine start ${whole(report.startMs)} ms; ms per file without decoding (p50 ${whole(report.decodeMs.p50)} ms); frame of 640 x 480 p50 ${whole(report.msPerFrame.p50)}, p95 ${whole(report.msPerFrame.p95)} ms`,
    '',
    ...formatColumns([
      [
        'method',
        'recall',
        'precision',
        'F1',
        ...sizes,
        'mean IoU',
        'false',
        'errors',
        'p50 ms',
        'p95 ms',
        'p50 / ours',
      ],
      ...methods.map((method) => [
        method.name,
        ...scoresOf(method),
        ...sizes.map((size) => shareOf(method.sizes[size].f1)),
        ...restOf(method),
        method.msRatio === undefined ? '' : method.msRatio.toFixed(2),
      ]),
    ]),
    '',
    ...formatColumns([
      ['hidden', 'areas', 'labelled faces left', 'found again by'],
      ...report.hiding.map(({ style, areas, uncovered, stillFound }) => [
        style,
        String(areas),
        String(uncovered),
        Object.entries(stillFound)
          .map(([name, count]) => `${name}: ${count}`)
          .join(', '),
      ]),
    ]),
    '',
    ...(report.agreement === undefined ? [] : [agreementLine(report.agreement), '']),
    ...formatColumns([
      ['tag', 'recall', 'precision', 'F1'],
      ...Object.entries(report.tags).map(([tag, scores]) => [tag, ...scoresOf(scores)]),
    ]),
    '',
    ...formatColumns([
      ['file', 'found', 'missed', 'wrong', 'ms'],
      ...report.perFile.map(({ file, found, missed, wrong, ms, error }) => [
        file,
        String(found),
        String(missed),
        String(wrong),
        error ?? whole(ms),
      ]),
    ]),
  ].join('\n');
}

function agreementLine({ pictures, isWithinTolerance, ...agreement }: Agreement): string {
  const { sameFaces, onlyOnOne, leastOverlap, largestScoreDifference } = agreement;
  const verdict = isWithinTolerance ? 'within the tolerance' : 'NOT within the tolerance';
  return `WebGL beside WebAssembly, ${pictures} pictures: ${sameFaces} faces on both, ${onlyOnOne} on one alone; overlap at least ${leastOverlap.toFixed(4)}, chances off by at most ${largestScoreDifference.toFixed(5)}: ${verdict}`;
}

function scoresOf({ recall, precision, f1 }: Scores): string[] {
  return [recall, precision, f1].map(shareOf);
}

function restOf({ meanIoU, falsePositives, negatives, errors, msPerFile }: Summary): string[] {
  return [
    shareOf(meanIoU),
    `${falsePositives} of ${negatives}`,
    String(errors),
    whole(msPerFile.p50),
    whole(msPerFile.p95),
  ];
}

function shareOf(share: number | null): string {
  return share === null ? '-' : share.toFixed(3);
}

function whole(ms: number): string {
  return Number.isFinite(ms) ? ms.toFixed(0) : '-';
}

function browserOf(userAgent: string): string {
  return /(?:Headless)?Chrom(?:e|ium)\/[\d.]+/.exec(userAgent)?.[0] ?? userAgent;
}
