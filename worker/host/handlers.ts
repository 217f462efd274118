import type { Handlers } from '#contract/jobs.ts';
import { createDocumentHandlers } from './document-jobs.ts';
import { createFaceHandlers } from './face-jobs.ts';
import { createFormHandlers } from './form-jobs.ts';
import { createHandwritingHandlers } from './handwriting-jobs.ts';
import { createIdHandlers } from './id-jobs.ts';
import { createPhotoHandlers } from './photo-jobs.ts';
import type { Runtime } from './runtime.ts';
import { createSheetExportHandlers } from './sheet-export-jobs.ts';
import { createSheetImportHandlers } from './sheet-import-jobs.ts';
import { createSheetHandlers } from './sheet-jobs.ts';
import { createSheetPrintHandlers } from './sheet-print-jobs.ts';
import { createTextHandlers } from './text-jobs.ts';

/** What a worker answers, one entry per job of the contract. */
export function createHandlers(
  runtime: Pick<Runtime, 'openCv' | 'codeReader' | 'network' | 'measureBackends' | 'recogniser' | 'textHelper'>,
): Handlers {
  return {
    'engine.start': async (_input, report) => {
      const startedAt = performance.now();
      await runtime.openCv(report);
      return { startMs: performance.now() - startedAt };
    },
    'networks.measure': async ({ network }, report) => ({
      readings: await runtime.measureBackends(network, (done, total) => report({ stage: 'measure', done, total })),
    }),
    ...createPhotoHandlers(),
    ...createDocumentHandlers(runtime),
    ...createSheetHandlers(runtime),
    ...createSheetExportHandlers(),
    ...createSheetPrintHandlers(),
    ...createSheetImportHandlers(),
    ...createTextHandlers(runtime),
    ...createFaceHandlers(runtime),
    ...createIdHandlers(),
    ...createHandwritingHandlers(runtime),
    ...createFormHandlers(runtime),
  } satisfies Handlers;
}
