/** Documents and the pages in them: what the screens read and what the user changes. */
import type { PhotoKind } from '#contract/jobs.ts';
import type { PageEdits } from '#contract/pages.ts';

import type { PapelDatabase } from './database.ts';
import {
  type DocumentRecord,
  type PageBlobKind,
  type PageLook,
  type PageRecord,
  blobKey,
  newId,
  sourceKey,
} from './records.ts';
import { isThere, wasDeletedBefore, withDeletion, withoutDeletion } from './soft-deletion.ts';
import { withStorageFailures } from './storage-failure.ts';
import { copyText, noteReplaced } from './store-texts.ts';

/** A photo to keep, or a file of photos (`needsConversion`) to take pictures from later. */
export interface IncomingPhoto {
  readonly file: Blob;
  readonly name: string;
  readonly kind: PhotoKind;
  readonly needsConversion: boolean;
  /** Which picture of the file, where that is known. */
  readonly index?: number;
  /** How it is rendered, where that is known before it was scanned. */
  readonly edits?: PageEdits;
}

export type DocumentRecords = ReturnType<typeof documentRecords>;

/** What was deleted, for `restore`. */
export interface Deletion {
  readonly documentIds: readonly string[];
  readonly pages: readonly { readonly pageId: string; readonly documentId: string; readonly index: number }[];
}

const blobKinds = ['original', 'result', 'cover'] as const satisfies readonly PageBlobKind[];

/** `now` is read once for each change. */
export function documentRecords(db: PapelDatabase, now: () => number = Date.now) {
  /** Changes a document that is there; does nothing to one that is not. */
  async function changeDocument(id: string, change: (record: DocumentRecord) => Partial<DocumentRecord>) {
    const record = await db.documents.get(id);
    if (isThere(record)) await db.documents.put({ ...record, ...change(record), updatedAt: now() });
  }

  /** Takes everything of these pages away, and sources that no other page needs. Inside a transaction. */
  async function erasePages(pages: readonly PageRecord[]) {
    await db.pages.bulkDelete(pages.map(({ id }) => id));
    await db.blobs.bulkDelete(pages.flatMap(({ id }) => blobKinds.map((kind) => blobKey(id, kind))));
    for (const sourceId of new Set(pages.flatMap(({ source }) => source?.id ?? []))) {
      if ((await db.pages.where('source.id').equals(sourceId).count()) === 0)
        await db.blobs.delete(sourceKey(sourceId));
    }
  }

  const writeAll = <T>(work: () => Promise<T>): Promise<T> =>
    withStorageFailures(() => db.transaction('rw', db.documents, db.pages, db.blobs, db.texts, work));

  return {
    /** Documents that are not deleted, in no order. */
    listDocuments: (): Promise<DocumentRecord[]> =>
      withStorageFailures(() => db.documents.filter((record) => isThere(record)).toArray()),

    getDocument: (id: string): Promise<DocumentRecord | undefined> =>
      withStorageFailures(async () => {
        const record = await db.documents.get(id);
        return isThere(record) ? record : undefined;
      }),

    getPage: (id: string): Promise<PageRecord | undefined> =>
      withStorageFailures(async () => {
        const record = await db.pages.get(id);
        return isThere(record) ? record : undefined;
      }),

    /** Pages of a document in reading order. */
    getPages: (documentId: string): Promise<PageRecord[]> =>
      withStorageFailures(async () => {
        const record = await db.documents.get(documentId);
        if (!isThere(record)) return [];
        return (await db.pages.bulkGet([...record.pageIds])).filter((page) => isThere(page));
      }),

    getBlob: (pageId: string, kind: PageBlobKind): Promise<Blob | undefined> =>
      withStorageFailures(async () => (await db.blobs.get(blobKey(pageId, kind)))?.blob),

    /** Bytes of everything that is kept of documents, with what is deleted but not yet purged. */
    countBytes: (): Promise<number> =>
      withStorageFailures(async () => {
        let bytes = 0;
        await db.pages.each((page) => {
          bytes += page.bytes;
        });
        return bytes;
      }),

    createDocument: (name: string): Promise<string> =>
      withStorageFailures(async () => {
        const id = newId();
        const at = now();
        await db.documents.add({ id, name, createdAt: at, updatedAt: at, pageIds: [] });
        return id;
      }),

    renameDocument: (id: string, name: string): Promise<void> => writeAll(() => changeDocument(id, () => ({ name }))),

    /** Keeps a photo as a waiting page at the end of the document. `position` orders photos that come at the same time. */
    addPhoto: (documentId: string, photo: IncomingPhoto, firstLook: PageLook, position: number): Promise<string> =>
      writeAll(async () => {
        const id = newId();
        const { file, name, kind, needsConversion, index, edits } = photo;
        const at = now();
        if (needsConversion) {
          const sourceId = newId();
          await db.blobs.add({ key: sourceKey(sourceId), blob: file });
          const source = index === undefined ? { id: sourceId } : { id: sourceId, index };
          await db.pages.add(
            waitingPage({
              id,
              documentId,
              fileName: name,
              photoKind: kind,
              firstLook,
              source,
              position,
              at,
              bytes: file.size,
            }),
          );
        } else {
          await db.blobs.add({ key: blobKey(id, 'original'), blob: file });
          await db.pages.add(
            waitingPage({
              id,
              documentId,
              fileName: name,
              photoKind: kind,
              firstLook,
              position,
              at,
              bytes: file.size,
              ...(edits === undefined ? {} : { edits }),
            }),
          );
        }
        await changeDocument(documentId, ({ pageIds }) => ({ pageIds: [...pageIds, id] }));
        return id;
      }),

    /** Another photo for a page: its corners and result go, its look stays. */
    replacePhoto: (pageId: string, photo: IncomingPhoto): Promise<void> =>
      writeAll(async () => {
        const page = await db.pages.get(pageId);
        if (!isThere(page)) return;
        const { file, name, kind, needsConversion, index = 0 } = photo;
        await erasePages([page]);
        const { look, strength, brightness } = page.edits ?? page.firstLook;
        const sourceId = newId();
        await db.blobs.put({ key: needsConversion ? sourceKey(sourceId) : blobKey(pageId, 'original'), blob: file });
        await db.pages.put({
          ...waitingPage({
            id: pageId,
            documentId: page.documentId,
            fileName: name,
            photoKind: kind,
            firstLook: { look, strength, brightness },
            position: -now(),
            at: page.createdAt,
            bytes: file.size,
            ...(needsConversion ? { source: { id: sourceId, index } } : {}),
          }),
          revision: page.revision + 1,
        });
        await noteReplaced(db, pageId);
        await changeDocument(page.documentId, () => ({}));
      }),

    /** Keeps the user's edits; the page waits to be rendered with them, before photos that wait to be scanned. */
    saveEdits: (pageId: string, edits: PageEdits): Promise<void> =>
      writeAll(async () => {
        const page = await db.pages.get(pageId);
        if (!isThere(page)) return;
        await db.pages.put(askedFor({ ...page, edits }, -now()));
        await changeDocument(page.documentId, () => ({}));
      }),

    /** The look for every page of a document: those that are scanned are rendered again, the others start with it. */
    applyLook: (documentId: string, look: PageLook): Promise<void> =>
      writeAll(async () => {
        const pages = await db.pages
          .where('documentId')
          .equals(documentId)
          .filter((page) => isThere(page))
          .toArray();
        const at = now();
        await db.pages.bulkPut(pages.map((page) => pageWithLook(page, look, at)));
        await changeDocument(documentId, () => ({}));
      }),

    /** Puts pages into this order. Pages that are not named (added meanwhile) stay behind them. */
    orderPages: (documentId: string, order: readonly string[]): Promise<void> =>
      writeAll(() =>
        changeDocument(documentId, ({ pageIds }) => {
          const there = new Set(pageIds);
          const named = new Set(order);
          return { pageIds: [...named].filter((id) => there.has(id)).concat(pageIds.filter((id) => !named.has(id))) };
        }),
      ),

    /** Moves pages to the end of another document. */
    movePages: (pageIds: readonly string[], toDocumentId: string): Promise<void> =>
      writeAll(async () => {
        if (!isThere(await db.documents.get(toDocumentId))) return;
        const pages = (await db.pages.bulkGet([...pageIds])).filter((page) => isThere(page));
        const moved = new Set(pages.map(({ id }) => id));
        for (const from of new Set(pages.map(({ documentId }) => documentId))) {
          await changeDocument(from, (record) => ({ pageIds: record.pageIds.filter((id) => !moved.has(id)) }));
        }
        await db.pages.bulkPut(pages.map((page) => pageIn(page, toDocumentId)));
        await changeDocument(toDocumentId, (record) => ({ pageIds: [...record.pageIds, ...moved] }));
      }),

    /** A copy of the page with all that is kept of it, right behind it. */
    duplicatePage: (pageId: string): Promise<string | undefined> =>
      writeAll(async () => {
        const page = await db.pages.get(pageId);
        if (!isThere(page)) return undefined;
        const id = newId();
        const state = page.state === 'scanning' ? 'waiting' : page.state;
        await db.pages.add({ ...page, id, state, createdAt: now() });
        for (const kind of blobKinds) {
          const record = await db.blobs.get(blobKey(pageId, kind));
          if (record !== undefined) await db.blobs.add({ key: blobKey(id, kind), blob: record.blob });
        }
        await copyText(db, pageId, id);
        await changeDocument(page.documentId, ({ pageIds }) => ({
          pageIds: pageIds.toSpliced(pageIds.indexOf(pageId) + 1, 0, id),
        }));
        return id;
      }),

    deletePages: (pageIds: readonly string[]): Promise<Deletion> =>
      writeAll(async () => {
        const at = now();
        const pages = (await db.pages.bulkGet([...pageIds])).filter((page) => isThere(page));
        const documents = new Map(
          (await db.documents.bulkGet([...new Set(pages.map(({ documentId }) => documentId))])).flatMap((record) =>
            record === undefined ? [] : [[record.id, record] as const],
          ),
        );
        const gone = new Set(pages.map(({ id }) => id));
        await db.pages.bulkPut(pages.map((page) => withDeletion(page, at)));
        for (const id of documents.keys()) {
          await changeDocument(id, (record) => ({ pageIds: record.pageIds.filter((each) => !gone.has(each)) }));
        }
        return {
          documentIds: [],
          pages: pages.map(({ id, documentId }) => ({
            pageId: id,
            documentId,
            index: documents.get(documentId)?.pageIds.indexOf(id) ?? 0,
          })),
        };
      }),

    deleteDocuments: (ids: readonly string[]): Promise<Deletion> =>
      writeAll(async () => {
        const at = now();
        const documents = (await db.documents.bulkGet([...ids])).filter((record) => isThere(record));
        await db.documents.bulkPut(documents.map((record) => withDeletion(record, at)));
        for (const { pageIds } of documents) {
          const pages = (await db.pages.bulkGet([...pageIds])).filter((page) => isThere(page));
          await db.pages.bulkPut(pages.map((page) => withDeletion(page, at)));
        }
        return { documentIds: documents.map(({ id }) => id), pages: [] };
      }),

    /** Undoes a deletion: pages go back to where they were among those that are left. */
    restore: (deletion: Deletion): Promise<void> =>
      writeAll(async () => {
        for (const record of await db.documents.bulkGet([...deletion.documentIds])) {
          if (record === undefined) continue;
          const { deletedAt, ...document } = record;
          await db.documents.put(document);
          const pages = await db.pages.where('documentId').equals(record.id).toArray();
          await db.pages.bulkPut(
            pages.filter((page) => page.deletedAt === deletedAt).map((page) => withoutDeletion(page)),
          );
        }
        // From the front, so that each index counts the pages already back.
        for (const { pageId, documentId, index } of deletion.pages.toSorted((a, b) => a.index - b.index)) {
          const page = await db.pages.get(pageId);
          if (page?.deletedAt === undefined) continue;
          await db.pages.put(withoutDeletion(page));
          await changeDocument(documentId, ({ pageIds }) => ({ pageIds: pageIds.toSpliced(index, 0, pageId) }));
        }
      }),

    /** Takes away for good what was deleted before this time. */
    purge: (deletedBefore: number): Promise<void> =>
      writeAll(async () => {
        const pages = await db.pages.filter((page) => wasDeletedBefore(page, deletedBefore)).toArray();
        await erasePages(pages);
        await db.texts.bulkDelete(pages.map(({ id }) => id));
        await db.documents.bulkDelete(
          await db.documents.filter((record) => wasDeletedBefore(record, deletedBefore)).primaryKeys(),
        );
      }),
  };
}

interface NewPage extends Pick<PageRecord, 'id' | 'documentId' | 'fileName' | 'photoKind' | 'firstLook' | 'bytes'> {
  readonly position: number;
  readonly at: number;
  readonly source?: NonNullable<PageRecord['source']>;
  readonly edits?: PageEdits;
}

function waitingPage({ position, at, ...page }: NewPage): PageRecord {
  return { ...page, state: 'waiting', queuePosition: position, revision: 0, attempts: 0, createdAt: at };
}

/** The page back in line for another round, at this place. */
function askedFor({ failure: _failure, ...page }: PageRecord, queuePosition: number): PageRecord {
  return { ...page, state: 'waiting', queuePosition, attempts: 0, revision: page.revision + 1 };
}

function pageWithLook(page: PageRecord, look: PageLook, at: number): PageRecord {
  if (page.edits !== undefined) return askedFor({ ...page, edits: { ...page.edits, ...look } }, -at);
  // A first scan under way would come out with the look of before: it starts over.
  return page.state === 'scanning'
    ? askedFor({ ...page, firstLook: look }, page.queuePosition)
    : { ...page, firstLook: look };
}

function pageIn(page: PageRecord, documentId: string): PageRecord {
  return { ...page, documentId };
}
