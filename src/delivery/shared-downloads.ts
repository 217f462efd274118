import { CodedFailure } from '#contract/failures.ts';
import type { DeliveryOptions } from './delivered-file.ts';

interface Caller {
  readonly report: ((done: number, total: number) => void) | undefined;
}

interface Running<T> {
  readonly controller: AbortController;
  readonly callers: Set<Caller>;
  readonly result: Promise<T>;
}

/**
 * Lets all who want one thing share one download. Each hears of its progress, and each may leave it; it ends when the
 * last has left. A download that failed is forgotten, so that the next caller tries again.
 */
export class SharedDownloads<T> {
  readonly #running = new Map<string, Running<T>>();

  /**
   * @param start begins the download where none is under way
   * @throws CodedFailure `cancelled` for a caller that left; whatever `start` throws for all
   */
  async join(
    key: string,
    start: (options: Required<DeliveryOptions>) => Promise<T>,
    { signal, report }: DeliveryOptions,
  ): Promise<T> {
    if (signal?.aborted) throw cancelled(key);
    const running = this.#running.get(key) ?? this.#begin(key, start);
    const caller: Caller = { report };
    running.callers.add(caller);
    let leave: (() => void) | undefined;
    try {
      return await Promise.race([
        running.result,
        new Promise<never>((_resolve, reject) => {
          leave = () => reject(cancelled(key));
          signal?.addEventListener('abort', leave);
        }),
      ]);
    } finally {
      if (leave !== undefined) signal?.removeEventListener('abort', leave);
      running.callers.delete(caller);
      if (running.callers.size === 0 && this.#running.get(key) === running) {
        this.#running.delete(key);
        running.controller.abort();
      }
    }
  }

  #begin(key: string, start: (options: Required<DeliveryOptions>) => Promise<T>): Running<T> {
    const controller = new AbortController();
    const callers = new Set<Caller>();
    const report = (done: number, total: number): void => {
      for (const caller of callers) caller.report?.(done, total);
    };
    const result = start({ signal: controller.signal, report });
    // Each caller hears of a failure; this only keeps one that all have left from counting as unhandled.
    result.catch(() => {});
    const running = { controller, callers, result };
    this.#running.set(key, running);
    return running;
  }
}

function cancelled(key: string): CodedFailure {
  return new CodedFailure('cancelled', `${key}: cancelled`);
}
