/** Brings pages whose text waits to be read through the worker in the background. */
import { CodedFailure } from '#contract/failures.ts';
import type { TextLanguage } from '#contract/text.ts';
import { BackgroundQueue, type QueueLock } from '#src/engine/background-queue.ts';
import type { Engine } from '#src/engine/engine.ts';
import type { TextRecord } from '#src/store/records.ts';
import type { TextQueueRecords } from '#src/store/text-queue-records.ts';

export interface TextQueueSettings {
  readonly records: TextQueueRecords;
  readonly engine: Engine;
  /** For documents that name none. */
  readonly usualLanguages: () => readonly TextLanguage[];
  readonly lock: QueueLock;
  readonly concurrency: number;
  readonly timeoutMs?: () => number;
  /** Told of a page that is turned upright, as the reader found it. */
  readonly onTurned: (pageId: string) => void;
  readonly onError: (error: unknown) => void;
}

/** How far the reading of a page is: what is fetched for it first, then the page itself. */
export interface ReadingProgress {
  readonly stage: 'download' | 'read';
  /** 0 to 1. */
  readonly share: number;
}

export class TextQueue extends BackgroundQueue<TextRecord> {
  readonly #records: TextQueueRecords;
  readonly #progress: ProgressOfPages;

  constructor(settings: TextQueueSettings) {
    const { records, lock, concurrency, onError } = settings;
    const progress = new ProgressOfPages();
    super({
      line: records,
      work: (text, signal) => readPage(settings, progress, text, signal),
      lock,
      concurrency,
      onError,
    });
    this.#records = records;
    this.#progress = progress;
  }

  /** Of the pages that this tab has in the worker. */
  get progress(): ProgressOfPages {
    return this.#progress;
  }

  /** Stops all that waits or is read. */
  async stopReading(): Promise<void> {
    this.abort(await this.#records.stopAll());
  }
}

/** Watched by the screens; of this session only. */
class ProgressOfPages {
  #pages: ReadonlyMap<string, ReadingProgress> = new Map();
  readonly #listeners = new Set<() => void>();

  readonly pages = (): ReadonlyMap<string, ReadingProgress> => this.#pages;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** `undefined` where the page is no longer read. */
  note(pageId: string, progress: ReadingProgress | undefined): void {
    const pages = new Map(this.#pages);
    if (progress === undefined) pages.delete(pageId);
    else pages.set(pageId, progress);
    this.#pages = pages;
    for (const listener of this.#listeners) listener();
  }
}

async function readPage(
  { records, engine, usualLanguages, timeoutMs, onTurned }: TextQueueSettings,
  progress: ProgressOfPages,
  text: TextRecord,
  signal: AbortSignal,
): Promise<void> {
  const found = await records.getPhoto(text.id);
  if (found === undefined || text.asRead === undefined)
    throw new CodedFailure('damaged-file', 'The original is not in the store.');
  const { photo, document } = found;
  progress.note(text.id, { stage: 'read', share: 0 });
  try {
    const reading = await engine.run(
      'text.read',
      {
        photo,
        edits: text.asRead,
        languages: document.textLanguages ?? usualLanguages(),
        turns: text.turnsByHand === text.asRead.turns ? 'keep' : 'find',
      },
      {
        signal,
        priority: 'background',
        timeoutMs: timeoutMs?.(),
        onProgress: ({ stage, done = 0, total = 0 }) => {
          const isCounted = total > 0 && (stage === 'download' || stage === 'recognise');
          progress.note(text.id, {
            stage: stage === 'download' ? 'download' : 'read',
            share: isCounted ? done / total : 0,
          });
        },
      },
    );
    const { isTurned } = await records.keepReading(text, reading);
    if (isTurned) onTurned(text.id);
  } finally {
    progress.note(text.id, undefined);
  }
}
