import { CodedFailure } from '#contract/failures.ts';

function* causesOf(error: unknown): Generator<{ name: string; message: string }> {
  let next = error;
  // Dexie wraps the browser's error in `inner`, and wraps that again when a transaction is aborted by it.
  for (let depth = 0; depth < 5 && typeof next === 'object' && next !== null; depth++) {
    const name = 'name' in next ? String(next.name) : '';
    const message = 'message' in next ? String(next.message) : '';
    yield { name, message };
    next = 'inner' in next ? next.inner : 'cause' in next ? next.cause : undefined;
  }
}

const blockedNames = new Set([
  'MissingAPIError',
  'InvalidStateError',
  'SecurityError',
  'OpenFailedError',
  'DatabaseClosedError',
  'VersionError',
  'NotFoundError',
]);

/** Turns what IndexedDB throws into `storage-full` or `storage-blocked`; anything else comes back as it was. */
export function asStorageFailure(error: unknown): unknown {
  if (error instanceof CodedFailure) return error;
  const causes = [...causesOf(error)];
  const text = causes.map(({ name, message }) => `${name}: ${message}`).join(' < ');
  if (causes.some(({ name }) => name === 'QuotaExceededError')) {
    return new CodedFailure('storage-full', text, undefined, error);
  }
  if (causes.some(({ name }) => blockedNames.has(name))) {
    return new CodedFailure('storage-blocked', text, undefined, error);
  }
  return error;
}

/** Runs something that touches the store; its storage errors come out coded. */
export async function withStorageFailures<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asStorageFailure(error);
  }
}
