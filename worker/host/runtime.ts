import { CodedFailure, type Failure } from '#contract/failures.ts';
import type { JobReply, JobStage, Progress, WorkerRequest } from '#contract/jobs.ts';
import { startOpenCv, type RunningOpenCv } from './open-cv.ts';

type Report = (progress: Progress<JobStage<'engine.start'>>) => void;

/** OpenCV for the handlers of one worker: wanted by the first job that needs it, started once. */
export class Runtime {
  readonly #ask: (message: JobReply) => void;
  readonly #start: typeof startOpenCv;
  #running: Promise<RunningOpenCv> | undefined;
  #waiting: { resolve(module: WebAssembly.Module): void; reject(cause: CodedFailure): void } | undefined;
  #reports: Report[] = [];
  #heapBytes = () => 0;

  constructor(ask: (message: JobReply) => void, start: typeof startOpenCv = startOpenCv) {
    this.#ask = ask;
    this.#start = start;
  }

  /** The started OpenCV. A start that fails is forgotten, so that the next job tries again. */
  async openCv(report?: Report): Promise<RunningOpenCv> {
    if (report) this.#reports.push(report);
    this.#running ??= this.#begin();
    try {
      return await this.#running;
    } catch (cause) {
      this.#running = undefined;
      throw cause;
    }
  }

  /** Length of OpenCV's heap, 0 before it was started. */
  heapBytes(): number {
    return this.#heapBytes();
  }

  /** Takes the page's answers; returns whether the message was one. */
  receive(message: WorkerRequest): boolean {
    switch (message.type) {
      case 'runtime-progress':
        for (const report of this.#reports) report(message.progress);
        return true;
      case 'runtime':
        if (message.module instanceof WebAssembly.Module) this.#waiting?.resolve(message.module);
        else this.#waiting?.reject(new CodedFailure('internal', 'The page sent something else than a wasm module'));
        return true;
      case 'runtime-failed':
        this.#waiting?.reject(codedFailure(message.failure));
        return true;
      default:
        return false;
    }
  }

  async #begin(): Promise<RunningOpenCv> {
    try {
      const module = new Promise<WebAssembly.Module>((resolve, reject) => {
        this.#waiting = { resolve, reject };
      });
      this.#ask({ type: 'runtime-wanted' });
      const running = await this.#start(await module);
      this.#heapBytes = () => running.heapBytes();
      return running;
    } finally {
      this.#waiting = undefined;
      this.#reports = [];
    }
  }
}

function codedFailure({ code, message, figures }: Failure): CodedFailure {
  return new CodedFailure(code, message, figures);
}
