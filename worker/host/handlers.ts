import type { Handlers } from '#contract/jobs.ts';
import { createDocumentHandlers } from './document-jobs.ts';
import { createPhotoHandlers } from './photo-jobs.ts';
import type { Runtime } from './runtime.ts';

/** What a worker answers, one entry per job of the contract. */
export function createHandlers(runtime: Pick<Runtime, 'openCv'>): Handlers {
  return {
    'engine.start': async (_input, report) => {
      const startedAt = performance.now();
      await runtime.openCv(report);
      return { startMs: performance.now() - startedAt };
    },
    ...createPhotoHandlers(),
    ...createDocumentHandlers(runtime),
  } satisfies Handlers;
}
