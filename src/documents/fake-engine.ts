/** For tests: an engine whose jobs are settled by the test, one by one or all alike. */
import { CodedFailure, type FailureCode } from '#contract/failures.ts';
import { wholePhoto } from '#contract/images.ts';
import type { JobInput, JobName, JobOutput } from '#contract/jobs.ts';
import type { RenderedPage } from '#contract/pages.ts';
import type { Engine, RunOptions } from '#src/engine/engine.ts';

type Answers = { [K in JobName]?: (input: JobInput<K>) => JobOutput<K> | Promise<JobOutput<K>> };

export function renderedAs(text: string): RenderedPage {
  return {
    page: new Blob([text]),
    cover: new Blob([`${text} small`]),
    size: { width: 100, height: 140 },
    paper: 'a4',
    quality: { edgeWidthPx: 2, glareShare: 0, paperBrightness: 220, dotsPerInch: 150, warnings: [] },
    version: 7,
  };
}

/** What a scan gives; the result's text names the photo, so that tests see which is which. */
export async function scanOf({ photo, look }: JobInput<'documents.scan'>): Promise<JobOutput<'documents.scan'>> {
  const photoSize = { width: 300, height: 400 };
  const edits = { ...look, corners: wholePhoto(photoSize), turns: 0 } as const;
  return { photoSize, finding: undefined, edits, rendered: renderedAs(`scan of ${await photo.text()}`) };
}

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
