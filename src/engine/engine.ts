import type { JobName } from '#contract/jobs.ts';
import { compileOpenCv } from './compile-open-cv.ts';
import { shareStart } from './share-start.ts';
import { WorkerPool, type Engine, type FinishedJob } from './pool.ts';
import { poolSize } from './pool-size.ts';
import { spawnWorker } from './spawn-worker.ts';

export type { Engine, RunOptions } from './pool.ts';

const minuteMs = 60_000;

/**
 * Most milliseconds per job, for the slowest phone: a scan that takes 1.5 s on a laptop takes about 15 there. A PDF may
 * have 200 pages, and a target size may compress each of them several times.
 */
const timeoutsMs: Partial<Record<JobName, number>> = {
  'documents.read-frame': 5000,
  'documents.export-pdf': 10 * minuteMs,
  'documents.export-pictures': 10 * minuteMs,
};

/** The engine of this page. Nothing starts before the first job. */
export const engine: Engine = new WorkerPool({
  build: __BUILD_ID__,
  size: poolSize(navigator),
  spawn: spawnWorker,
  runtime: { compile: shareStart(compileOpenCv) },
  // A worker script comes from the cache in milliseconds; the first time, over a slow school network, it does not.
  readyTimeoutMs: minuteMs,
  idleMs: minuteMs,
  timeoutMs: (job) => timeoutsMs[job] ?? 2 * minuteMs,
  finished: recordJob,
});

/** Leaves a `performance.measure` of the job's name. Of the camera's frames only the last stays, as there are many. */
function recordJob({ job, startedAt, endedAt, stagesMs }: FinishedJob): void {
  if (job === 'documents.read-frame') performance.clearMeasures(job);
  performance.measure(job, { start: startedAt, end: endedAt, detail: { stagesMs } });
}
