/**
 * Brings waiting pages through the worker in the background: photos are scanned, pages with edits are rendered with them.
 */
import { CodedFailure } from '#contract/failures.ts';
import { BackgroundQueue, type QueueLock } from '#src/engine/background-queue.ts';
import type { Engine } from '#src/engine/engine.ts';
import type { QueueRecords } from '#src/store/queue-records.ts';
import type { PageRecord } from '#src/store/records.ts';

/** As many as a school's longest handout has, and a book has more: those are refused before they fill the device. */
const mostPicturesPerFile = 200;

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

export class PageQueue extends BackgroundQueue<PageRecord> {
  readonly #records: QueueRecords;

  constructor(settings: PageQueueSettings) {
    const { records, lock, concurrency, onError } = settings;
    const scanner = new PageScanner(settings);
    super({ line: records, work: (page, signal) => scanner.bringThrough(page, signal), lock, concurrency, onError });
    this.#records = records;
  }

  /** Stops first scans, waiting and under way. Pages that are rendered again go on. Returns the pages it stopped. */
  async stopScanning(): Promise<string[]> {
    const stopped = await this.#records.stopAll();
    this.abort(stopped);
    return stopped;
  }
}

class PageScanner {
  readonly #settings: Pick<PageQueueSettings, 'records' | 'engine' | 'timeoutMs'>;

  constructor(settings: Pick<PageQueueSettings, 'records' | 'engine' | 'timeoutMs'>) {
    this.#settings = settings;
  }

  async bringThrough(page: PageRecord, signal: AbortSignal): Promise<void> {
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
