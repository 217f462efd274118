/** For tests: an engine whose jobs are settled by the test, one by one or all alike. */
import { CodedFailure, type FailureCode } from '#contract/failures.ts';
import type { JobInput, JobName, JobOutput } from '#contract/jobs.ts';
import type { Engine, RunOptions } from '../engine.ts';

type Answers = { [K in JobName]?: (input: JobInput<K>) => JobOutput<K> | Promise<JobOutput<K>> };

export class FakeEngine implements Engine {
  readonly started: { readonly job: JobName; readonly input: unknown }[] = [];
  /** How long each of them may take, as the caller says. */
  readonly timeouts: (number | undefined)[] = [];
  /** Jobs that run at this moment, and the most that ever did. */
  running = 0;
  mostRunning = 0;
  readonly #answers: Answers;
  #held: (() => void)[] | undefined;

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  /** From now on jobs begin, but do not end before `release`. */
  hold(): void {
    this.#held = [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const goOn of held) goOn();
  }

  async run<K extends JobName>(
    job: K,
    input: JobInput<K>,
    { signal, timeoutMs }: RunOptions<K> = {},
  ): Promise<JobOutput<K>> {
    this.started.push({ job, input });
    this.timeouts.push(timeoutMs);
    this.running++;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    try {
      if (this.#held !== undefined) {
        await new Promise<void>((resolve, reject) => {
          this.#held?.push(resolve);
          signal?.addEventListener('abort', () => reject(new CodedFailure('cancelled', 'aborted')));
        });
      }
      if (signal?.aborted) throw new CodedFailure('cancelled', 'aborted');
      const answer = this.#answers[job];
      if (answer === undefined) throw new CodedFailure('internal', `no answer to ${job}`);
      return await answer(input);
    } finally {
      this.running--;
    }
  }
}

/** An answer that fails so many times, then is another. */
export function failing<Input, Output>(times: number, code: FailureCode, then: (input: Input) => Output) {
  let left = times;
  return (input: Input): Output => {
    if (left-- > 0) throw new CodedFailure(code, 'as the test wants');
    return then(input);
  };
}
