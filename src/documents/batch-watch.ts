/** Scanning in the background as one batch after the other. */
import { liveQuery } from 'dexie';

import type { QueueRecords } from '#src/store/queue-records.ts';
import type { PageRecord } from '#src/store/records.ts';

export interface Batch {
  /** First scans done, of all since the line was last empty. Pages that are rendered again do not count. */
  readonly done: number;
  readonly total: number;
  /** Pages of this batch that the user stopped. */
  readonly stopped: readonly PageRecord[];
  /** Pages of this batch that failed otherwise. */
  readonly failed: readonly PageRecord[];
}

const nothing: Batch = { done: 0, total: 0, stopped: [], failed: [] };

/** Follows one batch after the other: photos that come while others are scanned join them. */
export class BatchWatch {
  #batch = nothing;
  #seen = new Set<string>();
  #isOver = true;
  readonly #records: Pick<QueueRecords, 'listUnfinished'>;

  constructor(records: Pick<QueueRecords, 'listUnfinished'>) {
    this.#records = records;
  }

  readonly batch = (): Batch => this.#batch;

  readonly subscribe = (onChange: () => void): (() => void) => {
    const subscription = liveQuery(() => this.#records.listUnfinished()).subscribe((unfinished) => {
      this.note(unfinished);
      onChange();
    }, console.error);
    return () => subscription.unsubscribe();
  };

  /** Takes the pages that are not ready at this moment into account. */
  note(unfinished: readonly PageRecord[]): void {
    const inLine = unfinished.filter(({ state, edits }) => state !== 'failed' && edits === undefined);
    if (inLine.length > 0 && this.#isOver) this.#seen.clear();
    this.#isOver = inLine.length === 0;
    for (const { id } of inLine) this.#seen.add(id);
    const failed = unfinished.filter(({ id, state }) => state === 'failed' && this.#seen.has(id));
    this.#batch = {
      done: this.#seen.size - inLine.length,
      total: this.#seen.size,
      stopped: failed.filter(({ failure }) => failure?.code === 'cancelled'),
      failed: failed.filter(({ failure }) => failure?.code !== 'cancelled'),
    };
  }
}
