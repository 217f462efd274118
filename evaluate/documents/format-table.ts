import { formatColumns } from '../format-columns.ts';
import type { DocumentsReport } from './documents-suite.ts';
import type { Scores, Summary } from './summarise.ts';

/** The report for reading in a terminal. */
export function formatTable(report: DocumentsReport): string {
  const { cores, userAgent, backend } = report.machine;
  const methods = [{ name: 'papel', msRatio: undefined, ...report }, ...(report.peers ?? [])];
  const tags = Object.keys(report.tags);
  return [
    `documents: ${report.pages} photos of pages, ${report.negatives} without; ${cores} cores, ${backend}, ${browserOf(userAgent)}`,
    `engine start ${whole(report.startMs)} ms; ms per file without decoding (p50 ${whole(report.decodeMs.p50)} ms)`,
    '',
    ...formatColumns([
      ['method', 'mean IoU', 'hits', 'false', 'errors', 'p50 ms', 'p95 ms', 'p50 / ours'],
      ...methods.map((method) =>
        [method.name].concat(
          scoresOf(method),
          String(method.errors),
          timesOf(method),
          method.msRatio === undefined ? '' : method.msRatio.toFixed(2),
        ),
      ),
    ]),
    '',
    ...formatColumns([
      ['tag', 'files', 'mean IoU', 'hits', 'false'],
      ...tags.map((tag) => {
        const scores = report.tags[tag];
        return scores ? [tag, String(scores.pages + scores.negatives)].concat(scoresOf(scores)) : [tag];
      }),
    ]),
    '',
    ...formatColumns([
      ['file', 'IoU', 'confidence', 'ms'],
      ...report.perFile.map(({ file, iou, corners, confidence, ms, error }) => [
        file,
        iou === null ? (corners === null ? 'none, right' : 'none, but found') : iou.toFixed(3),
        confidence === null ? '' : confidence.toFixed(2),
        error ?? whole(ms),
      ]),
    ]),
  ].join('\n');
}

function scoresOf({ meanIoU, hitRate, falseDetections, negatives }: Scores): string[] {
  return [
    meanIoU === null ? '-' : meanIoU.toFixed(3),
    hitRate === null ? '-' : `${(100 * hitRate).toFixed(0)} %`,
    negatives === 0 ? '-' : `${falseDetections} of ${negatives}`,
  ];
}

function timesOf({ msPerFile }: Summary): string[] {
  return [whole(msPerFile.p50), whole(msPerFile.p95)];
}

function whole(ms: number): string {
  return Number.isFinite(ms) ? ms.toFixed(0) : '-';
}

function browserOf(userAgent: string): string {
  return /(?:Headless)?Chrom(?:e|ium)\/[\d.]+/.exec(userAgent)?.[0] ?? userAgent;
}
