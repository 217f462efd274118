import type { Page } from 'playwright';

/** What every report says. Times are milliseconds. */
export interface Report {
  readonly suite: string;
  readonly files: number;
  readonly machine: Machine;
  /** From the call that starts the engine until OpenCV is ready for the first job, with nothing cached. */
  readonly startMs: number;
  /** Without decoding, which is `decodeMs`. */
  readonly msPerFile: Spread;
  readonly decodeMs: Spread;
  readonly perFile: readonly { readonly file: string }[];
}

export interface Machine {
  readonly cores: number;
  readonly userAgent: string;
  readonly backend: string;
}

export interface Spread {
  readonly p50: number;
  readonly p95: number;
}

/** A browser page with the built app's worker behind it, and the labelled files served to it. */
export interface Session {
  readonly page: Page;
  readonly machine: Machine;
  readonly startMs: number;
  /** Address of a file of the truth, on the page's own origin. */
  urlOf(file: string): string;
  /** Says how far it is, on stderr. */
  progress(line: string): void;
}

/** Labelled files that were read and found usable. */
export interface LabelledSet {
  /** As the truth names them, relative to its folder. */
  readonly files: readonly string[];
  measure(session: Session, options: { readonly peers: boolean }): Promise<Result>;
}

/** A report, and the same for reading in a terminal. */
export interface Result {
  readonly report: Report;
  readonly table: string;
}

/** One kind of evaluation, as EVALUATION.md lists them. */
export interface Suite {
  readonly hasPeers: boolean;
  /**
   * @param limit how many labelled files to take, from the first on; all where `undefined`.
   * @param folder of the truth, for what lies beside the files that it names.
   * @throws UnusableInput where the truth is not as it should be.
   */
  readTruth(json: unknown, limit: number | undefined, folder: string): LabelledSet;
}

/** The value below which `share` of the values lie, interpolated between neighbours; NaN where there are none. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

export function spreadOf(values: readonly number[]): Spread {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95) };
}
