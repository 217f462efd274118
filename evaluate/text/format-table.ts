import { formatColumns } from '../format-columns.ts';
import type { TextReport } from './text-suite.ts';
import type { ErrorRates } from './summarise.ts';

/** The report for reading in a terminal. */
export function formatTable(report: TextReport): string {
  const { cores, userAgent, backend } = report.machine;
  const { peers = [], oneWorker, pagesPerMinute } = report;
  const ours = { name: 'papel', msRatio: undefined, ...report };
  const methods = [ours, ...peers];
  const timed = [
    ours,
    { name: 'papel, one worker', ...oneWorker, msRatio: oneWorker.msPerFile.p50 / report.msPerFile.p50 },
    ...peers,
  ];
  const helped = report.perFile.filter(({ workers }) => workers > 1).length;
  return [
    `text: ${report.files} pictures; ${cores} cores, ${backend}, ${/Chrom(?:e|ium)\/[\d.]+/.exec(userAgent)?.[0] ?? userAgent}`,
    `read by two workers: ${helped} of ${report.files}`,
    ...(pagesPerMinute
      ? [
          `pages a minute, several waiting: papel ${whole(pagesPerMinute.papel)}, native ${whole(pagesPerMinute.native ?? Number.NaN)}`,
        ]
      : []),
    `engine start ${whole(report.startMs)} ms; ms per file without decoding (p50 ${whole(report.decodeMs.p50)} ms) and finding the page`,
    '',
    ...formatColumns([
      ['method', 'CER', 'caseless', 'WER', 'errors', 'p50 ms', 'p95 ms', 'p50 / ours'],
      ...timed.map((method) => [
        method.name,
        ...ratesOf(method),
        String(method.errors),
        whole(method.msPerFile.p50),
        whole(method.msPerFile.p95),
        method.msRatio === undefined ? '' : method.msRatio.toFixed(2),
      ]),
    ]),
    '',
    ...formatColumns([
      ['tag', 'files', ...methods.flatMap(({ name }) => [name, 'caseless', 'WER'])],
      ...Object.entries(report.tags).map(([tag, { files }]) => [
        tag,
        String(files),
        ...methods.flatMap(({ tags }) => {
          const rates = tags[tag];
          return rates === undefined ? [] : ratesOf(rates);
        }),
      ]),
    ]),
    '',
    ...formatColumns([
      ['file', 'CER', 'caseless', 'WER', 'turns', 'confidence', 'workers', 'ms', 'one worker'],
      ...report.perFile.map((read, at) => [
        read.file,
        ...ratesOf(read),
        String(read.turns),
        read.confidence.toFixed(2),
        String(read.workers),
        read.error ?? whole(read.ms),
        whole(oneWorker.perFile[at]?.ms ?? Number.NaN),
      ]),
    ]),
  ].join('\n');
}

function ratesOf({ cer, cerCaseless, wer }: Pick<ErrorRates, 'cer' | 'cerCaseless' | 'wer'>): string[] {
  return [cer, cerCaseless, wer].map((rate) => `${(100 * rate).toFixed(1)} %`);
}

function whole(ms: number): string {
  return Number.isFinite(ms) ? ms.toFixed(0) : '-';
}
