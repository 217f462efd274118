import { asFailure, type Failure } from '#contract/failures.ts';
import type { HelpOrder, JobReply, JobRequest, Progress, SupplyProgress, WorkerRequest } from '#contract/jobs.ts';
import { networkBackends, type NetworkBackend, type Supplies, type SupplyName } from '#contract/supplies.ts';

/** What a worker's owner hears of it. */
export interface WorkerListeners {
  readonly message: (data: unknown) => void;
  /** The script did not load, or an error was not caught. */
  readonly error: (message: string) => void;
  /** The worker has ended without being told to. */
  readonly gone: () => void;
}

/** What the engine uses of a `Worker`. */
export interface WorkerPort {
  postMessage(message: WorkerRequest, transfer: readonly Transferable[]): void;
  terminate(): void;
  listen(listeners: WorkerListeners): void;
}

/** Fetches what workers ask for; one entry per supply. A second call gives the same again, or tries again after a failure. */
export type Suppliers = {
  readonly [K in SupplyName]: (report: (progress: SupplyProgress) => void) => Promise<Supplies[K]>;
};

export interface WorkerSettings {
  readonly build: string;
  readonly suppliers: Suppliers;
  readonly readyTimeoutMs: number;
}

/** A job that a worker is to do, and who wants to know how it goes. */
export interface Assignment {
  readonly request: JobRequest;
  readonly transfer: readonly Transferable[];
  readonly timeoutMs: number;
  progress(progress: Progress): void;
  /** Does a part of the job elsewhere. @returns its output, or `undefined` where that was not to be had. */
  help(order: HelpOrder): Promise<unknown>;
  done(reply: Extract<JobReply, { type: 'done' }>): void;
  failed(failure: Failure): void;
}

type State = 'starting' | 'idle' | 'busy' | 'ended';

/** One worker: it starts, does one job at a time, and ends for good; a fresh one takes its place. */
export class EngineWorker {
  readonly #port: WorkerPort;
  readonly #settings: WorkerSettings;
  readonly #changed: () => void;
  #state: State = 'starting';
  #assignment: Assignment | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #backend: NetworkBackend | undefined;

  /** @param changed told when the worker became free or ended. */
  constructor(port: WorkerPort, settings: WorkerSettings, changed: () => void) {
    this.#port = port;
    this.#settings = settings;
    this.#changed = changed;
    port.listen({
      message: (data) => this.#receive(data),
      error: (message) => this.#fail(this.#state === 'starting' ? 'runtime-unavailable' : 'worker-lost', message),
      gone: () => this.#fail('worker-lost', 'The worker ended'),
    });
    this.#startTimer(settings.readyTimeoutMs, 'worker-lost', 'The worker gave no sign of life');
  }

  get isFree(): boolean {
    return this.#assignment === undefined && this.#state !== 'ended';
  }

  /** What it was last told to run networks on. */
  get backend(): NetworkBackend | undefined {
    return this.#backend;
  }

  get hasEnded(): boolean {
    return this.#state === 'ended';
  }

  /** Gives a free worker a job. One that still starts takes it up as soon as it runs. */
  assign(assignment: Assignment): void {
    this.#assignment = assignment;
    if (this.#state === 'idle') this.#post(assignment);
  }

  /** Ends the worker, in the middle of its job too, and fails that job with `failure`. */
  end(failure: Failure): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    clearTimeout(this.#timer);
    this.#port.terminate();
    const assignment = this.#assignment;
    this.#assignment = undefined;
    assignment?.failed(failure);
    this.#changed();
  }

  #fail(code: 'runtime-unavailable' | 'worker-lost' | 'timed-out', message: string): void {
    this.end({ code, message });
  }

  #startTimer(ms: number, code: 'worker-lost' | 'timed-out', message: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail(code, message), ms);
  }

  #post(assignment: Assignment): void {
    this.#state = 'busy';
    const { request, transfer, timeoutMs } = assignment;
    this.#startTimer(timeoutMs, 'timed-out', `${request.job} took more than ${timeoutMs} ms`);
    try {
      this.#port.postMessage(request, transfer);
    } catch (cause) {
      // Something in the input cannot be cloned: the job is at fault, not the worker.
      this.#finish(() => assignment.failed(asFailure(cause)), false);
    }
  }

  #receive(data: unknown): void {
    if (this.#state === 'ended' || !isReply(data)) return;
    switch (data.type) {
      case 'ready':
        this.#becomeReady(data.build);
        return;
      case 'supply-wanted':
        void this.#send(data.name);
        return;
      case 'help-wanted':
        void this.#help(data);
        return;
      default:
        this.#receiveAnswer(data);
    }
  }

  #receiveAnswer(reply: Extract<JobReply, { id: number }>): void {
    const assignment = this.#assignment;
    if (assignment?.request.id !== reply.id) return;
    if (reply.type === 'progress') assignment.progress(reply.progress);
    else if (reply.type === 'done') this.#finish(() => assignment.done(reply), reply.retire);
    else this.#finish(() => assignment.failed(reply.failure), reply.retire);
  }

  #becomeReady(build: string): void {
    if (build !== this.#settings.build) {
      this.#fail('runtime-unavailable', `The page is of build ${this.#settings.build}, the worker of ${build}`);
      return;
    }
    clearTimeout(this.#timer);
    this.#state = 'idle';
    if (this.#assignment) this.#post(this.#assignment);
    else this.#changed();
  }

  #finish(tell: () => void, retire: boolean): void {
    clearTimeout(this.#timer);
    this.#assignment = undefined;
    this.#state = 'idle';
    tell();
    if (retire) this.end({ code: 'worker-lost', message: 'The worker asked to be replaced' });
    else this.#changed();
  }

  async #help(order: HelpOrder): Promise<void> {
    const output = await this.#assignment?.help(order);
    this.#answer({ type: 'help', help: order.help, output });
  }

  #answer(message: WorkerRequest): void {
    if (this.#state !== 'ended') this.#port.postMessage(message, []);
  }

  async #send(name: SupplyName): Promise<void> {
    try {
      const supply = await this.#settings.suppliers[name]((progress) =>
        this.#answer({ type: 'supply-progress', name, progress }),
      );
      this.#backend = backendOf(supply) ?? this.#backend;
      // `name` and `supply` pair up by the table of suppliers, which the union of messages cannot express.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      this.#answer({ type: 'supply', name, supply } as WorkerRequest);
    } catch (cause) {
      this.#answer({ type: 'supply-failed', name, failure: asFailure(cause) });
    }
  }
}

/** Models come with a backend, the other supplies without. */
function backendOf(supply: unknown): NetworkBackend | undefined {
  if (typeof supply !== 'object' || supply === null || !('backend' in supply)) return undefined;
  return networkBackends.find((backend) => backend === supply.backend);
}

/** Only our worker posts here; this tells its messages from what a library in it might post. */
function isReply(data: unknown): data is JobReply {
  return typeof data === 'object' && data !== null && 'type' in data;
}
