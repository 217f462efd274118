/** What screens read: always from the store, and again whenever it changes, in whichever tab. */
import { useLiveQuery } from 'dexie-react-hooks';
import { useMemo, useSyncExternalStore } from 'react';

import { type DocumentRecords, documentRecords } from '#src/store/document-records.ts';
import { LivePicture } from '#src/store/live-picture.ts';
import type { DocumentRecord, PageBlobKind, PageRecord, TextRecord } from '#src/store/records.ts';
import { theStore } from '#src/store/store.ts';
import { type TextRecords, textRecords } from '#src/store/text-records.ts';
import { type TextHits, searchTexts } from '#src/store/text-search.ts';

let records: DocumentRecords | undefined;
let texts: TextRecords | undefined;

function theRecords(): DocumentRecords {
  records ??= documentRecords(theStore().db);
  return records;
}

function theTexts(): TextRecords {
  texts ??= textRecords(theStore().db);
  return texts;
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

/** What was read from a page; undefined where nothing was. */
export function readText(pageId: string): Promise<TextRecord | undefined> {
  return theTexts().getText(pageId);
}

/** How many of these pages have a text. */
export function usePagesWithText(pageIds: readonly string[]): number {
  const count = async () => (await theTexts().getTexts(pageIds)).filter((text) => text?.reading !== undefined).length;
  return useLiveQuery(count, [pageIds]) ?? 0;
}

/** Two screens of a phone; whoever sees more types another letter. */
const mostHits = 20;

/** Pages whose text has the words of the query; undefined while they are looked for. */
export function useTextHits(query: string): TextHits | undefined {
  const answer = useLiveQuery(
    async () => ({ query, hits: await searchTexts(theStore().db, query, mostHits) }),
    [query],
  );
  return answer?.query === query ? answer.hits : undefined;
}
