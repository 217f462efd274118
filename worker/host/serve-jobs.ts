import type { Failure } from '#contract/failures.ts';
import type { Handlers, JobName, JobReply, JobRequest, JobStage, Progress, WorkerRequest } from '#contract/jobs.ts';
import { nameFailure } from './name-failure.ts';

/** The worker's end of the channel to the page: its global scope, or a port in tests. */
export interface JobChannel {
  postMessage(message: JobReply): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** What the loop needs to know of the runtime that the handlers share. */
export interface SharedRuntime {
  receive(message: WorkerRequest): boolean;
  heapBytes(): number;
}

/**
 * A heap above this makes the worker ask to be replaced after the job. A 12-megapixel page needs about 250 MB; what is
 * more comes from a rare big picture, and a heap never gives memory back.
 */
const heapLimitBytes = 512 * 2 ** 20;

/** Answers the page's jobs until the worker ends. Says `ready` first: that is the sign of life that the page waits for. */
export function serveJobs(channel: JobChannel, handlers: Handlers, runtime: SharedRuntime, build: string): void {
  channel.addEventListener('message', ({ data }) => {
    if (!isRequest(data)) return;
    if (data.type === 'run') void answer(data);
    else runtime.receive(data);
  });
  channel.postMessage({ type: 'ready', build });

  async function answer(request: JobRequest): Promise<void> {
    const { id } = request;
    if (request.build !== build) {
      const failure: Failure = {
        code: 'runtime-unavailable',
        message: `The page is of build ${request.build}, the worker of ${build}`,
      };
      channel.postMessage({ type: 'failed', id, failure, retire: true });
      return;
    }
    const stages = new StageClock();
    try {
      const output = await handle(request, (progress) => {
        stages.enter(progress.stage);
        channel.postMessage({ type: 'progress', id, progress });
      });
      const { ms, stagesMs } = stages.stop();
      channel.postMessage({ type: 'done', id, output, ms, stagesMs, retire: runtime.heapBytes() > heapLimitBytes });
    } catch (cause) {
      const { failure, broken } = nameFailure(cause);
      channel.postMessage({ type: 'failed', id, failure, retire: broken || runtime.heapBytes() > heapLimitBytes });
    }
  }

  /** One handler per name: the compiler cannot follow the pairing of `job` and `input` through the index, the table can. */
  function handle<K extends JobName>(
    request: Extract<JobRequest, { job: K }>,
    report: (progress: Progress<JobStage<K>>) => void,
  ): Promise<unknown> {
    const handler: Handlers[K] = handlers[request.job];
    return handler(request.input, report);
  }
}

/** Milliseconds from one reported stage to the next. */
class StageClock {
  readonly #startedAt = performance.now();
  readonly #stagesMs: Record<string, number> = {};
  #stage: string | undefined;
  #enteredAt = 0;

  enter(stage: string): void {
    if (stage === this.#stage) return;
    this.#leave();
    this.#stage = stage;
    this.#enteredAt = performance.now();
  }

  stop(): { ms: number; stagesMs: Readonly<Record<string, number>> } {
    this.#leave();
    return { ms: performance.now() - this.#startedAt, stagesMs: this.#stagesMs };
  }

  #leave(): void {
    if (this.#stage === undefined) return;
    this.#stagesMs[this.#stage] = (this.#stagesMs[this.#stage] ?? 0) + performance.now() - this.#enteredAt;
  }
}

/** Only the page that made the worker can post to it; this tells its messages from those of libraries in the worker. */
function isRequest(data: unknown): data is WorkerRequest {
  return typeof data === 'object' && data !== null && 'type' in data;
}
