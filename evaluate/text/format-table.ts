import { formatColumns } from '../format-columns.ts';
import type { TextReport } from './text-suite.ts';
import type { ErrorRates } from './summarise.ts';

/** The report for reading in a terminal. */
export function formatTable(report: TextReport): string {
  const { cores, userAgent, backend } = report.machine;
  const methods = [{ name: 'papel', msRatio: undefined, ...report }, ...(report.peers ?? [])];
  return [
    `text: ${report.files} pictures; ${cores} cores, ${backend}, ${/Chrom(?:e|ium)\/[\d.]+/.exec(userAgent)?.[0] ?? userAgent}`,
    `engine start ${whole(report.startMs)} ms; ms per file without decoding (p50 ${whole(report.decodeMs.p50)} ms) and finding the page`,
    '',
    ...formatColumns([
      ['method', 'CER', 'caseless', 'WER', 'errors', 'p50 ms', 'p95 ms', 'p50 / ours'],
      ...methods.map((method) => [
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
      ['file', 'CER', 'caseless', 'WER', 'turns', 'confidence', 'ms'],
      ...report.perFile.map((read) => [
        read.file,
        ...ratesOf(read),
        String(read.turns),
        read.confidence.toFixed(2),
        read.error ?? whole(read.ms),
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
