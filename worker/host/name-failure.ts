import { asFailure, type Failure } from '#contract/failures.ts';

export interface NamedFailure {
  readonly failure: Failure;
  /** The worker's runtime cannot be trusted any more. */
  readonly broken: boolean;
}

/*
 * How running out of memory reads, by who says it: Emscripten's heap at its limit, OpenCV's error -4 (StsNoMem), the
 * browser refusing a typed array or a canvas.
 */
const memoryMessages =
  /Cannot enlarge memory|\(-4:|Array buffer allocation failed|Out of memory|out of memory|Invalid typed array length/;

/** Codes whatever a handler threw. Emscripten aborts with bare strings, and is dead from then on. */
export function nameFailure(cause: unknown): NamedFailure {
  const aborted = typeof cause === 'string' && cause.startsWith('abort(');
  const broken = aborted || cause instanceof WebAssembly.RuntimeError;
  const failure = asFailure(cause);
  if (failure.code === 'internal' && memoryMessages.test(failure.message)) {
    return { failure: { code: 'out-of-memory', message: failure.message }, broken: true };
  }
  return { failure, broken: broken || failure.code === 'out-of-memory' };
}
