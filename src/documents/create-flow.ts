/** Everything that changes documents. Photos are in the store before anything is done with them. */
import { type Failure, asFailure } from '#contract/failures.ts';
import type { PhotoKind } from '#contract/jobs.ts';
import type { PageEdits, Turns } from '#contract/pages.ts';
import type { DocumentRecords, Deletion, IncomingPhoto } from '#src/store/document-records.ts';
import type { QueueRecords } from '#src/store/queue-records.ts';
import type { PageLook } from '#src/store/records.ts';
import type { PageQueue } from './page-queue.ts';

export interface NewPhoto {
  readonly file: Blob;
  /** The file's name; empty for a photo of the camera. */
  readonly name: string;
  readonly kind: PhotoKind;
  /** Which picture of the file; without it, a PDF or TIFF becomes as many pages as it has. */
  readonly index?: number;
  /** How it is rendered, where that is known: the page is then not looked for. */
  readonly edits?: PageEdits;
}

/** A file that did not become a page, and why. */
export interface Refusal {
  readonly name: string;
  readonly failure: Failure;
}

export interface AddedPhotos {
  readonly documentId: string;
  readonly pageIds: readonly string[];
  /** Photos that could not be kept; the others were. */
  readonly refused: readonly Refusal[];
}

/** Where files went; without a document where all were refused and none was named. */
export interface AddedFiles extends Omit<AddedPhotos, 'documentId'> {
  readonly documentId: string | undefined;
}

/** Takes a change back; a deletion, as long as it was not purged. */
export type Undo = () => Promise<void>;

export interface FlowSettings {
  readonly records: DocumentRecords;
  readonly queueRecords: QueueRecords;
  readonly queue: PageQueue;
  /** Reads a file's header; throws a CodedFailure where the file is refused. */
  readonly inspect: (file: File) => Promise<{ readonly kind: PhotoKind }>;
  /** How new pages are to look. */
  readonly firstLook: () => Promise<PageLook>;
  /** Called once photos were kept, every time. */
  readonly onKept?: () => void;
  readonly now: () => number;
}

export type Flow = ReturnType<typeof createFlow>;

/** How long a deletion can be undone; then a purge takes it away for good. The notice with "Undo" is shown for seconds. */
export const undoMs = 10 * 60_000;

export function createFlow({ records, queueRecords, queue, inspect, firstLook, onKept, now }: FlowSettings) {
  let lastPosition = 0;

  /** Places in the line are whole and rise, so that photos that come together stay in order. */
  function nextPosition(): number {
    lastPosition = Math.max(now(), lastPosition + 1);
    return lastPosition;
  }

  const undoOf =
    (deletion: Deletion): Undo =>
    () =>
      records.restore(deletion);

  async function addPhotos({
    documentId,
    photos,
  }: {
    readonly documentId?: string | undefined;
    readonly photos: readonly NewPhoto[];
  }): Promise<AddedPhotos> {
    const isNew = documentId === undefined;
    const into = documentId ?? (await records.createDocument(nameFor(photos)));
    const look = await firstLook();
    const pageIds: string[] = [];
    const refused: Refusal[] = [];
    for (const photo of photos) {
      try {
        pageIds.push(await records.addPhoto(into, incoming(photo), look, nextPosition()));
      } catch (error) {
        refused.push({ name: photo.name, failure: asFailure(error) });
      }
    }
    if (pageIds.length > 0) onKept?.();
    else if (isNew) await records.deleteDocuments([into]);
    if (queue.paused !== undefined) await queue.resume();
    return { documentId: into, pageIds, refused };
  }

  return {
    addPhotos,

    /**
     * Files as they come from a picker, a drop or the clipboard. What is not a picture is refused, one by one.
     * Without `documentId` they become one new document, unless all are refused.
     */
    async importFiles({
      documentId,
      files,
    }: {
      readonly documentId?: string | undefined;
      readonly files: readonly File[];
    }): Promise<AddedFiles> {
      const photos: NewPhoto[] = [];
      const refused: Refusal[] = [];
      for (const file of files) {
        try {
          const { kind } = await inspect(file);
          photos.push({ file, name: file.name, kind });
        } catch (error) {
          refused.push({ name: file.name, failure: asFailure(error) });
        }
      }
      if (photos.length === 0) return { documentId, pageIds: [], refused };
      const added = await addPhotos({ documentId, photos });
      return {
        documentId: added.pageIds.length === 0 ? documentId : added.documentId,
        pageIds: added.pageIds,
        refused: [...refused, ...added.refused],
      };
    },

    /** Another photo for this page; its corners are found anew, its look stays. */
    replacePhoto: (pageId: string, photo: NewPhoto): Promise<void> => records.replacePhoto(pageId, incoming(photo)),

    /** Keeps the edits and renders the page with them in the background; the result before stays until then. */
    saveEdits: (pageId: string, edits: PageEdits): Promise<void> => records.saveEdits(pageId, edits),

    /** A quarter turn clockwise. Does nothing to a page that was not scanned yet. */
    async turnPage(pageId: string): Promise<void> {
      const edits = (await records.getPage(pageId))?.edits;
      if (edits !== undefined) await records.saveEdits(pageId, { ...edits, turns: nextTurn[edits.turns] });
    },

    applyLook: (documentId: string, look: PageLook): Promise<void> => records.applyLook(documentId, look),
    orderPages: (documentId: string, order: readonly string[]): Promise<void> => records.orderPages(documentId, order),
    /** Moves pages of one document to the end of another. */
    async movePages(pageIds: readonly string[], toDocumentId: string): Promise<Undo> {
      const [first = ''] = pageIds;
      const fromId = (await records.getPage(first))?.documentId;
      const order = fromId === undefined ? [] : ((await records.getDocument(fromId))?.pageIds ?? []);
      await records.movePages(pageIds, toDocumentId);
      return async () => {
        if (fromId === undefined) return;
        await records.movePages(pageIds, fromId);
        await records.orderPages(fromId, order);
      };
    },
    duplicatePage: (pageId: string): Promise<string | undefined> => records.duplicatePage(pageId),
    createDocument: (name: string): Promise<string> => records.createDocument(name),
    renameDocument: (id: string, name: string): Promise<void> => records.renameDocument(id, name.trim()),

    async deletePages(pageIds: readonly string[]): Promise<Undo> {
      return undoOf(await records.deletePages(pageIds));
    },

    async deleteDocuments(ids: readonly string[]): Promise<Undo> {
      return undoOf(await records.deleteDocuments(ids));
    },

    /** Takes away for good what can no longer be brought back. */
    purgeDeleted: (): Promise<void> => records.purge(now() - undoMs),

    /** Stops scanning; `goOn` brings the stopped pages back into the line. */
    stopScanning: (): Promise<string[]> => queue.stopScanning(),

    /** Scans failed or stopped pages once more, and ends a pause of the queue. */
    async tryAgain(pageIds: readonly string[]): Promise<void> {
      await queueRecords.tryAgain(pageIds);
      if (queue.paused !== undefined) await queue.resume();
    },
  };
}

const nextTurn = [1, 2, 3, 0] as const satisfies Record<Turns, Turns>;

/** Formats that hold several pictures or that browsers do not decode go through a converter. */
function incoming({ file, name, kind, index, edits }: NewPhoto): IncomingPhoto {
  const needsConversion = kind === 'pdf' || kind === 'tiff' || kind === 'heic';
  const knownIndex = index ?? (kind === 'heic' ? 0 : undefined);
  return {
    file,
    name,
    kind,
    needsConversion,
    ...(knownIndex === undefined ? {} : { index: knownIndex }),
    ...(edits === undefined ? {} : { edits }),
  };
}

/** A file of pages names its document; photos do not, for theirs are names like IMG_2041. */
function nameFor(photos: readonly NewPhoto[]): string {
  const [only, ...others] = photos;
  if (only === undefined || others.length > 0 || (only.kind !== 'pdf' && only.kind !== 'tiff')) return '';
  return only.name.replace(/\.[^.]*$/, '').trim();
}
