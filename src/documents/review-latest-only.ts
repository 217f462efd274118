/**
 * Runs one piece of work at a time; of what is asked for meanwhile only the last is done. For previews this beats aborting:
 * an aborted job ends its worker, whose successor has to start OpenCV anew, which takes longer than letting a preview end.
 */
export interface LatestOnly<Input> {
  ask(input: Input): void;
  /** Nothing is started or handed over any more. */
  stop(): void;
}

export function latestOnly<Input, Output>(
  work: (input: Input) => Promise<Output>,
  done: (output: Output, input: Input) => void,
  failed: (cause: unknown) => void,
): LatestOnly<Input> {
  let isRunning = false;
  let hasStopped = false;
  let next: { readonly input: Input } | undefined;

  async function run(first: Input) {
    isRunning = true;
    let current: { readonly input: Input } | undefined = { input: first };
    while (current !== undefined) {
      const { input }: { readonly input: Input } = current;
      try {
        const output = await work(input);
        if (!hasStopped) done(output, input);
      } catch (cause) {
        if (!hasStopped) failed(cause);
      }
      current = next;
      next = undefined;
    }
    isRunning = false;
  }

  return {
    ask(input) {
      if (hasStopped) return;
      if (isRunning) next = { input };
      else void run(input);
    },
    stop() {
      hasStopped = true;
      next = undefined;
    },
  };
}
