import { CodedFailure } from '#contract/failures.ts';
import type { JobReply, SupplyProgress, WorkerRequest } from '#contract/jobs.ts';
import type { Supplies, SupplyName } from '#contract/supplies.ts';

type Report = (progress: SupplyProgress) => void;

interface Order {
  resolve(supply: unknown): void;
  reject(cause: CodedFailure): void;
  report: Report | undefined;
}

/** Asks the page for what this worker needs, and hands over what comes. */
export class SupplyDesk {
  readonly #ask: (message: JobReply) => void;
  readonly #orders = new Map<SupplyName, Order>();

  constructor(ask: (message: JobReply) => void) {
    this.#ask = ask;
  }

  /**
   * Asks for one supply; callers memoise what they make of it. One order a name at a time.
   *
   * @throws CodedFailure as the page says, such as `runtime-unavailable` or `model-unavailable`
   */
  async order<K extends SupplyName>(name: K, report?: Report): Promise<Supplies[K]> {
    const supply = await new Promise<unknown>((resolve, reject) => {
      this.#orders.set(name, { resolve, reject, report });
      this.#ask({ type: 'supply-wanted', name });
    });
    // The page answers a name with that name's supply: both ends are checked against one table.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return supply as Supplies[K];
  }

  /** Takes the page's answers; returns whether the message was one. */
  receive(message: WorkerRequest): boolean {
    if (message.type === 'run' || message.type === 'help') return false;
    const order = this.#orders.get(message.name);
    if (message.type === 'supply-progress') {
      order?.report?.(message.progress);
      return true;
    }
    this.#orders.delete(message.name);
    if (message.type === 'supply') {
      order?.resolve(message.supply);
    } else {
      const { code, message: text, figures } = message.failure;
      order?.reject(new CodedFailure(code, text, figures));
    }
    return true;
  }
}
