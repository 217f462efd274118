import type { HelpName, HelpOrder, JobInput, JobOutput, WorkerRequest } from '#contract/jobs.ts';

type PostHelpOrder = (order: HelpOrder, transfer: Transferable[]) => void;

/** Asks the page to have another worker do a part of this one's job, and hands over what comes back. */
export class HelpDesk {
  readonly #ask: PostHelpOrder;
  readonly #orders = new Map<number, (output: unknown) => void>();
  #last = 0;

  constructor(ask: PostHelpOrder) {
    this.#ask = ask;
  }

  /**
   * @param transfer what of the input is handed over, not copied
   * @returns `undefined` where no worker has time, or it failed: for whatever reason, this one then does it by itself
   */
  async ask<K extends HelpName>(
    job: K,
    input: JobInput<K>,
    transfer: Transferable[] = [],
  ): Promise<JobOutput<K> | undefined> {
    const help = ++this.#last;
    const output = await new Promise<unknown>((resolve) => {
      this.#orders.set(help, resolve);
      // `job` and `input` pair up by K, which the union of orders cannot express.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      this.#ask({ type: 'help-wanted', help, job, input } as HelpOrder, transfer);
    });
    // The other worker is of this very build, so its outputs are those of the table.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return output as JobOutput<K> | undefined;
  }

  /** Takes the page's answers; returns whether the message was one. */
  receive(message: WorkerRequest): boolean {
    if (message.type !== 'help') return false;
    this.#orders.get(message.help)?.(message.output);
    this.#orders.delete(message.help);
    return true;
  }
}
