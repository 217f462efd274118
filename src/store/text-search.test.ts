import { describe, expect, it } from 'vitest';
import { makeText } from './testing/make-text.ts';
import { openMemoryDatabase } from './memory-database.ts';
import { newId } from './records.ts';
import { searchTexts } from './text-search.ts';

async function openLibrary(texts: readonly string[]) {
  const db = await openMemoryDatabase(`text-search-${newId()}`);
  const pageIds = texts.map((_, at) => `page${at}`);
  await db.documents.add({ id: 'doc', name: 'Doc', createdAt: 1, updatedAt: 1, pageIds });
  await db.pages.bulkAdd(
    pageIds.map((id) => ({
      id,
      documentId: 'doc',
      state: 'ready',
      queuePosition: 1,
      revision: 0,
      attempts: 0,
      fileName: '',
      photoKind: 'jpeg',
      firstLook: { look: 'colour', strength: 0.7, brightness: 0 },
      bytes: 1,
      createdAt: 1,
    })),
  );
  await db.texts.bulkAdd(texts.map((text, at) => makeText(`page${at}`, text)));
  return db;
}

const pagesFound = async (db: Awaited<ReturnType<typeof openLibrary>>, query: string) =>
  (await searchTexts(db, query, 50)).hits.map(({ pageNumber }) => pageNumber);

describe('searchTexts', () => {
  it('finds beginnings of words, all of them, without case and accents', async () => {
    const db = await openLibrary(['Ang señora ay nagbayad', 'The Señor paid ₱500.', "It's a CAFÉ, don't worry"]);
    expect(await pagesFound(db, 'senor')).toEqual([1, 2]);
    expect(await pagesFound(db, 'paid SEÑOR')).toEqual([2]);
    expect(await pagesFound(db, 'senor worry')).toEqual([]);
    expect(await pagesFound(db, '500')).toEqual([2]);
    expect(await pagesFound(db, 'cafe')).toEqual([3]);
    expect(await pagesFound(db, "don't")).toEqual([3]);
    expect(await pagesFound(db, 'bayad'), 'inside a word').toEqual([]);
    expect(await pagesFound(db, ' … ')).toEqual([]);
    expect(await pagesFound(db, 'a'), 'one letter').toEqual([]);
    expect(await pagesFound(db, 'senor a')).toEqual([1]);
  });

  it('shows the words around what it found, marked', async () => {
    const db = await openLibrary([`${'before '.repeat(30)}and the Bus leaves${' after'.repeat(30)}`]);
    const { hits } = await searchTexts(db, 'bus', 5);
    const text = hits[0]?.snippet.map((part) => (part.isFound ? `[${part.text}]` : part.text)).join('');
    expect(text).toMatch(/^… before before before and the \[Bus\] leaves after.* …$/);
  });

  it('counts pages that it does not list', async () => {
    const db = await openLibrary(Array.from({ length: 30 }, () => 'the same'));
    const { hits, total } = await searchTexts(db, 'same', 10);
    expect([hits.length, total]).toEqual([10, 30]);
  });
});
