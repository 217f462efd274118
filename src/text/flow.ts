/** The one flow of texts in this page over the opened store and the engine. Call `openStore` before. */
import { lockOfTabs } from '#src/engine/background-queue.ts';
import { engine } from '#src/engine/engine.ts';
import { poolSize } from '#src/engine/pool-size.ts';
import { currentRegion } from '#src/regions/regions.ts';
import { theStore } from '#src/store/store.ts';
import { textQueueRecords } from '#src/store/text-queue-records.ts';
import { type TextRecords, textRecords } from '#src/store/text-records.ts';
import { alignText } from './align-text.ts';
import { flowingTextOf } from './flowing-text.ts';
import { TextQueue } from './text-queue.ts';
import { usualLanguages } from './usual-languages.ts';

interface OpenFlow {
  readonly records: TextRecords;
  readonly queue: TextQueue;
}

let open: OpenFlow | undefined;
const turnListeners = new Set<(pageId: string) => void>();

function theFlow(): OpenFlow {
  if (open !== undefined) return open;
  const { db } = theStore();
  const queue = new TextQueue({
    records: textQueueRecords(db, (corrected, reading) => alignText(reading.blocks, flowingTextOf(corrected))),
    engine,
    usualLanguages: () => usualLanguages(currentRegion().config),
    lock: lockOfTabs('papel-text-queue'),
    // The engine keeps one worker of several free for what the user waits for.
    concurrency: Math.max(1, poolSize(navigator) - 1),
    timeoutMs: () => currentRegion().config.limits.processingMs,
    onTurned: (pageId) => {
      for (const listener of turnListeners) listener(pageId);
    },
    onError: (error) => console.error(error),
  });
  open = { records: textRecords(db), queue };
  return open;
}

/** The background queue, to start and to watch. */
export function theTextQueue(): TextQueue {
  return theFlow().queue;
}

/** Told of pages that are turned upright. Returns the way to stop. */
export function watchTurns(listener: (pageId: string) => void): () => void {
  turnListeners.add(listener);
  return () => turnListeners.delete(listener);
}

/** Reads these pages, once more where they were read before, and ends a pause. */
export async function askFor(pageIds: readonly string[]): Promise<void> {
  const { records, queue } = theFlow();
  await records.askFor(pageIds);
  if (queue.paused !== undefined) await queue.resume();
}

export const stopReading = (): Promise<void> => theFlow().queue.stopReading();
export const setLanguages: TextRecords['setLanguages'] = (id, languages) =>
  theFlow().records.setLanguages(id, languages);
export const correctText: TextRecords['correct'] = (id, blocks) => theFlow().records.correct(id, blocks);
export const keepCorrected: TextRecords['keepCorrected'] = (id) => theFlow().records.keepCorrected(id);
export const turnBack: TextRecords['turnBack'] = (id) => theFlow().records.turnBack(id);
export const acceptTurn: TextRecords['acceptTurn'] = (id) => theFlow().records.acceptTurn(id);
