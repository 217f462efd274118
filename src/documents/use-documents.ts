/** What screens read: always from the store, and again whenever it changes, in whichever tab. */
import { useLiveQuery } from 'dexie-react-hooks';
import { useMemo, useSyncExternalStore } from 'react';

import { type DocumentRecords, documentRecords } from '#src/store/document-records.ts';
import { LivePicture } from '#src/store/live-picture.ts';
import type { DocumentRecord, PageBlobKind, PageRecord } from '#src/store/records.ts';
import { theStore } from '#src/store/store.ts';

let records: DocumentRecords | undefined;

function theRecords(): DocumentRecords {
  records ??= documentRecords(theStore().db);
  return records;
}

/** `undefined` while it is read, `null` where there is none (deleted, or never was). */
type Read<T> = T | undefined | null;

/** A live query whose answer for another id is never shown. */
function useRead<T>(id: string, read: (id: string) => Promise<T | undefined>): Read<T> {
  const answer = useLiveQuery(async () => ({ id, value: (await read(id)) ?? null }), [id]);
  return answer?.id === id ? answer.value : undefined;
}

export function useDocuments(): readonly DocumentRecord[] | undefined {
  return useLiveQuery(() => theRecords().listDocuments(), []);
}

export function useDocument(id: string): Read<DocumentRecord> {
  return useRead(id, (each) => theRecords().getDocument(each));
}

/** Pages of a document in reading order. */
export function usePages(documentId: string): readonly PageRecord[] | undefined {
  return useRead(documentId, (each) => theRecords().getPages(each)) ?? undefined;
}

export function usePage(id: string): Read<PageRecord> {
  return useRead(id, (each) => theRecords().getPage(each));
}

/** A page's picture itself, for the engine; undefined where there is none. */
export function readPageBlob(pageId: string, kind: PageBlobKind): Promise<Blob | undefined> {
  return theRecords().getBlob(pageId, kind);
}

/** The address of a page's picture for an `<img>`; undefined while there is none. */
export function useBlobUrl(pageId: string, kind: PageBlobKind): string | undefined {
  const picture = useMemo(() => new LivePicture(() => theRecords().getBlob(pageId, kind)), [pageId, kind]);
  return useSyncExternalStore(picture.subscribe, picture.url);
}

/** Bytes of all documents on this device. */
export function useStoredBytes(): number | undefined {
  return useLiveQuery(() => theRecords().countBytes(), []);
}

/** A page as it was rendered last. */
export function readResult(pageId: string): Promise<Blob | undefined> {
  return theRecords().getBlob(pageId, 'result');
}
