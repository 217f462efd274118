import { asFailure, type FailureCode } from '#contract/failures.ts';
import type { JobName } from '#contract/jobs.ts';
import type { NetworkName } from '#contract/supplies.ts';
import { keepBackendChoice } from './backend-choice.ts';
import { WorkerPool, type Engine, type FinishedJob } from './pool.ts';
import { poolSize } from './pool-size.ts';
import { spawnWorker } from './spawn-worker.ts';
import { createSuppliers } from './suppliers.ts';

export type { Engine, RunOptions } from './pool.ts';

const minuteMs = 60_000;

/**
 * Most milliseconds per job, for the slowest phone: a scan that takes 1.5 s on a laptop takes about 15 there. A PDF may
 * have 200 pages, and a target size may compress each of them several times.
 */
const timeoutsMs: Partial<Record<JobName, number>> = {
  'documents.read-frame': 5000,
  'answer-sheets.read-frame': 5000,
  'documents.export-pdf': 10 * minuteMs,
  'documents.export-pictures': 10 * minuteMs,
  // Two readings, where the first was upside down, in two languages.
  'text.read': 5 * minuteMs,
};

/** Tenths of a second on a laptop. */
const shortJobs = new Set<JobName>(['answer-sheets.read-page', 'photos.shrink', 'text.start', 'text.recognise']);

/** The engine of this page. Nothing starts before the first job. */
export const engine: Engine = new WorkerPool({
  build: __BUILD_ID__,
  size: poolSize(navigator),
  spawn: spawnWorker,
  suppliers: createSuppliers(measureLater, recordStart),
  // A worker script comes from the cache in milliseconds; the first time, over a slow school network, it does not.
  readyTimeoutMs: minuteMs,
  idleMs: minuteMs,
  timeoutMs: (job) => timeoutsMs[job] ?? 2 * minuteMs,
  isShort: (job) => shortJobs.has(job),
  finished: recordJob,
});

const frameJobs = new Set<JobName>(['documents.read-frame', 'answer-sheets.read-frame', 'faces.read-frame']);

/** A job that has ended, well or not. Times are of `performance.now()`. */
export type EndedJob = Omit<FinishedJob, 'stagesMs'>;

const watchers = new Set<(job: EndedJob) => void>();

/**
 * Tells of every job that ends in a worker. Of `engine.start`, it tells when OpenCV has come and is compiled, whichever job
 * it was that needed it first; what the job of that name waits for besides is not worth telling.
 *
 * @returns the way to stop
 */
export function watchJobs(watcher: (job: EndedJob) => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function tell(ended: EndedJob): void {
  for (const watcher of watchers) watcher(ended);
}

/** Leaves a `performance.measure` of the job's name. Of the camera's frames only the last stays, as there are many. */
function recordJob({ stagesMs, ...ended }: FinishedJob): void {
  const { job, startedAt, endedAt, failure } = ended;
  if (failure === undefined) {
    if (frameJobs.has(job)) performance.clearMeasures(job);
    performance.measure(job, { start: startedAt, end: endedAt, detail: { stagesMs } });
  }
  if (job !== 'engine.start') tell(ended);
}

function recordStart(startedAt: number, failure: FailureCode | undefined): void {
  tell({ job: 'engine.start', startedAt, endedAt: performance.now(), failure, backend: undefined });
}

/** After the first use of a network, when the user has most likely got what it was for. */
const measureAfterMs = 15_000;
const measured = new Set<NetworkName>();

/** Finds out once per model and build which backend this device is fastest with; from the next worker on it is taken. */
function measureLater(network: NetworkName, digest: string): void {
  if (measured.has(network)) return;
  measured.add(network);
  setTimeout(() => {
    engine
      .run('networks.measure', { network }, { priority: 'background' })
      .then(({ readings }) => keepBackendChoice(network, digest, readings))
      .catch((cause: unknown) => console.warn(`${network} was not measured: ${asFailure(cause).message}`));
  }, measureAfterMs);
}
