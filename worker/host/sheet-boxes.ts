import { CodedFailure } from '#contract/failures.ts';
import type { TryCharacters } from '#worker/answer-sheets/read-boxes.ts';
import { createCharacterReader } from './handwriting-jobs.ts';
import type { Runtime } from './runtime.ts';

/** A device without the reader of handwriting asks for it again this long after it could not be had, not at every sheet. */
const retryAfterMs = 30_000;

/**
 * The reader of handwriting for sheets, fetched with the first box. Where it cannot be had, such as offline before it was ever
 * fetched, marks are read all the same, and boxes wait for a person or another reading.
 */
export function createBoxReader(runtime: Pick<Runtime, 'network'>): TryCharacters {
  const readCharacters = createCharacterReader(runtime);
  let missingSince = -Infinity;
  return async (picture, boxes) => {
    if (performance.now() - missingSince < retryAfterMs) return undefined;
    try {
      return await readCharacters(picture, boxes);
    } catch (cause) {
      const isMissing =
        cause instanceof CodedFailure &&
        (cause.failure.code === 'model-unavailable' || cause.failure.code === 'runtime-unavailable');
      if (!isMissing) throw cause;
      missingSince = performance.now();
      console.warn('Boxes of sheets are not read for now.', cause);
      return undefined;
    }
  };
}
