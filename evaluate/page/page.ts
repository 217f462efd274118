import type { CorrectionRule } from '#contract/exams.ts';
import type { JobInput, JobName } from '#contract/jobs.ts';
import { CodedFailure } from '#contract/failures.ts';
import type { NetworkBackend } from '#contract/supplies.ts';
import { WorkerPool, type RunOptions } from '#src/engine/pool.ts';
import { poolSize } from '#src/engine/pool-size.ts';
import { createSuppliers } from '#src/engine/suppliers.ts';
import { workerPort } from '#src/engine/worker-port.ts';
import type { SheetDesign } from '#contract/sheets.ts';
import { convertPictures } from '#worker/answer-sheets/convert-pictures.ts';
import type { Finding } from '../documents/summarise.ts';
import { drawSheet } from '../sheets/stress/draw-sheet.ts';
import type { ReadSheet } from '../sheets/summarise.ts';
import { readPrint, timePrints } from '../text/read-print.ts';
import { createFacesApi } from './faces.ts';
import type { PageApi, RunJob } from './page-api.ts';
import { readCharacters } from './read-characters.ts';
import { findPageByPeer, peerNames } from './peers.ts';

/** The engine of the app over the worker of the build under test. */
let engine: WorkerPool | undefined;
let wasmEngine: WorkerPool | undefined;
/** Of a device that carries no second worker. */
let oneWorkerEngine: WorkerPool | undefined;
let lastStagesMs: Readonly<Record<string, number>> = {};
let partsDone = 0;

const minuteMs = 60_000;

async function start({ worker, backend }: Parameters<PageApi['start']>[0]): Promise<number> {
  const startedAt = performance.now();
  engine = openEngine(worker, backend, poolSize(navigator));
  // Others for comparison, which start with their first job.
  wasmEngine = openEngine(worker, 'wasm', 1);
  oneWorkerEngine = openEngine(worker, backend, 1);
  await engine.run('engine.start', {});
  return performance.now() - startedAt;
}

function openEngine(worker: string, backend: NetworkBackend, size: number): WorkerPool {
  const suppliers = createSuppliers(
    () => {},
    () => {},
  );
  return new WorkerPool({
    build: __BUILD_ID__,
    size,
    spawn() {
      const name = `papel-evaluate-${crypto.randomUUID()}`;
      return workerPort(new Worker(worker, { type: 'module', name }), name);
    },
    suppliers: {
      ...suppliers,
      'document-detection': async (report) => {
        const model = await suppliers['document-detection'](report);
        return { ...model, backend, evenInSoftware: true };
      },
      'face-detection': async (report) => {
        const model = await suppliers['face-detection'](report);
        return { ...model, backend, evenInSoftware: true };
      },
      'face-detection-yunet': async (report) => {
        const model = await suppliers['face-detection-yunet'](report);
        return { ...model, backend, evenInSoftware: true };
      },
    },
    readyTimeoutMs: minuteMs,
    idleMs: 60 * minuteMs,
    isShort: () => false,
    timeoutMs: () => 5 * minuteMs,
    finished({ job, stagesMs }) {
      if (job === 'text.recognise') partsDone++;
      else if (job !== 'text.start') lastStagesMs = stagesMs;
    },
  });
}

async function runIn<K extends JobName>(
  pool: WorkerPool | undefined,
  job: K,
  input: JobInput<K>,
  options: RunOptions<K> = {},
): Promise<RunJob<K>> {
  if (!pool) throw new Error('The engine was not started');
  partsDone = 0;
  const startedAt = performance.now();
  const output = await pool.run(job, input, options);
  const wallMs = performance.now() - startedAt;
  return { output, stagesMs: lastStagesMs, wallMs, workers: partsDone > 0 ? 2 : 1 };
}

const run: PageApi['run'] = (job, input) => runIn(engine, job, input);
const runWithOne: PageApi['run'] = (job, input) => runIn(oneWorkerEngine, job, input);

async function findPage(url: string): Promise<Finding> {
  try {
    const { output, stagesMs } = await run('documents.outline', { photo: await fetchBlob(url) });
    const corners = output.finding?.corners;
    return {
      corners: corners ? [pair(corners[0]), pair(corners[1]), pair(corners[2]), pair(corners[3])] : null,
      confidence: output.finding?.confidence ?? null,
      ms: stagesMs['outline'] ?? Number.NaN,
      decodeMs: stagesMs['decode'] ?? Number.NaN,
    };
  } catch (cause) {
    const error = cause instanceof CodedFailure ? `${cause.failure.code}: ${cause.message}` : String(cause);
    return { corners: null, confidence: null, ms: 0, decodeMs: 0, error };
  }
}

async function readSheet(url: string, design: SheetDesign<string>, correction: CorrectionRule): Promise<ReadSheet> {
  try {
    const photo = await fetchBlob(url);
    const { output, stagesMs } = await run('answer-sheets.read', {
      photo,
      design: await convertPictures(design, fetchBlob),
      options: { correction },
    });
    const { decode: decodeMs = Number.NaN, ...rest } = stagesMs;
    return {
      reading: output.reading,
      ms: Object.values(rest).reduce((sum, ms) => sum + ms, 0),
      decodeMs,
    };
  } catch (cause) {
    const error = cause instanceof CodedFailure ? `${cause.failure.code}: ${cause.message}` : String(cause);
    return { reading: undefined, ms: 0, decodeMs: 0, error };
  }
}

async function fetchBlob(url: string): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response.blob();
}

function pair({ x, y }: { readonly x: number; readonly y: number }): readonly [number, number] {
  return [x, y];
}

window.papel = {
  start,
  run,
  findPage,
  readSheet,
  readCharacters: async (url, alphabet, count, batchSizes) =>
    readCharacters(await fetchBlob(url), alphabet, count, batchSizes, (input) => run('handwriting.classify', input)),
  readPrint: async (url, languages, workers) =>
    readPrint(run, workers === 'all' ? run : runWithOne, await fetchBlob(url), languages),
  timePrints: async (prints) =>
    timePrints(run, (input) => runIn(engine, 'text.read', input, { priority: 'background' }), {
      prints: await Promise.all(prints.map(async ({ url, languages }) => ({ photo: await fetchBlob(url), languages }))),
      // As src/text/flow.ts has it.
      lanes: Math.max(1, poolSize(navigator) - 1),
    }),
  drawSheet,
  faces: createFacesApi(run, (job, input) => runIn(wasmEngine, job, input), fetchBlob),
  peers: { names: () => peerNames, findPage: async (name, url) => findPageByPeer(name, await fetchBlob(url)) },
};
