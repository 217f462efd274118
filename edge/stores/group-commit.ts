import { StoreUnavailable } from './telemetry-store.ts';

interface GroupOptions {
  /** Most items of one commit; what comes at once with more is committed alone. */
  readonly most: number;
  /** Most items that may wait; beyond that, adding fails at once in place of taking memory. */
  readonly mostWaiting: number;
}

interface Waiting<Item> {
  readonly items: readonly Item[];
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

export interface GroupCommit<Item> {
  /** Resolves when a commit that these items were in has succeeded. */
  readonly add: (items: readonly Item[]) => Promise<void>;
  /** Resolves when nothing waits any more. */
  readonly settle: () => Promise<void>;
}

/**
 * Everything that came while a commit was running goes into the next one, so that many small batches share the wait for
 * the disk (or the line to the database) and a lone one waits for nobody.
 */
export function commitInGroups<Item>(
  commit: (items: readonly Item[]) => Promise<void>,
  { most, mostWaiting }: GroupOptions,
): GroupCommit<Item> {
  let queue: Waiting<Item>[] = [];
  let waiting = 0;
  let running: Promise<void> | undefined;

  function takeGroup(): readonly Waiting<Item>[] {
    let length = 0;
    let end = 0;
    for (const { items } of queue) {
      if (end > 0 && length + items.length > most) break;
      length += items.length;
      end += 1;
    }
    const group = queue.slice(0, end);
    queue = queue.slice(end);
    waiting -= length;
    return group;
  }

  async function run() {
    while (queue.length > 0) {
      const group = takeGroup();
      try {
        await commit(group.flatMap(({ items }) => items));
        for (const { resolve } of group) resolve();
      } catch (cause) {
        for (const { reject } of group) reject(cause);
      }
    }
    running = undefined;
  }

  return {
    add: (items) => {
      if (waiting + items.length > mostWaiting) {
        return Promise.reject(new StoreUnavailable('Too many events wait to be kept.'));
      }
      waiting += items.length;
      return new Promise((resolve, reject) => {
        queue.push({ items, resolve, reject });
        running ??= run();
      });
    },
    settle: async () => {
      // One run goes on until nothing waits.
      await running;
    },
  };
}
