/** The pages that wait for the worker, as the background queue sees them. */
import { liveQuery } from 'dexie';

import type { Failure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';
import type { PageEdits, PageFinding, RenderedPage } from '#contract/pages.ts';

import type { PapelDatabase } from './database.ts';
import { type PageRecord, type PageState, blobKey, newId, sourceKey } from './records.ts';
import { withStorageFailures } from './storage-failure.ts';
import { noteRendered } from './store-texts.ts';

export type QueueRecords = ReturnType<typeof queueRecords>;

/** What a round in the worker gives; `photoSize` and `finding` only where the page was looked for. */
export interface PageResult {
  readonly photoSize?: Size;
  readonly finding?: PageFinding | undefined;
  readonly edits: PageEdits;
  readonly rendered: RenderedPage;
}

const stopped: Failure = { code: 'cancelled', message: 'Stopped by the user.' };
const sessionEnded: Failure = { code: 'worker-lost', message: 'The session ended while the page was in the worker.' };

function failedPage(page: PageRecord, failure: Failure): PageRecord {
  return { ...page, state: 'failed', failure };
}

function backInLine({ failure: _failure, ...page }: PageRecord): PageRecord {
  return { ...page, state: 'waiting' };
}

export function queueRecords(db: PapelDatabase) {
  const inState = (state: PageState) =>
    db.pages
      .where('[state+queuePosition]')
      .between([state, -Infinity], [state, Infinity])
      .filter((page) => page.deletedAt === undefined);

  const writeAll = <T>(work: () => Promise<T>): Promise<T> =>
    withStorageFailures(() => db.transaction('rw', [db.documents, db.pages, db.blobs, db.texts, db.settings], work));

  /** The page, if it is still in the round that `taken` began: whatever makes a round worthless raises the revision. */
  async function stillTaken(taken: PageRecord): Promise<PageRecord | undefined> {
    const page = await db.pages.get(taken.id);
    return page !== undefined && page.state === 'scanning' && page.revision === taken.revision ? page : undefined;
  }

  async function dropSourceIfUnused(sourceId: string) {
    if ((await db.pages.where('source.id').equals(sourceId).count()) === 0) await db.blobs.delete(sourceKey(sourceId));
  }

  return {
    countWaiting: (): Promise<number> => withStorageFailures(() => inState('waiting').count()),

    /** Calls back with whether pages wait, whenever that may have changed, in whichever tab. Returns the way to stop. */
    watchWaiting(onChange: (isWaiting: boolean) => void, onError: (error: unknown) => void): () => void {
      const subscription = liveQuery(async () => (await inState('waiting').first()) !== undefined).subscribe(
        onChange,
        onError,
      );
      return () => subscription.unsubscribe();
    },

    /** Takes the page whose turn it is out of the line; counts the attempt before it is made. */
    takeNext: (): Promise<PageRecord | undefined> =>
      writeAll(async () => {
        const page = await inState('waiting').first();
        if (page === undefined) return undefined;
        const taken: PageRecord = { ...page, state: 'scanning', attempts: page.attempts + 1 };
        await db.pages.put(taken);
        return taken;
      }),

    getOriginal: (pageId: string): Promise<Blob | undefined> =>
      withStorageFailures(async () => (await db.blobs.get(blobKey(pageId, 'original')))?.blob),

    getSource: (sourceId: string): Promise<Blob | undefined> =>
      withStorageFailures(async () => (await db.blobs.get(sourceKey(sourceId)))?.blob),

    /** A file turned out to hold `pictures` pictures: its page becomes the first, the others follow it and wait. */
    spreadSource: (taken: PageRecord, pictures: number): Promise<PageRecord | undefined> =>
      writeAll(async () => {
        const page = await stillTaken(taken);
        if (page?.source === undefined) return undefined;
        const { id } = page.source;
        const first: PageRecord = { ...page, source: { id, index: 0 } };
        const others = Array.from({ length: pictures - 1 }, (_, at): PageRecord => ({
          ...page,
          id: newId(),
          state: 'waiting',
          // Behind this page and before the next photo: photos that came together are 1 apart at least.
          queuePosition: page.queuePosition + (at + 1) / pictures,
          attempts: 0,
          source: { id, index: at + 1 },
          bytes: 0,
        }));
        await db.pages.bulkPut([first, ...others]);
        const document = await db.documents.get(page.documentId);
        if (document !== undefined) {
          const pageIds = document.pageIds.toSpliced(
            document.pageIds.indexOf(page.id) + 1,
            0,
            ...others.map((other) => other.id),
          );
          await db.documents.put({ ...document, pageIds });
        }
        return first;
      }),

    /** The picture that was taken out of a file becomes the page's original. The file goes with its last picture. */
    keepConverted: (taken: PageRecord, photo: Blob, photoSize: Size): Promise<PageRecord | undefined> =>
      writeAll(async () => {
        const page = await stillTaken(taken);
        if (page?.source === undefined) return undefined;
        const { source, ...rest } = page;
        const converted: PageRecord = { ...rest, photoSize, photoKind: 'jpeg', bytes: photo.size };
        await db.blobs.put({ key: blobKey(page.id, 'original'), blob: photo });
        await db.pages.put(converted);
        await dropSourceIfUnused(source.id);
        return converted;
      }),

    /** Keeps the result, unless the page was changed, stopped or deleted meanwhile: then it is dropped. */
    keepResult: (taken: PageRecord, result: PageResult): Promise<boolean> =>
      writeAll(async () => {
        const page = await stillTaken(taken);
        if (page === undefined) return false;
        const { page: picture, cover, size, paper, quality, version } = result.rendered;
        const original = await db.blobs.get(blobKey(page.id, 'original'));
        await db.blobs.bulkPut([
          { key: blobKey(page.id, 'result'), blob: picture },
          { key: blobKey(page.id, 'cover'), blob: cover },
        ]);
        const { failure: _failure, ...rest } = page;
        const ready: PageRecord = {
          ...rest,
          state: 'ready',
          edits: result.edits,
          rendered: { size, paper, quality },
          madeBy: { room: 'documents', version },
          bytes: (original?.blob.size ?? 0) + picture.size + cover.size,
          ...(result.photoSize === undefined ? {} : { photoSize: result.photoSize }),
          ...(result.finding === undefined ? {} : { finding: result.finding }),
        };
        await db.pages.put(ready);
        await noteRendered(db, ready, page.edits === undefined);
        return true;
      }),

    /** Ends the round without a result: `failed` with its reason, or back into the line. */
    endRound: (taken: PageRecord, outcome: Failure | 'again' | 'not-begun'): Promise<void> =>
      writeAll(async () => {
        const page = await stillTaken(taken);
        if (page === undefined) return;
        if (outcome === 'again') await db.pages.put({ ...page, state: 'waiting' });
        else if (outcome === 'not-begun')
          await db.pages.put({ ...page, state: 'waiting', attempts: page.attempts - 1 });
        else await db.pages.put(failedPage(page, outcome));
      }),

    /**
     * After a start: pages that were in the worker when the last session ended wait again; those that were in it
     * `mostAttempts` times are given up, for they may be what ended it.
     */
    takeUpAgain: (mostAttempts: number): Promise<void> =>
      writeAll(async () => {
        const pages = await inState('scanning').toArray();
        await db.pages.bulkPut(
          pages.map((page) => (page.attempts < mostAttempts ? backInLine(page) : failedPage(page, sessionEnded))),
        );
      }),

    /** Stops every page that waits or is in the worker for the first time. Returns those pages. */
    stopAll: (): Promise<string[]> =>
      writeAll(async () => {
        const pages = [...(await inState('waiting').toArray()), ...(await inState('scanning').toArray())].filter(
          ({ edits }) => edits === undefined,
        );
        await db.pages.bulkPut(pages.map((page) => failedPage(page, stopped)));
        return pages.map(({ id }) => id);
      }),

    /** Lets failed or stopped pages wait once more. */
    tryAgain: (pageIds: readonly string[]): Promise<void> =>
      writeAll(async () => {
        const pages = await db.pages.bulkGet([...pageIds]);
        await db.pages.bulkPut(
          pages.flatMap((page) => (page?.state === 'failed' ? [{ ...backInLine(page), attempts: 0 }] : [])),
        );
      }),

    /** Pages that are not ready, for the tray. */
    listUnfinished: (): Promise<PageRecord[]> =>
      withStorageFailures(async () => {
        const states = ['waiting', 'scanning', 'failed'] as const;
        return (await Promise.all(states.map((state) => inState(state).toArray()))).flat();
      }),
  };
}
