/** Reading in the background as one batch after the other, for the tray. */
import { useLiveQuery } from 'dexie-react-hooks';

import type { TextRecord } from '#src/store/records.ts';
import { theStore } from '#src/store/store.ts';
import { textQueueRecords } from '#src/store/text-queue-records.ts';

export interface TextBatch {
  /** Pages done, of all since the line was last empty. */
  readonly done: number;
  readonly total: number;
  /** Pages of this batch that could not be read; one that was stopped did not fail. */
  readonly failed: readonly TextRecord[];
}

const seen = new Set<string>();
let isOver = true;

/** Takes the texts that are not read at this moment into account: those that come while others are read join them. */
function noteUnfinished(unfinished: readonly TextRecord[]): TextBatch {
  const inLine = unfinished.filter(({ state }) => state !== 'failed');
  if (inLine.length > 0 && isOver) seen.clear();
  isOver = inLine.length === 0;
  for (const { id } of inLine) seen.add(id);
  const failed = unfinished.filter(
    ({ id, state, failure }) => state === 'failed' && failure?.code !== 'cancelled' && seen.has(id),
  );
  return { done: seen.size - inLine.length, total: seen.size, failed };
}

const nothing: TextBatch = { done: 0, total: 0, failed: [] };

export function useTextBatch(): TextBatch {
  return (
    useLiveQuery(async () => {
      const { listUnfinished } = textQueueRecords(theStore().db, () => []);
      return noteUnfinished(await listUnfinished());
    }, []) ?? nothing
  );
}
