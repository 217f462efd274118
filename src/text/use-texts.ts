/** What the screens of texts read: always from the store, and again whenever it changes, in whichever tab. */
import { useLiveQuery } from 'dexie-react-hooks';
import { useMemo, useSyncExternalStore } from 'react';

import type { Failure } from '#contract/failures.ts';
import { type DocumentRecords, documentRecords } from '#src/store/document-records.ts';
import { LivePicture } from '#src/store/live-picture.ts';
import type { DocumentRecord, PageRecord, TextRecord } from '#src/store/records.ts';
import { theStore } from '#src/store/store.ts';
import { type TextRecords, textRecords } from '#src/store/text-records.ts';
import { theTextQueue } from './flow.ts';
import type { ReadingProgress } from './text-queue.ts';

let records: { readonly texts: TextRecords; readonly documents: DocumentRecords } | undefined;

function theRecords() {
  const { db } = theStore();
  records ??= { texts: textRecords(db), documents: documentRecords(db) };
  return records;
}

/** A document with its pages and their texts, in reading order. */
export interface ReadDocument {
  readonly document: DocumentRecord;
  readonly pages: readonly ReadPage[];
}

export interface ReadPage {
  readonly page: PageRecord;
  readonly text: TextRecord | undefined;
}

/** `undefined` while it is read, `null` where there is none. */
export function useReadDocument(id: string): ReadDocument | undefined | null {
  const answer = useLiveQuery(async () => {
    const { documents, texts } = theRecords();
    const document = await documents.getDocument(id);
    if (document === undefined) return { id, value: null };
    const pages = await documents.getPages(id);
    const read = await texts.getTexts(pages.map((page) => page.id));
    return { id, value: { document, pages: pages.map((page, at) => ({ page, text: read[at] })) } };
  }, [id]);
  return answer?.id === id ? answer.value : undefined;
}

export interface DocumentState {
  readonly document: DocumentRecord;
  readonly pages: number;
  readonly readPages: number;
}

/** All documents, those changed last first, and how many of their pages have a text. */
export function useDocumentStates(): readonly DocumentState[] | undefined {
  return useLiveQuery(async () => {
    const { documents, texts } = theRecords();
    const all = (await documents.listDocuments()).toSorted((a, b) => b.updatedAt - a.updatedAt);
    return Promise.all(
      all.map(async (document) => ({
        document,
        pages: document.pageIds.length,
        readPages: (await texts.getTexts(document.pageIds)).filter((text) => text?.reading !== undefined).length,
      })),
    );
  }, []);
}

/** The address of a page's picture; undefined while there is none. */
export function usePagePicture(pageId: string): string | undefined {
  const picture = useMemo(() => new LivePicture(() => theRecords().documents.getBlob(pageId, 'result')), [pageId]);
  return useSyncExternalStore(picture.subscribe, picture.url);
}

/** How far the pages are that this tab reads. */
export function useReadingProgress(): ReadonlyMap<string, ReadingProgress> {
  const { progress } = theTextQueue();
  return useSyncExternalStore(progress.subscribe, progress.pages);
}

/** Why no text is read; undefined while they are. */
export function usePausedReading(): Failure | undefined {
  const queue = theTextQueue();
  return useSyncExternalStore(queue.subscribe, () => queue.paused);
}
