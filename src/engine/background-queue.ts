/**
 * Brings what waits in the store through the worker in the background, whatever screen is shown and after a reload too:
 * the line is in the store, so that a closed tab goes on where it stopped.
 */
import { type Failure, asFailure } from '#contract/failures.ts';

/** Twice: once more after a worker died under an item, which may be the item's doing or not. */
const mostAttempts = 2;

/** What stops every item and not just one: the queue waits until it is told to go on. */
const pausingCodes = new Set<Failure['code']>([
  'runtime-unavailable',
  'model-unavailable',
  'storage-full',
  'storage-blocked',
]);

/** Calls `work` once no other tab does; holds off the others until it settles. */
export type QueueLock = (work: () => Promise<void>) => Promise<void>;

/** Only one tab works. Without Web Locks (an address that is not https) every tab may: results are dropped, not mixed up. */
export function lockOfTabs(name: string): QueueLock {
  return async (work) => {
    if ('locks' in navigator) await navigator.locks.request(name, work);
    else await work();
  };
}

interface QueuedItem {
  readonly id: string;
  /** Rounds begun, this one among them. */
  readonly attempts: number;
}

/** The line in the store. Its errors are coded. */
export interface StoredLine<Item extends QueuedItem> {
  /** Calls back with whether something waits, whenever that may have changed. Returns the way to stop. */
  watchWaiting(onChange: (isWaiting: boolean) => void, onError: (error: unknown) => void): () => void;
  /** Takes the item whose turn it is out of the line; counts the attempt before it is made. */
  takeNext(): Promise<Item | undefined>;
  /** Ends a round without a result: failed with its reason, or back into the line. */
  endRound(item: Item, outcome: Failure | 'again' | 'not-begun'): Promise<void>;
  /** After a start: what was in the worker when the last session ended waits again, unless it was so `mostAttempts` times. */
  takeUpAgain(mostAttempts: number): Promise<void>;
}

export interface BackgroundQueueSettings<Item extends QueuedItem> {
  readonly line: StoredLine<Item>;
  /** Brings one item through and keeps its result. */
  readonly work: (item: Item, signal: AbortSignal) => Promise<void>;
  readonly lock: QueueLock;
  /** Items in the engine at a time. More than it has workers for only costs memory. */
  readonly concurrency: number;
  /** For failures that belong to no item. */
  readonly onError: (error: unknown) => void;
}

export class BackgroundQueue<Item extends QueuedItem> {
  readonly #settings: BackgroundQueueSettings<Item>;
  readonly #rounds = new Map<string, AbortController>();
  readonly #listeners = new Set<() => void>();
  /** Rounds whose end could not be written. */
  #unwritten: Item[] = [];
  #paused: Failure | undefined;
  #isTakenUp = false;
  #isRunning = false;
  #lanes = 0;
  #end: (() => void) | undefined;

  constructor(settings: BackgroundQueueSettings<Item>) {
    this.#settings = settings;
  }

  /** Why nothing goes on; undefined while it does. */
  get paused(): Failure | undefined {
    return this.#paused;
  }

  /** Whether an item is in the worker right now. */
  get isWorking(): boolean {
    return this.#lanes > 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Works until `end` is called, as soon as no other tab does. */
  async start(): Promise<void> {
    const { line, lock, onError } = this.#settings;
    await lock(async () => {
      this.#isTakenUp = false;
      await this.#takeUp();
      this.#isRunning = true;
      const ended = new Promise<void>((resolve) => {
        this.#end = resolve;
      });
      const unwatch = line.watchWaiting((isWaiting) => {
        if (isWaiting) this.#fill();
      }, onError);
      await ended;
      unwatch();
      this.#isRunning = false;
      for (const round of this.#rounds.values()) round.abort();
    });
  }

  end(): void {
    this.#end?.();
  }

  /** Takes new items again after a pause, or pauses again where the store still takes nothing. */
  async resume(): Promise<void> {
    try {
      for (let item = this.#unwritten[0]; item !== undefined; item = this.#unwritten[0]) {
        await this.#settings.line.endRound(item, 'not-begun');
        this.#unwritten.shift();
      }
    } catch (error) {
      this.#setPaused(asFailure(error));
      return;
    }
    this.#setPaused(undefined);
    // Another tab's items are none of this one's.
    if (this.#isRunning) await this.#takeUp();
    this.#fill();
  }

  /** Ends the rounds of items that the store no longer wants a result of. */
  abort(ids: readonly string[]): void {
    for (const id of ids) this.#rounds.get(id)?.abort();
  }

  #setPaused(failure: Failure | undefined): void {
    this.#paused = failure;
    for (const listener of this.#listeners) listener();
  }

  async #takeUp(): Promise<void> {
    if (this.#isTakenUp) return;
    try {
      await this.#settings.line.takeUpAgain(mostAttempts);
      this.#isTakenUp = true;
    } catch (error) {
      this.#pauseOr(error);
    }
  }

  /** A full device stops every item, also where it is no item that failed; nobody waits for what is not said. */
  #pauseOr(error: unknown): void {
    const failure = asFailure(error);
    if (!pausingCodes.has(failure.code)) throw error;
    this.#setPaused(failure);
  }

  async #takeNext(): Promise<Item | undefined> {
    try {
      return await this.#settings.line.takeNext();
    } catch (error) {
      this.#pauseOr(error);
      return undefined;
    }
  }

  /** Has as many lanes at work as the engine takes items. */
  #fill(): void {
    for (let missing = this.#settings.concurrency - this.#lanes; missing > 0; missing--) {
      this.#lanes++;
      this.#workLane().catch(this.#settings.onError);
    }
  }

  /** Brings one item after the other through, until nothing waits. */
  async #workLane(): Promise<void> {
    try {
      while (this.#isRunning && this.#paused === undefined) {
        const item = await this.#takeNext();
        if (item === undefined) return;
        const round = new AbortController();
        // An item that was changed may have a round under way that will be dropped: this one takes its place.
        this.#rounds.set(item.id, round);
        await this.#bringThrough(item, round.signal);
        if (this.#rounds.get(item.id) === round) this.#rounds.delete(item.id);
      }
    } finally {
      this.#lanes--;
    }
  }

  async #bringThrough(item: Item, signal: AbortSignal): Promise<void> {
    const { line, work } = this.#settings;
    try {
      await work(item, signal);
    } catch (error) {
      const failure = asFailure(error);
      if (pausingCodes.has(failure.code)) this.#setPaused(failure);
      try {
        if (pausingCodes.has(failure.code)) await line.endRound(item, 'not-begun');
        else if (failure.code === 'worker-lost' && item.attempts < mostAttempts) await line.endRound(item, 'again');
        else await line.endRound(item, failure);
      } catch (writeError) {
        this.#unwritten.push(item);
        this.#setPaused(asFailure(writeError));
      }
    }
  }
}
