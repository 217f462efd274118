import { expect, test } from 'vitest';

import { wholePhoto } from '#contract/images.ts';
import { defaultLook } from '#contract/pages.ts';
import type { PageRecord, PageState } from '#src/store/records.ts';
import { BatchWatch } from './batch-watch.ts';

function pageIn(state: PageState, id: string, more: Partial<PageRecord> = {}): PageRecord {
  return {
    id,
    documentId: 'd',
    state,
    queuePosition: 0,
    revision: 0,
    attempts: 0,
    fileName: '',
    photoKind: 'jpeg',
    firstLook: { look: 'colour', strength: 1, brightness: 0 },
    bytes: 0,
    createdAt: 0,
    ...more,
  };
}

const newWatch = () => new BatchWatch({ listUnfinished: async () => [] });

test('photos that come while others are scanned join their batch', () => {
  const watch = newWatch();
  watch.note([pageIn('scanning', 'a'), pageIn('waiting', 'b')]);
  expect(watch.batch()).toMatchObject({ done: 0, total: 2 });
  watch.note([pageIn('scanning', 'b'), pageIn('waiting', 'c')]);
  expect(watch.batch()).toMatchObject({ done: 1, total: 3 });
  watch.note([]);
  expect(watch.batch()).toMatchObject({ done: 3, total: 3 });
});

test('a new batch counts from the beginning', () => {
  const watch = newWatch();
  watch.note([pageIn('scanning', 'a')]);
  watch.note([]);
  watch.note([pageIn('waiting', 'b')]);
  expect(watch.batch()).toMatchObject({ done: 0, total: 1 });
});

test('stopped and failed pages are told apart, and those of earlier batches are left alone', () => {
  const watch = newWatch();
  const old = pageIn('failed', 'old', { failure: { code: 'damaged-file', message: '' } });
  watch.note([old, pageIn('scanning', 'a'), pageIn('waiting', 'b')]);
  watch.note([
    old,
    pageIn('failed', 'a', { failure: { code: 'out-of-memory', message: '' } }),
    pageIn('failed', 'b', { failure: { code: 'cancelled', message: '' } }),
  ]);
  const { stopped, failed } = watch.batch();
  expect(stopped.map(({ id }) => id)).toEqual(['b']);
  expect(failed.map(({ id }) => id)).toEqual(['a']);
});

test('pages that are rendered again are no batch', () => {
  const watch = newWatch();
  const edits = { ...defaultLook, corners: wholePhoto({ width: 4, height: 3 }), turns: 0 } as const;
  watch.note([pageIn('waiting', 'a', { edits })]);
  expect(watch.batch()).toMatchObject({ done: 0, total: 0 });
});
