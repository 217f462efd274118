/**
 * Failures cross the boundary between page and worker as data. Screens translate `code`;
 * `message` is for the log and never shown.
 */
export const failureCodes = [
  'empty-file',
  'unsupported-format',
  'damaged-file',
  'file-too-big',
  'too-many-pixels',
  'too-few-pixels',
  'too-many-pages',
  'encrypted-pdf',
  'runtime-unavailable',
  'model-unavailable',
  'language-unavailable',
  'out-of-memory',
  'storage-full',
  'storage-blocked',
  'timed-out',
  'worker-lost',
  'switched-off',
  'cancelled',
  'internal',
] as const;

export type FailureCode = (typeof failureCodes)[number];

export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  /** Numbers that the sentence on the screen names, such as `{ megapixels: 256 }`. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** An expected failure, thrown inside one thread and sent as its `failure` between threads. */
export class CodedFailure extends Error {
  readonly failure: Failure;

  constructor(code: FailureCode, message: string, figures?: Readonly<Record<string, number>>, cause?: unknown) {
    super(message, { cause });
    this.name = 'CodedFailure';
    this.failure = figures === undefined ? { code, message } : { code, message, figures };
  }
}

export function asFailure(cause: unknown): Failure {
  if (cause instanceof CodedFailure) return cause.failure;
  if (cause instanceof Error) {
    if (cause.name === 'AbortError') return { code: 'cancelled', message: cause.message };
    return { code: 'internal', message: `${cause.name}: ${cause.message}` };
  }
  return { code: 'internal', message: String(cause) };
}
