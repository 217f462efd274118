import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CodedFailure } from '#contract/failures.ts';
import type { Handlers, JobName } from '#contract/jobs.ts';
import { serveJobs } from '#worker/host/serve-jobs.ts';
import type { WorkerListeners, WorkerPort } from './engine-worker.ts';
import { WorkerPool, type FinishedJob, type PoolSettings } from './pool.ts';

/*
 * The pool against the worker's real message loop, joined by a MessageChannel: only the thread is missing. Jobs stand
 * still until the test lets them go.
 */

interface Step {
  readonly job: JobName;
  readonly tag: number;
  finish(): void;
  fail(cause: unknown): void;
}

const build = 'test-build';
const photo = new Blob(['photo']);
const finding = { finding: undefined, sharpness: 1, brightness: 1, coverage: 0 };

let running: Step[];
let started: FakeWorker[];
let finished: FinishedJob[];

beforeEach(() => {
  running = [];
  started = [];
  finished = [];
});

afterEach(() => {
  for (const worker of started) worker.close();
  vi.useRealTimers();
});

class FakeWorker implements WorkerPort {
  readonly #channel = new MessageChannel();
  #listeners: WorkerListeners | undefined;
  readonly received: string[] = [];
  /** What came back of the help that it asked for. */
  readonly helped: unknown[] = [];
  terminated = false;

  constructor(options: { build?: string; silent?: boolean; heapBytes?: () => number } = {}) {
    started.push(this);
    const { port2 } = this.#channel;
    const postMessage = (message: unknown) => {
      if (!options.silent && !this.terminated) port2.postMessage(message);
    };
    serveJobs(
      {
        postMessage,
        addEventListener: (_type, listener) => {
          port2.addEventListener('message', (event: MessageEvent<unknown>) => listener({ data: event.data }));
          port2.start();
        },
      },
      heldHandlers(),
      {
        receive: (message) => {
          if (message.type === 'help') this.helped.push(message.output);
          return this.received.push(message.type) > 0;
        },
        heapBytes: options.heapBytes ?? (() => 0),
      },
      options.build ?? build,
    );
    this.askForRuntime = () => postMessage({ type: 'supply-wanted', name: 'opencv' });
    this.askForHelp = () =>
      postMessage({ type: 'help-wanted', help: 1, job: 'text.start', input: { languages: ['eng'] } });
    this.askForModel = () => postMessage({ type: 'supply-wanted', name: 'document-detection' });
  }

  readonly askForRuntime: () => void;
  readonly askForModel: () => void;
  readonly askForHelp: () => void;

  postMessage(message: unknown): void {
    this.#channel.port1.postMessage(message);
  }

  terminate(): void {
    this.terminated = true;
    this.close();
  }

  listen(listeners: WorkerListeners): void {
    this.#listeners = listeners;
    this.#channel.port1.addEventListener('message', (event: MessageEvent<unknown>) => listeners.message(event.data));
    this.#channel.port1.start();
  }

  die(): void {
    this.#listeners?.gone();
  }

  crash(message: string): void {
    this.#listeners?.error(message);
  }

  close(): void {
    this.#channel.port1.close();
    this.#channel.port2.close();
  }
}

/** Stands still until the test lets it go. */
function hold(job: JobName, tag: number): Promise<void> {
  return new Promise((finish, fail) => {
    running.push({ job, tag, finish, fail });
  });
}

/** Handlers that wait for the test. `tag` tells calls of one job apart: the size of the photo that came in. */
function heldHandlers(): Handlers {
  const handlers: Partial<Handlers> = {
    'engine.start': async (_input, report) => {
      report({ stage: 'download', done: 1, total: 2 });
      await hold('engine.start', 0);
      return { startMs: 1 };
    },
    'photos.count': async ({ file }) => {
      await hold('photos.count', file.size);
      return { pictures: file.size };
    },
    'documents.outline': async ({ photo: { size } }, report) => {
      report({ stage: 'decode' });
      await hold('documents.outline', size);
      report({ stage: 'outline' });
      return { photoSize: { width: size, height: 1 }, finding: undefined, lines: [] };
    },
    'text.start': async () => {
      await hold('text.start', 0);
      return {};
    },
    'documents.read-frame': async () => {
      await hold('documents.read-frame', 0);
      return finding;
    },
  };
  return handlers as Handlers;
}

/** Nothing else is asked for here. */
const suppliers = { opencv: async () => 'compiled' } as Partial<PoolSettings['suppliers']> as PoolSettings['suppliers'];

function pool(settings: Partial<PoolSettings> = {}): WorkerPool {
  return new WorkerPool({
    build,
    size: 2,
    spawn: () => new FakeWorker(),
    suppliers,
    readyTimeoutMs: 1000,
    idleMs: 1000,
    timeoutMs: () => 1000,
    isShort: () => false,
    finished: (job) => finished.push(job),
    ...settings,
  });
}

const count = (engine: WorkerPool, size: number, options = {}) =>
  engine.run('photos.count', { file: new Blob(['x'.repeat(size)]), kind: 'pdf' }, options);
/** Read by nobody but the fake worker; a real frame is tested in the browser. */
const frame = (engine: WorkerPool) =>
  engine.run('documents.read-frame', { frame: { width: 1, height: 1 } as ImageBitmap }, { priority: 'live' });

const until = (steps: number) => vi.waitFor(() => expect(running.length).toBeGreaterThanOrEqual(steps));
const codeOf = async (promise: Promise<unknown>) => {
  const cause: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(cause).toBeInstanceOf(CodedFailure);
  return cause instanceof CodedFailure ? cause.failure.code : undefined;
};

describe('jobs', () => {
  it('start no worker before the first', () => {
    pool();
    expect(started).toHaveLength(0);
  });

  it('answer with their output, and report stages and times', async () => {
    const engine = pool();
    const stages: string[] = [];
    const answer = engine.run('documents.outline', { photo }, { onProgress: ({ stage }) => stages.push(stage) });
    await until(1);
    running[0]?.finish();
    expect(await answer).toEqual({ photoSize: { width: 5, height: 1 }, finding: undefined, lines: [] });
    expect(stages).toEqual(['decode', 'outline']);
    expect(finished).toHaveLength(1);
    expect(finished[0]).toMatchObject({ job: 'documents.outline', failure: undefined });
    expect(Object.keys(finished[0]?.stagesMs ?? {})).toEqual(['decode', 'outline']);
  });

  it('are reported with the backend that their worker was given', async () => {
    const model = { version: 1, files: {}, backend: 'webgl', evenInSoftware: false } as const;
    const engine = pool({ suppliers: { ...suppliers, 'document-detection': async () => model } });
    const answer = count(engine, 1);
    await until(1);
    started[0]?.askForModel();
    await vi.waitFor(() => expect(started[0]?.received).toContain('supply'));
    running[0]?.finish();
    await answer;
    expect(finished).toMatchObject([{ job: 'photos.count', backend: 'webgl' }]);
  });

  it('fail with the code that the worker gives, and the worker goes on', async () => {
    const engine = pool({ size: 1 });
    const damaged = codeOf(count(engine, 1));
    await until(1);
    running[0]?.fail(new CodedFailure('damaged-file', 'cut off', { width: 3 }));
    expect(await damaged).toBe('damaged-file');
    expect(finished).toMatchObject([{ job: 'photos.count', failure: 'damaged-file', backend: undefined }]);
    const next = count(engine, 2);
    await until(2);
    running[1]?.finish();
    expect(await next).toEqual({ pictures: 2 });
    expect(started).toHaveLength(1);
  });

  it('that cannot be posted fail alone', async () => {
    const engine = pool({ size: 1 });
    const unclonable = { file: () => 0, kind: 'pdf' } as unknown as { file: Blob; kind: 'pdf' };
    expect(await codeOf(engine.run('photos.count', unclonable))).toBe('internal');
    const next = count(engine, 2);
    await until(1);
    running[0]?.finish();
    await next;
    expect(started).toHaveLength(1);
  });

  it('are refused by a worker of another build', async () => {
    const engine = pool({ spawn: () => new FakeWorker({ build: 'older' }) });
    expect(await codeOf(count(engine, 1))).toBe('runtime-unavailable');
    expect(started[0]?.terminated).toBe(true);
  });
});

describe('order', () => {
  it('user before background, each in the order of the calls', async () => {
    const engine = pool({ size: 1 });
    const jobs = [
      count(engine, 1),
      count(engine, 2, { priority: 'background' }),
      count(engine, 3, { priority: 'background' }),
      count(engine, 4),
    ];
    for (let step = 1; step <= 4; step++) {
      await until(step);
      running[step - 1]?.finish();
    }
    await Promise.all(jobs);
    expect(running.map(({ tag }) => tag)).toEqual([1, 4, 2, 3]);
  });

  it('a batch leaves a worker free for the user', async () => {
    const engine = pool({ size: 2 });
    const batch = [1, 2, 3].map((size) => count(engine, size, { priority: 'background' }));
    await until(1);
    const mine = count(engine, 9);
    await until(2);
    expect(running.map(({ tag }) => tag)).toEqual([1, 9]);
    expect(started).toHaveLength(2);
    running[1]?.finish();
    await mine;
    running[0]?.finish();
    for (const step of [2, 3]) {
      await until(step + 1);
      running[step]?.finish();
    }
    await Promise.all(batch);
  });

  it('a batch of short jobs has every worker, and the user the next that is free', async () => {
    const engine = pool({ size: 2, isShort: (job) => job === 'photos.count' });
    const batch = [1, 2, 3].map((size) => count(engine, size, { priority: 'background' }));
    await until(2);
    const mine = count(engine, 9);
    running[0]?.finish();
    await until(3);
    expect(running.map(({ tag }) => tag)).toEqual([1, 2, 9]);
    for (const step of [1, 2, 3]) {
      await until(step + 1);
      running[step]?.finish();
    }
    await Promise.all([mine, ...batch]);
  });

  it('a batch of long jobs is not held up by one of short jobs', async () => {
    const engine = pool({ size: 2, isShort: (job) => job === 'photos.count' });
    const short = [1, 2, 3].map((size) => count(engine, size, { priority: 'background' }));
    await until(2);
    const long = engine.run('documents.outline', { photo }, { priority: 'background' });
    running[0]?.finish();
    await until(3);
    running[1]?.finish();
    await until(4);
    expect(running.map(({ job }) => job)).toEqual([
      'photos.count',
      'photos.count',
      'photos.count',
      'documents.outline',
    ]);
    running[2]?.finish();
    running[3]?.finish();
    await Promise.all([...short, long]);
  });

  it('frames have a worker of their own, and the newest one wins', async () => {
    const engine = pool({ size: 1 });
    const slow = count(engine, 1);
    const first = frame(engine);
    await until(2);
    const outdated = codeOf(frame(engine));
    const newest = frame(engine);
    expect(await outdated).toBe('cancelled');
    running.find(({ job }) => job === 'documents.read-frame')?.finish();
    expect(await first).toEqual(finding);
    await until(3);
    running[2]?.finish();
    expect(await newest).toEqual(finding);
    running.find(({ tag }) => tag === 1)?.finish();
    await slow;
    expect(started).toHaveLength(2);
  });
});

describe('abort', () => {
  it('takes a waiting job out of the queue', async () => {
    const engine = pool({ size: 1 });
    const first = count(engine, 1);
    const abort = new AbortController();
    const waiting = codeOf(count(engine, 2, { signal: abort.signal }));
    abort.abort();
    expect(await waiting).toBe('cancelled');
    await until(1);
    running[0]?.finish();
    await first;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(running.map(({ tag }) => tag)).toEqual([1]);
    expect(started[0]?.terminated).toBe(false);
  });

  it('ends the worker of a running job, and a fresh one takes the next', async () => {
    const engine = pool({ size: 1 });
    const abort = new AbortController();
    const stopped = codeOf(count(engine, 1, { signal: abort.signal }));
    const next = count(engine, 2);
    await until(1);
    abort.abort();
    expect(await stopped).toBe('cancelled');
    expect(started[0]?.terminated).toBe(true);
    await until(2);
    running[1]?.finish();
    expect(await next).toEqual({ pictures: 2 });
    expect(started).toHaveLength(2);
  });

  it('of a whole batch by one signal starts none of it again', async () => {
    const engine = pool({ size: 2 });
    const abort = new AbortController();
    const batch = [1, 2, 3, 4, 5].map((size) =>
      codeOf(count(engine, size, { signal: abort.signal, priority: 'background' })),
    );
    await until(1);
    abort.abort();
    expect(await Promise.all(batch)).toEqual(batch.map(() => 'cancelled'));
    expect(started).toHaveLength(1);
  });

  it('in the moment of the end leaves the next job alone', async () => {
    const abort = new AbortController();
    const engine = pool({
      size: 1,
      finished: ({ job }) => finished.push({ job } as FinishedJob) === 1 && queueMicrotask(() => abort.abort()),
    });
    const first = count(engine, 1, { signal: abort.signal });
    const second = count(engine, 2);
    await until(1);
    running[0]?.finish();
    expect(await first).toEqual({ pictures: 1 });
    await until(2);
    running[1]?.finish();
    expect(await second).toEqual({ pictures: 2 });
    expect(started).toHaveLength(1);
  });

  it('before the call starts nothing', async () => {
    const engine = pool();
    expect(await codeOf(count(engine, 1, { signal: AbortSignal.abort() }))).toBe('cancelled');
    expect(started).toHaveLength(0);
  });

  it('after the end does nothing', async () => {
    const engine = pool({ size: 1 });
    const abort = new AbortController();
    const done = count(engine, 1, { signal: abort.signal });
    await until(1);
    running[0]?.finish();
    await done;
    abort.abort();
    expect(started[0]?.terminated).toBe(false);
  });
});

describe('help with a job', () => {
  /** A job whose worker has asked for help, which has come as far as another worker. */
  async function startHelped(settings: Partial<PoolSettings> = {}, options = {}) {
    const engine = pool(settings);
    const whole = count(engine, 1, options);
    await until(1);
    started[0]?.askForHelp();
    return { engine, whole };
  }

  it('is given by a worker that has nothing to do, for as long as it takes', async () => {
    const { engine, whole } = await startHelped();
    await until(2);
    expect(running[1]?.job).toBe('text.start');
    const mine = count(engine, 9);
    running[1]?.finish();
    await vi.waitFor(() => expect(started[0]?.helped).toEqual([{}]));
    await until(3);
    expect(running[2]?.tag).toBe(9);
    for (const step of running) step.finish();
    await Promise.all([whole, mine]);
    expect(started).toHaveLength(2);
    expect(finished.map(({ job }) => job).toSorted()).toEqual(['photos.count', 'photos.count', 'text.start']);
  });

  it.each([
    ['on a device that carries one worker', 1, []],
    ['while the user has the others', 2, [9]],
  ])('is refused %s', async (_name, size, others) => {
    const engine = pool({ size });
    const jobs = [1, ...others].map((tag) => count(engine, tag));
    await until(jobs.length);
    started[0]?.askForHelp();
    await vi.waitFor(() => expect(started[0]?.helped).toEqual([undefined]));
    expect(running).toHaveLength(jobs.length);
    for (const step of running) step.finish();
    await Promise.all(jobs);
  });

  it.each([
    ['fails', () => running[1]?.fail(new CodedFailure('out-of-memory', 'too large'))],
    ['dies', () => started[1]?.die()],
  ])('that %s leaves the job to its own worker', async (_name, end) => {
    const { whole } = await startHelped();
    await until(2);
    end();
    await vi.waitFor(() => expect(started[0]?.helped).toEqual([undefined]));
    running[0]?.finish();
    expect(await whole).toEqual({ pictures: 1 });
  });

  it('ends with the job when that is cancelled or lost', async () => {
    const abort = new AbortController();
    const { whole } = await startHelped({}, { signal: abort.signal });
    await until(2);
    abort.abort();
    expect(await codeOf(whole)).toBe('cancelled');
    expect(started.map(({ terminated }) => terminated)).toEqual([true, true]);
  });
});

describe('a worker that', () => {
  it.each([
    ['ends by itself', (worker: FakeWorker) => worker.die()],
    ['throws outside of a job', (worker: FakeWorker) => worker.crash('Uncaught RangeError')],
  ])('%s loses its job and is replaced', async (_name, kill) => {
    const engine = pool({ size: 1 });
    const lost = codeOf(count(engine, 1));
    const next = count(engine, 2);
    await until(1);
    if (started[0]) kill(started[0]);
    expect(await lost).toBe('worker-lost');
    await until(2);
    running[1]?.finish();
    expect(await next).toEqual({ pictures: 2 });
  });

  it('does not load says so', async () => {
    const engine = pool({ spawn: () => new FakeWorker({ silent: true }) });
    const unloaded = codeOf(count(engine, 1));
    started[0]?.crash('');
    expect(await unloaded).toBe('runtime-unavailable');
  });

  it('gives no sign of life is given up', async () => {
    const engine = pool({ spawn: () => new FakeWorker({ silent: true }), readyTimeoutMs: 20 });
    expect(await codeOf(count(engine, 1))).toBe('worker-lost');
    expect(started[0]?.terminated).toBe(true);
  });

  it('takes too long is ended', async () => {
    const engine = pool({ size: 1 });
    expect(await codeOf(count(engine, 1, { timeoutMs: 20 }))).toBe('timed-out');
    expect(started[0]?.terminated).toBe(true);
    const next = count(engine, 2);
    await until(2);
    running[1]?.finish();
    expect(await next).toEqual({ pictures: 2 });
  });

  it('has grown large is replaced after its job', async () => {
    const engine = pool({ size: 1, spawn: () => new FakeWorker({ heapBytes: () => 2 ** 30 }) });
    const answer = count(engine, 1);
    await until(1);
    running[0]?.finish();
    expect(await answer).toEqual({ pictures: 1 });
    expect(started[0]?.terminated).toBe(true);
  });

  it.each([
    ['abort(Cannot enlarge memory arrays to size 1073741824 bytes)', 'out-of-memory'],
    ['abort(segmentation fault)', 'internal'],
  ])('broke down (%s) is replaced', async (cause, code) => {
    const engine = pool({ size: 1 });
    const failed = codeOf(count(engine, 1));
    await until(1);
    running[0]?.fail(cause);
    expect(await failed).toBe(code);
    expect(started[0]?.terminated).toBe(true);
  });

  it('has no work is ended, but for the last', async () => {
    const engine = pool({ size: 2, idleMs: 20 });
    const jobs = [count(engine, 1), count(engine, 2)];
    await until(2);
    for (const step of running) step.finish();
    await Promise.all(jobs);
    await vi.waitFor(() => expect(started.filter(({ terminated }) => terminated)).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(started.filter(({ terminated }) => terminated)).toHaveLength(1);
  });

  it('wants OpenCV gets it, or hears why not', async () => {
    const compile = vi.fn(async (report: (progress: { stage: 'download'; done: number }) => void) => {
      report({ stage: 'download', done: 7 });
      return 'compiled';
    });
    const engine = pool({ size: 1, suppliers: { ...suppliers, opencv: compile } });
    const answer = count(engine, 1);
    await until(1);
    started[0]?.askForRuntime();
    await vi.waitFor(() => expect(started[0]?.received).toEqual(['supply-progress', 'supply']));
    compile.mockRejectedValueOnce(new CodedFailure('runtime-unavailable', 'offline'));
    started[0]?.askForRuntime();
    await vi.waitFor(() => expect(started[0]?.received).toEqual(['supply-progress', 'supply', 'supply-failed']));
    running[0]?.finish();
    await answer;
  });
});
