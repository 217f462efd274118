import { CodedFailure, type FailureCode } from '#contract/failures.ts';
import type { HelpOrder, JobInput, JobName, JobOutput, JobRequest, JobStage, Progress } from '#contract/jobs.ts';
import type { NetworkBackend } from '#contract/supplies.ts';
import { EngineWorker, type WorkerPort, type WorkerSettings } from './engine-worker.ts';

export type Priority = 'live' | 'user' | 'background';

export interface RunOptions<K extends JobName> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress<JobStage<K>>) => void) | undefined;
  /** `user`, unless said otherwise: someone waits for it. `live` is for frames of the camera, of which only the newest counts. */
  readonly priority?: Priority | undefined;
  /** Milliseconds that the job may run, not counting the wait for a worker. */
  readonly timeoutMs?: number | undefined;
}

export interface Engine {
  /**
   * Runs a job in a worker.
   *
   * @throws CodedFailure what the job failed with; `cancelled` by the signal or, among live jobs, by a newer one;
   *   `timed-out`; `worker-lost` where the worker died under it.
   */
  run<K extends JobName>(job: K, input: JobInput<K>, options?: RunOptions<K>): Promise<JobOutput<K>>;
}

/** A job that a worker had and has no more, for measurements. Times are of `performance.now()`. */
export interface FinishedJob {
  readonly job: JobName;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Empty where it failed. */
  readonly stagesMs: Readonly<Record<string, number>>;
  /** `undefined` where it went well. */
  readonly failure: FailureCode | undefined;
  /** What this worker was told to run networks on; `undefined` as long as it has needed none. */
  readonly backend: NetworkBackend | undefined;
}

export interface PoolSettings extends WorkerSettings {
  /** Most workers for `user` and `background` jobs. Live jobs have one of their own besides. */
  readonly size: number;
  /** Milliseconds after which a worker without work is ended; the last of the pool is kept. */
  readonly idleMs: number;
  spawn(): WorkerPort;
  /** Milliseconds that a job may run where the caller names none. */
  timeoutMs(job: JobName): number;
  /** Whether the job ends so soon that a batch of them may have every worker: who waits, waits for one of them. */
  isShort(job: JobName): boolean;
  finished(job: FinishedJob): void;
}

/** A job from the call to its end. */
interface Ticket {
  readonly request: JobRequest;
  readonly priority: Priority;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: Progress) => void;
  readonly resolve: (output: unknown) => void;
  readonly reject: (cause: CodedFailure) => void;
  /** Who works on it, from its assignment to its end. */
  worker: EngineWorker | undefined;
  /** Parts of it that other workers were given. */
  readonly parts: Ticket[];
}

/**
 * Gives jobs to workers. Batches of long jobs leave one worker of several free, so that what a user waits for starts at
 * once; frames of the camera have a worker of their own and never wait behind either.
 */
export class WorkerPool implements Engine {
  readonly #settings: PoolSettings;
  readonly #workers: PoolWorker[] = [];
  #live: PoolWorker | undefined;
  #waiting: Ticket[] = [];
  #lastId = 0;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
  }

  async run<K extends JobName>(job: K, input: JobInput<K>, options: RunOptions<K> = {}): Promise<JobOutput<K>> {
    const { signal, onProgress, priority = 'user', timeoutMs = this.#settings.timeoutMs(job) } = options;
    if (signal?.aborted) {
      closeBitmaps(input);
      throw cancelled('Cancelled before it started');
    }
    const request = this.#makeRequest(job, input);
    let abort: (() => void) | undefined;
    try {
      const output = await new Promise<unknown>((resolve, reject) => {
        const ticket: Ticket = {
          request,
          priority,
          timeoutMs,
          signal,
          // The worker is of this very build, so its stages and outputs are those of the table.
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion
          onProgress: (progress) => onProgress?.(progress as Progress<JobStage<K>>),
          resolve,
          reject,
          worker: undefined,
          parts: [],
        };
        abort = () => this.#cancel(ticket);
        signal?.addEventListener('abort', abort);
        this.#enqueue(ticket);
      });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
      return output as JobOutput<K>;
    } finally {
      if (abort) signal?.removeEventListener('abort', abort);
    }
  }

  #makeRequest<K extends JobName>(job: K, input: JobInput<K>): JobRequest {
    // `job` and `input` pair up by K, which the union of requests cannot express.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return { type: 'run', id: ++this.#lastId, build: this.#settings.build, job, input } as JobRequest;
  }

  #enqueue(ticket: Ticket): void {
    if (ticket.priority === 'live') {
      const outdated = this.#waiting.filter(({ priority }) => priority === 'live');
      for (const older of outdated) this.#drop(older, cancelled('A newer frame came'));
    }
    this.#waiting.push(ticket);
    this.#assignWaiting();
  }

  #cancel(ticket: Ticket): void {
    const failure = cancelled('Cancelled');
    if (this.#waiting.includes(ticket)) {
      this.#drop(ticket, failure);
    } else if (ticket.priority === 'live') {
      // A frame takes a few milliseconds: to let it end is quicker than a fresh worker for the next one.
      ticket.reject(failure);
    } else {
      // Synchronous wasm listens to nobody: the worker has to go.
      ticket.worker?.end(failure.failure);
    }
  }

  #drop(ticket: Ticket, cause: CodedFailure): void {
    this.#waiting = this.#waiting.filter((other) => other !== ticket);
    closeBitmaps(ticket.request.input);
    ticket.reject(cause);
  }

  #assignWaiting(): void {
    for (const priority of ['live', 'user', 'background'] as const) {
      // One signal may cancel many jobs, one after the other: those that are still to hear of it start no more.
      const ready = this.#waiting.filter((ticket) => ticket.priority === priority && !ticket.signal?.aborted);
      for (const ticket of ready) {
        const worker = this.#freeWorker(priority, ticket.request.job);
        if (worker === undefined) continue;
        this.#waiting = this.#waiting.filter((other) => other !== ticket);
        this.#assign(ticket, worker);
      }
    }
  }

  #freeWorker(priority: Priority, job: JobName): PoolWorker | undefined {
    if (priority === 'live') {
      this.#live ??= this.#start();
      return this.#live.worker.isFree ? this.#live : undefined;
    }
    const { size } = this.#settings;
    if (priority === 'background' && !this.#settings.isShort(job)) {
      const busy = this.#workers.filter(({ ticket }) => ticket !== undefined && this.#isLongBatch(ticket)).length;
      if (busy >= Math.max(1, size - 1)) return undefined;
    }
    return this.#spareWorker();
  }

  /** One that has no job, or a fresh one where there are fewer than the device carries. */
  #spareWorker(): PoolWorker | undefined {
    const free = this.#workers.find(({ worker }) => worker.isFree);
    if (free || this.#workers.length >= this.#settings.size) return free;
    const fresh = this.#start();
    this.#workers.push(fresh);
    return fresh;
  }

  /**
   * Gives a part of a job to a worker that has none. Whoever waits comes first: a worker is only free here where no waiting job
   * may have it. A user's job that comes meanwhile waits for the part's end.
   *
   * @returns `undefined` where no worker is free, or the part failed: it is then done by whoever asked.
   */
  async #help(whole: Ticket, { job, input }: HelpOrder): Promise<unknown> {
    const pooled = this.#spareWorker();
    if (pooled === undefined) return undefined;
    try {
      return await new Promise<unknown>((resolve, reject) => {
        const part: Ticket = {
          request: this.#makeRequest(job, input),
          priority: whole.priority,
          timeoutMs: this.#settings.timeoutMs(job),
          signal: undefined,
          onProgress: () => {},
          resolve,
          reject,
          worker: undefined,
          parts: [],
        };
        whole.parts.push(part);
        this.#assign(part, pooled);
      });
    } catch {
      return undefined;
    }
  }

  #isLongBatch({ priority, request }: Ticket): boolean {
    return priority === 'background' && !this.#settings.isShort(request.job);
  }

  #start(): PoolWorker {
    const worker = new EngineWorker(this.#settings.spawn(), this.#settings, () => this.#tidy(pooled));
    const pooled: PoolWorker = { worker, ticket: undefined, idleTimer: undefined };
    return pooled;
  }

  #assign(ticket: Ticket, pooled: PoolWorker): void {
    clearTimeout(pooled.idleTimer);
    pooled.ticket = ticket;
    ticket.worker = pooled.worker;
    const { job } = ticket.request;
    const startedAt = performance.now();
    const finish = (stagesMs: FinishedJob['stagesMs'], failure: FailureCode | undefined) => {
      ticket.worker = undefined;
      const { backend } = pooled.worker;
      this.#settings.finished({ job, startedAt, endedAt: performance.now(), stagesMs, failure, backend });
    };
    pooled.worker.assign({
      request: ticket.request,
      transfer: [...bitmapsOf(ticket.request.input), ...picturesOf(ticket.request)],
      timeoutMs: ticket.timeoutMs,
      progress: ticket.onProgress,
      help: (order) => this.#help(ticket, order),
      done: ({ output, stagesMs }) => {
        finish(stagesMs, undefined);
        ticket.resolve(output);
      },
      failed: ({ code, message, figures }) => {
        finish({}, code);
        // Cancelled or lost in the middle: nobody will ask for its parts. Another failure leaves them to end by themselves.
        if (pooled.worker.hasEnded) for (const { worker } of ticket.parts) worker?.end({ code, message });
        ticket.reject(new CodedFailure(code, message, figures));
      },
    });
  }

  /** A worker became free or ended. */
  #tidy(pooled: PoolWorker): void {
    pooled.ticket = undefined;
    clearTimeout(pooled.idleTimer);
    if (pooled.worker.hasEnded) this.#forget(pooled);
    this.#assignWaiting();
    if (pooled.worker.isFree) {
      pooled.idleTimer = setTimeout(() => this.#endIdle(pooled), this.#settings.idleMs);
    }
  }

  #endIdle(pooled: PoolWorker): void {
    const isLast = pooled !== this.#live && this.#workers.length === 1;
    if (pooled.worker.isFree && !isLast) pooled.worker.end({ code: 'worker-lost', message: 'The worker had no work' });
  }

  #forget(pooled: PoolWorker): void {
    if (pooled === this.#live) this.#live = undefined;
    const index = this.#workers.indexOf(pooled);
    if (index >= 0) this.#workers.splice(index, 1);
  }
}

interface PoolWorker {
  readonly worker: EngineWorker;
  ticket: Ticket | undefined;
  idleTimer: ReturnType<typeof setTimeout> | undefined;
}

function cancelled(message: string): CodedFailure {
  return new CodedFailure('cancelled', message);
}

/** Bitmaps in a job's input are handed over, not copied. */
function bitmapsOf(input: object): ImageBitmap[] {
  if (typeof ImageBitmap === 'undefined') return [];
  return Object.values(input).filter((value) => value instanceof ImageBitmap);
}

/** Pictures of a part are nobody else's. */
function picturesOf(request: JobRequest): Transferable[] {
  return request.job === 'text.recognise' ? request.input.pictures.map(({ values }) => values.buffer) : [];
}

/** What nobody will read any more is freed now, not when the garbage collector comes by. */
function closeBitmaps(input: object): void {
  for (const bitmap of bitmapsOf(input)) bitmap.close();
}
