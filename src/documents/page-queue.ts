/**
 * Brings waiting pages through the worker in the background, whatever screen is shown and after a reload too:
 * the line is in the store, so that a closed tab goes on where it stopped.
 */
import { CodedFailure, type Failure, asFailure } from '#contract/failures.ts';
import type { Engine } from '#src/engine/engine.ts';
import type { QueueRecords } from '#src/store/queue-records.ts';
import type { PageRecord } from '#src/store/records.ts';
import { asStorageFailure } from '#src/store/storage-failure.ts';

/** Twice: once more after a worker died under a page, which may be the page's doing or not. */
const mostAttempts = 2;

/** As many as a school's longest handout has, and a book has more: those are refused before they fill the device. */
const mostPicturesPerFile = 200;

/** What stops every page and not just one: the queue waits until it is told to go on. */
const pausingCodes = new Set<Failure['code']>([
  'runtime-unavailable',
  'model-unavailable',
  'storage-full',
  'storage-blocked',
]);

/** Calls `work` once no other tab does; holds off the others until it settles. */
export type QueueLock = (work: () => Promise<void>) => Promise<void>;

export interface PageQueueSettings {
  readonly records: QueueRecords;
  readonly engine: Engine;
  readonly lock: QueueLock;
  /** Pages in the engine at a time. More than it has workers for only costs memory. */
  readonly concurrency: number;
  /** Longest that one step may take; the engine's own limits unless told. */
  readonly timeoutMs?: () => number;
  /** For failures that belong to no page. */
  readonly onError: (error: unknown) => void;
}

export class PageQueue {
  readonly #settings: PageQueueSettings;
  readonly #rounds = new Map<string, AbortController>();
  readonly #listeners = new Set<() => void>();
  /** Rounds whose end could not be written. */
  #unwritten: PageRecord[] = [];
  #paused: Failure | undefined;
  #isRunning = false;
  #lines = 0;
  #end: (() => void) | undefined;

  constructor(settings: PageQueueSettings) {
    this.#settings = settings;
  }

  /** Why nothing goes on; undefined while it does. */
  get paused(): Failure | undefined {
    return this.#paused;
  }

  /** Whether a page is being scanned or made again right now. */
  get isWorking(): boolean {
    return this.#lines > 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Works until `end` is called, as soon as no other tab does. */
  async start(): Promise<void> {
    const { records, lock, onError } = this.#settings;
    await lock(async () => {
      await records.takeUpAgain(mostAttempts);
      this.#isRunning = true;
      const ended = new Promise<void>((resolve) => {
        this.#end = resolve;
      });
      const unwatch = records.watchWaiting((waiting) => {
        if (waiting > 0) this.#fill();
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

  /** Takes new pages again after a pause. */
  async resume(): Promise<void> {
    const unwritten = this.#unwritten;
    this.#unwritten = [];
    await Promise.all(unwritten.map((page) => this.#settings.records.endRound(page, 'not-begun')));
    this.#setPaused(undefined);
    this.#fill();
  }

  /** Stops first scans, waiting and under way. Pages that are rendered again go on. Returns the pages it stopped. */
  async stopScanning(): Promise<string[]> {
    const stopped = await this.#settings.records.stopAll();
    for (const id of stopped) this.#rounds.get(id)?.abort();
    return stopped;
  }

  #setPaused(failure: Failure | undefined): void {
    this.#paused = failure;
    for (const listener of this.#listeners) listener();
  }

  /** Has as many lines at work as the engine takes pages. */
  #fill(): void {
    for (let missing = this.#settings.concurrency - this.#lines; missing > 0; missing--) {
      this.#lines++;
      this.#workLine().catch(this.#settings.onError);
    }
  }

  /** Brings one page after the other through, until nothing waits. */
  async #workLine(): Promise<void> {
    try {
      while (this.#isRunning && this.#paused === undefined) {
        const page = await this.#settings.records.takeNext();
        if (page === undefined) return;
        const round = new AbortController();
        // A page whose edits changed may have a round under way that will be dropped: this one takes its place.
        this.#rounds.set(page.id, round);
        await this.#bringThrough(page, round.signal);
        if (this.#rounds.get(page.id) === round) this.#rounds.delete(page.id);
      }
    } finally {
      this.#lines--;
    }
  }

  async #bringThrough(page: PageRecord, signal: AbortSignal): Promise<void> {
    const { records } = this.#settings;
    try {
      await this.#workOn(page, signal);
    } catch (error) {
      const failure = asFailure(asStorageFailure(error));
      if (pausingCodes.has(failure.code)) this.#setPaused(failure);
      try {
        if (pausingCodes.has(failure.code)) await records.endRound(page, 'not-begun');
        else if (failure.code === 'worker-lost' && page.attempts < mostAttempts) await records.endRound(page, 'again');
        else await records.endRound(page, failure);
      } catch (writeError) {
        this.#unwritten.push(page);
        this.#setPaused(asFailure(asStorageFailure(writeError)));
      }
    }
  }

  async #workOn(page: PageRecord, signal: AbortSignal): Promise<void> {
    const { records, engine } = this.#settings;
    const timeoutMs = this.#settings.timeoutMs?.();
    const options = { signal, priority: 'background', timeoutMs } as const;
    const converted = page.source === undefined ? page : await this.#convert(page, page.source, signal);
    if (converted === undefined) return;
    const photo = await records.getOriginal(page.id);
    if (photo === undefined) throw new CodedFailure('damaged-file', 'The original is not in the store.');
    const { edits, firstLook: look } = converted;
    if (edits === undefined) {
      await records.keepResult(page, await engine.run('documents.scan', { photo, look }, options));
    } else {
      // Someone looks at this page and waits.
      const { rendered } = await engine.run('documents.render', { photo, edits }, { ...options, priority: 'user' });
      await records.keepResult(page, { edits, rendered });
    }
  }

  /** The page with its picture taken out of the file; undefined where the page was changed or deleted meanwhile. */
  async #convert(page: PageRecord, source: NonNullable<PageRecord['source']>, signal: AbortSignal) {
    const { records, engine } = this.#settings;
    const options = { signal, priority: 'background', timeoutMs: this.#settings.timeoutMs?.() } as const;
    const file = await records.getSource(source.id);
    if (file === undefined) throw new CodedFailure('damaged-file', 'The file is not in the store.');
    const kind = page.photoKind;
    let index = source.index;
    if (index === undefined) {
      const { pictures } = await engine.run('photos.count', { file, kind }, options);
      if (pictures > mostPicturesPerFile) {
        throw new CodedFailure('too-many-pages', `${pictures} pictures in one file`, {
          pages: pictures,
          limit: mostPicturesPerFile,
        });
      }
      if (pictures === 0) throw new CodedFailure('empty-file', 'The file holds no picture.');
      if ((await records.spreadSource(page, pictures)) === undefined) return undefined;
      index = 0;
    }
    const { photo, size } = await engine.run('photos.convert', { file, kind, index }, options);
    return records.keepConverted(page, photo, size);
  }
}
