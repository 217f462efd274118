import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { photoPoint, wholePhoto } from '#contract/images.ts';
import { type PageEdits, defaultLook } from '#contract/pages.ts';
import type { PapelDatabase } from './database.ts';
import { type DocumentRecords, documentRecords } from './document-records.ts';
import { queueRecords } from './queue-records.ts';
import { openMemoryDatabase } from './memory-database.ts';

let db: PapelDatabase;
let records: DocumentRecords;
let clock: number;

beforeEach(async () => {
  db = await openMemoryDatabase(crypto.randomUUID());
  clock = 1000;
  records = documentRecords(db, () => clock++);
});

afterEach(() => db.close());

const photoOf = (text: string) =>
  ({ file: new Blob([text]), name: `${text}.jpg`, kind: 'jpeg', needsConversion: false }) as const;

async function documentWith(...texts: readonly string[]) {
  const documentId = await records.createDocument('Homework');
  const pageIds: string[] = [];
  for (const [index, text] of texts.entries())
    pageIds.push(await records.addPhoto(documentId, photoOf(text), defaultLook, index));
  return { documentId, pageIds };
}

const namesIn = async (documentId: string) => (await records.getPages(documentId)).map(({ fileName }) => fileName);

const edits: PageEdits = { ...defaultLook, corners: wholePhoto({ width: 40, height: 30 }), turns: 0 };

describe('photos', () => {
  test('are kept with their bytes before anything is done with them', async () => {
    const { documentId, pageIds } = await documentWith('one', 'three');
    expect(await namesIn(documentId)).toEqual(['one.jpg', 'three.jpg']);
    expect((await records.getPages(documentId)).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    const original = await records.getBlob(pageIds[1] ?? '', 'original');
    expect(await original?.text()).toBe('three');
    expect(await records.countBytes()).toBe(8);
  });

  test('survive a reload', async () => {
    const { documentId } = await documentWith('one');
    db.close();
    await db.open();
    expect(await namesIn(documentId)).toEqual(['one.jpg']);
  });

  test('can be replaced: corners and result go, the look stays', async () => {
    const { pageIds } = await documentWith('one');
    const [id = ''] = pageIds;
    await records.saveEdits(id, { ...edits, look: 'whiteboard' });
    await db.blobs.put({ key: `${id}/result`, blob: new Blob(['old result']) });
    await records.replacePhoto(id, photoOf('again'));
    const page = await records.getPage(id);
    expect(page).toMatchObject({ state: 'waiting', firstLook: { look: 'whiteboard' }, fileName: 'again.jpg' });
    expect(page?.edits).toBeUndefined();
    expect(await (await records.getBlob(id, 'original'))?.text()).toBe('again');
    expect(await records.getBlob(id, 'result')).toBeUndefined();
  });
});

describe('the order of pages', () => {
  test('is the one asked for, and pages added meanwhile stay at the end', async () => {
    const { documentId, pageIds } = await documentWith('a', 'b', 'c');
    const [a = '', b = '', c = ''] = pageIds;
    await records.addPhoto(documentId, photoOf('d'), defaultLook, 9);
    await records.orderPages(documentId, [c, a, 'nobody', b]);
    expect(await namesIn(documentId)).toEqual(['c.jpg', 'a.jpg', 'b.jpg', 'd.jpg']);
  });

  test('has a copy right behind its page, with everything kept', async () => {
    const { documentId, pageIds } = await documentWith('a', 'b');
    const copy = await records.duplicatePage(pageIds[0] ?? '');
    expect(await namesIn(documentId)).toEqual(['a.jpg', 'a.jpg', 'b.jpg']);
    expect((await records.getPages(documentId))[1]?.id).toBe(copy);
    await records.deletePages([pageIds[0] ?? '']);
    await records.purge(Infinity);
    expect(await (await records.getBlob(copy ?? '', 'original'))?.text()).toBe('a');
  });

  test('keeps moved pages in their order at the end of the other document', async () => {
    const from = await documentWith('a', 'b', 'c');
    const to = await documentWith('z');
    await records.movePages([from.pageIds[0] ?? '', from.pageIds[2] ?? ''], to.documentId);
    expect(await namesIn(from.documentId)).toEqual(['b.jpg']);
    expect(await namesIn(to.documentId)).toEqual(['z.jpg', 'a.jpg', 'c.jpg']);
  });
});

describe('a deletion', () => {
  test('of pages is undone to where they were', async () => {
    const { documentId, pageIds } = await documentWith('a', 'b', 'c', 'd');
    const deletion = await records.deletePages([pageIds[2] ?? '', pageIds[0] ?? '']);
    expect(await namesIn(documentId)).toEqual(['b.jpg', 'd.jpg']);
    await records.restore(deletion);
    expect(await namesIn(documentId)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']);
  });

  test('of documents is undone with their pages, but not pages deleted before', async () => {
    const { documentId, pageIds } = await documentWith('a', 'b');
    await records.deletePages([pageIds[0] ?? '']);
    const deletion = await records.deleteDocuments([documentId]);
    expect(await records.listDocuments()).toEqual([]);
    expect(await records.getDocument(documentId)).toBeUndefined();
    expect(await records.getPage(pageIds[1] ?? '')).toBeUndefined();
    await records.restore(deletion);
    expect(await namesIn(documentId)).toEqual(['b.jpg']);
  });

  test('is final after the purge, and leaves no bytes', async () => {
    const { documentId } = await documentWith('a', 'b');
    const kept = await documentWith('c');
    const deletion = await records.deleteDocuments([documentId]);
    await records.purge(1);
    expect(await records.countBytes()).toBe(3);
    await records.purge(clock);
    expect(await records.countBytes()).toBe(1);
    expect(await db.blobs.count()).toBe(1);
    await records.restore(deletion);
    expect((await records.listDocuments()).map(({ id }) => id)).toEqual([kept.documentId]);
  });
});

describe('a look for the whole document', () => {
  test('asks for scanned pages again and waits for the others', async () => {
    const { documentId, pageIds } = await documentWith('a', 'b');
    await records.saveEdits(pageIds[0] ?? '', {
      ...edits,
      corners: [photoPoint(1, 1), photoPoint(9, 1), photoPoint(9, 9), photoPoint(1, 9)],
    });
    await db.pages.update(pageIds[0] ?? '', { state: 'ready' });
    await records.applyLook(documentId, { look: 'grey', strength: 1, brightness: 0.5 });
    const [first, second] = await records.getPages(documentId);
    expect(first).toMatchObject({
      state: 'waiting',
      edits: { look: 'grey', strength: 1, corners: [{ x: 1, y: 1 }, {}, {}, {}] },
    });
    expect(second).toMatchObject({ state: 'waiting', firstLook: { look: 'grey' } });
    expect(second?.edits).toBeUndefined();
  });

  test('starts a first scan under way over, so that it does not come out with the look of before', async () => {
    const { documentId } = await documentWith('a');
    const taken = await queueRecords(db).takeNext();
    await records.applyLook(documentId, { look: 'grey', strength: 1, brightness: 0 });
    expect(await records.getPages(documentId)).toMatchObject([
      { state: 'waiting', revision: (taken?.revision ?? 0) + 1 },
    ]);
  });
});
