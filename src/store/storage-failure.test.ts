import { afterEach, expect, test, vi } from 'vitest';

import { defaultLook } from '#contract/pages.ts';
import { documentRecords } from './document-records.ts';
import { asStorageFailure } from './storage-failure.ts';
import { openStore, theStore } from './store.ts';
import { openMemoryDatabase } from './memory-database.ts';

afterEach(() => vi.unstubAllGlobals());

test('a full disk is told apart, and leaves everything as it was', async () => {
  const db = await openMemoryDatabase(crypto.randomUUID());
  const records = documentRecords(db);
  const documentId = await records.createDocument('Homework');
  db.blobs.hook('creating', () => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  });
  const photo = { file: new Blob(['x']), name: 'x.jpg', kind: 'jpeg', needsConversion: false } as const;
  await expect(records.addPhoto(documentId, photo, defaultLook, 1)).rejects.toMatchObject({
    failure: { code: 'storage-full' },
  });
  expect(await records.getPages(documentId)).toEqual([]);
  expect(await db.pages.count()).toBe(0);
  db.close();
});

test('an abort that was caused by a full disk counts as one', () => {
  const abort = Object.assign(new Error('aborted'), {
    name: 'AbortError',
    inner: new DOMException('full', 'QuotaExceededError'),
  });
  expect(asStorageFailure(abort)).toMatchObject({ failure: { code: 'storage-full' } });
});

test('other errors are no storage failures', () => {
  const error = new TypeError('a bug');
  expect(asStorageFailure(error)).toBe(error);
});

const blocked: Record<string, () => unknown> = {
  'is missing': () => undefined,
  'refuses to open': () => ({
    open: () => {
      throw new DOMException('Not in private windows.', 'SecurityError');
    },
  }),
};

test.each(Object.keys(blocked))('where IndexedDB %s, the session is kept in memory and says so', async (how) => {
  vi.stubGlobal('indexedDB', blocked[how]?.());
  const { db, failure } = await openStore();
  expect(failure?.code).toBe('storage-blocked');
  expect(theStore().db).toBe(db);
  const documentId = await documentRecords(db).createDocument('For now');
  expect(await documentRecords(db).getDocument(documentId)).toMatchObject({ name: 'For now' });
  db.close();
});
