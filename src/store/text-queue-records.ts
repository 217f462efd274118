/** The pages whose text waits to be read, as the background queue sees them. */
import { liveQuery } from 'dexie';

import type { Failure } from '#contract/failures.ts';
import type { TextBlock, TextReading } from '#contract/text.ts';

import type { PapelDatabase } from './database.ts';
import { type DocumentRecord, type PageRecord, type TextRecord, blobKey } from './records.ts';
import { isThere } from './soft-deletion.ts';
import { withStorageFailures } from './storage-failure.ts';
import { withTerms } from './store-texts.ts';

export type TextQueueRecords = ReturnType<typeof textQueueRecords>;

/** What the reader needs of a page. */
export interface ReadablePhoto {
  readonly page: PageRecord;
  readonly document: DocumentRecord;
  readonly photo: Blob;
}

const stopped: Failure = { code: 'cancelled', message: 'Stopped by the user.' };
const sessionEnded: Failure = { code: 'worker-lost', message: 'The session ended while the page was in the worker.' };
const pageGone: Failure = { code: 'cancelled', message: 'The page was deleted before it was read.' };

function failedText(text: TextRecord, failure: Failure): TextRecord {
  return { ...text, state: 'failed', failure };
}

/** @param realign brings a person's text to the words of a new reading: their boxes, its letters */
export function textQueueRecords(
  db: PapelDatabase,
  realign: (corrected: readonly TextBlock[], reading: TextReading) => readonly TextBlock[],
) {
  const inState = (state: TextRecord['state']) =>
    db.texts.where('[state+queuePosition]').between([state, -Infinity], [state, Infinity]);

  const write = <T>(work: () => Promise<T>): Promise<T> =>
    withStorageFailures(() => db.transaction('rw', db.pages, db.texts, work));

  async function stillTaken(taken: TextRecord): Promise<TextRecord | undefined> {
    const text = await db.texts.get(taken.id);
    return text !== undefined && text.state === 'reading' && text.revision === taken.revision ? text : undefined;
  }

  return {
    /** Calls back with whether texts wait, whenever that may have changed, in whichever tab. Returns the way to stop. */
    watchWaiting(onChange: (isWaiting: boolean) => void, onError: (error: unknown) => void): () => void {
      const subscription = liveQuery(async () => (await inState('waiting').count()) > 0).subscribe(onChange, onError);
      return () => subscription.unsubscribe();
    },

    takeNext: (): Promise<TextRecord | undefined> =>
      write(async () => {
        for (;;) {
          const text = await inState('waiting').first();
          if (text === undefined) return undefined;
          const page = await db.pages.get(text.id);
          if (isThere(page) && page.edits !== undefined) {
            const { corners, turns } = page.edits;
            const taken: TextRecord = {
              ...text,
              state: 'reading',
              attempts: text.attempts + 1,
              asRead: { corners, turns },
            };
            await db.texts.put(taken);
            return taken;
          }
          await db.texts.put(isThere(page) ? { ...text, state: 'due' } : failedText(text, pageGone));
        }
      }),

    getPhoto: (pageId: string): Promise<ReadablePhoto | undefined> =>
      withStorageFailures(async () => {
        const page = await db.pages.get(pageId);
        const document = page && (await db.documents.get(page.documentId));
        const photo = (await db.blobs.get(blobKey(pageId, 'original')))?.blob;
        return page === undefined || document === undefined || photo === undefined
          ? undefined
          : { page, document, photo };
      }),

    /**
     * Keeps what was read. A page that was found on its side or its head is turned upright, unless it was turned meanwhile;
     * one that was cropped anew meanwhile waits once more.
     *
     * @returns whether the page is turned
     */
    keepReading: (taken: TextRecord, reading: TextReading): Promise<{ readonly isTurned: boolean }> =>
      write(async () => {
        const text = await stillTaken(taken);
        const page = await db.pages.get(taken.id);
        if (text === undefined || !isThere(page) || page.edits === undefined) return { isTurned: false };
        if (JSON.stringify(page.edits.corners) !== JSON.stringify(taken.asRead?.corners)) {
          await db.texts.put({ ...text, state: 'waiting', attempts: 0 });
          return { isTurned: false };
        }
        const { turns } = page.edits;
        const isTurned = turns === taken.asRead?.turns && turns !== reading.turns;
        const { failure: _failure, corrected, turnedFrom: _turnedFrom, ...rest } = text;
        await db.texts.put(
          withTerms({
            ...rest,
            state: 'read',
            reading,
            ...(isTurned ? { turnedFrom: turns } : {}),
            ...(corrected === undefined
              ? {}
              : { corrected: { ...corrected, blocks: realign(corrected.blocks, reading), isOlder: true } }),
          }),
        );
        if (isTurned)
          await db.pages.put({
            ...page,
            edits: { ...page.edits, turns: reading.turns },
            state: 'waiting',
            queuePosition: -Date.now(),
            attempts: 0,
            revision: page.revision + 1,
          });
        return { isTurned };
      }),

    /** Ends the round without a result: `failed` with its reason, or back into the line. */
    endRound: (taken: TextRecord, outcome: Failure | 'again' | 'not-begun'): Promise<void> =>
      write(async () => {
        const text = await stillTaken(taken);
        if (text === undefined) return;
        if (outcome === 'again') await db.texts.put({ ...text, state: 'waiting' });
        else if (outcome === 'not-begun')
          await db.texts.put({ ...text, state: 'waiting', attempts: text.attempts - 1 });
        else await db.texts.put(failedText(text, outcome));
      }),

    takeUpAgain: (mostAttempts: number): Promise<void> =>
      write(async () => {
        const texts = await inState('reading').toArray();
        await db.texts.bulkPut(
          texts.map((text) =>
            text.attempts < mostAttempts ? { ...text, state: 'waiting' as const } : failedText(text, sessionEnded),
          ),
        );
      }),

    /** Stops every text that is to be read; what was read before stays. Returns the pages. */
    stopAll: (): Promise<string[]> =>
      write(async () => {
        const states = ['due', 'waiting', 'reading'] as const;
        const texts = (await Promise.all(states.map((state) => inState(state).toArray()))).flat();
        await db.texts.bulkPut(
          texts.map((text) =>
            text.reading === undefined ? failedText(text, stopped) : { ...text, state: 'read' as const },
          ),
        );
        return texts.map(({ id }) => id);
      }),

    /** Texts that are not read, for the tray. */
    listUnfinished: (): Promise<TextRecord[]> =>
      withStorageFailures(async () => {
        const states = ['waiting', 'reading', 'failed'] as const;
        return (await Promise.all(states.map((state) => inState(state).toArray()))).flat();
      }),
  };
}
