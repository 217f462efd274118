import type { JobName } from '#contract/jobs.ts';
import type { Operation } from '#contract/telemetry.ts';
import { watchJobs, type EndedJob } from '#src/engine/engine.ts';
import { currentRegion } from '#src/regions/regions.ts';
import { startTelemetry } from '#src/telemetry/browser-telemetry.ts';

/** What someone waits for and what is heavy. Frames of the camera, previews and lookups are neither. */
const operationOf: Partial<Record<JobName, Operation>> = {
  'engine.start': 'engine.start',
  'documents.scan': 'documents.scan',
  'documents.render': 'documents.render',
  'documents.export-pdf': 'documents.export-pdf',
  'photos.convert': 'photos.convert',
  'answer-sheets.read': 'answer-sheets.read',
  'answer-sheets.read-page': 'answer-sheets.read',
  'answer-sheets.print': 'answer-sheets.print',
  'answer-sheets.annotate': 'answer-sheets.export',
};

/** Of these operations; a worker that has a network runs other jobs, too. */
const operationsWithNetwork = new Set<Operation>(['documents.scan']);

/** Connects what runs with what counts it, where that is allowed. */
export function startCounting(regionAsked: Promise<void>): void {
  const telemetry = startTelemetry(() => currentRegion().config, regionAsked);
  watchJobs(({ job, startedAt, endedAt, failure, backend }: EndedJob) => {
    const operation = operationOf[job];
    // What a user stops has neither worked nor failed.
    if (operation === undefined || failure === 'cancelled') return;
    void telemetry.noteOperation({
      operation,
      durationMs: endedAt - startedAt,
      failure,
      backend: operationsWithNetwork.has(operation) ? (backend ?? 'none') : 'none',
    });
  });
}
