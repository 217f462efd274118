import { beforeEach, describe, expect, it, vi } from 'vitest';
import { photoPoint, wholePhoto } from '#contract/images.ts';
import type { JobInput } from '#contract/jobs.ts';
import type { PageEdits } from '#contract/pages.ts';
import { plainTextOf, type TextReading } from '#contract/text.ts';
import type { Engine } from '#src/engine/engine.ts';
import type { PapelDatabase } from '#src/store/database.ts';
import { documentRecords } from '#src/store/document-records.ts';
import { openMemoryDatabase } from '#src/store/memory-database.ts';
import { queueRecords } from '#src/store/queue-records.ts';
import { textQueueRecords } from '#src/store/text-queue-records.ts';
import { searchTexts } from '#src/store/text-search.ts';
import { textRecords } from '#src/store/text-records.ts';
import { alignText } from './align-text.ts';
import { makeReading } from './testing/make-reading.ts';
import { TextQueue } from './text-queue.ts';

const corners = wholePhoto({ width: 1000, height: 1400 });
const edits: PageEdits = { corners, turns: 0, look: 'colour', strength: 0.7, brightness: 0 };
const photo = { file: new Blob(['photo']), name: '', kind: 'jpeg', needsConversion: false } as const;
const quality = { edgeWidthPx: 2, glareShare: 0, paperBrightness: 230, dotsPerInch: 200, warnings: [] };
const rendered = {
  page: new Blob(['page']),
  cover: new Blob(['cover']),
  size: { width: 1000, height: 1400 },
  paper: 'a4',
  quality,
  version: 1,
} as const;

let databases = 0;
let db: PapelDatabase;
let records: ReturnType<typeof documentRecords>;
let texts: ReturnType<typeof textRecords>;
let documentId: string;
let queue: TextQueue;
let read: ReturnType<typeof vi.fn<(input: JobInput<'text.read'>, signal?: AbortSignal) => Promise<TextReading>>>;
let turned: string[];

/** What scanning does. */
async function scanWaiting() {
  const pages = queueRecords(db);
  for (let page = await pages.takeNext(); page !== undefined; page = await pages.takeNext())
    await pages.keepResult(page, { edits: page.edits ?? edits, rendered });
}

async function addPage(): Promise<string> {
  const id = await records.addPhoto(documentId, photo, { look: 'colour', strength: 0.7, brightness: 0 }, 1);
  await scanWaiting();
  return id;
}

const stateOf = async (id: string) => (await texts.getText(id))?.state;
const textOf = async (id: string) => plainTextOf({ blocks: (await texts.getText(id))?.reading?.blocks ?? [] });
async function until(id: string, state: string) {
  await expect.poll(() => stateOf(id)).toBe(state);
}

beforeEach(async () => {
  db = await openMemoryDatabase(`text-queue-${++databases}`);
  records = documentRecords(db);
  texts = textRecords(db);
  documentId = await records.createDocument('Letters');
  turned = [];
  read = vi.fn(() => Promise.resolve(makeReading([['paragraph', 'Dear families']])));
  const engine = {
    run: (_job: string, input: JobInput<'text.read'>, options?: { signal?: AbortSignal }) =>
      read(input, options?.signal),
  } as unknown as Engine;
  queue = new TextQueue({
    records: textQueueRecords(db, (corrected, reading) =>
      alignText(reading.blocks, plainTextOf({ blocks: corrected })),
    ),
    engine,
    usualLanguages: () => ['eng', 'fil'],
    lock: (work) => work(),
    concurrency: 2,
    onTurned: (id) => turned.push(id),
    onError: (error) => {
      throw error;
    },
  });
  void queue.start();
  return () => queue.end();
});

describe('TextQueue', () => {
  it('reads pages that were asked for in the languages of their document, and keeps what it read', async () => {
    const page = await addPage();
    await texts.askFor([page]);
    await until(page, 'read');
    expect(read.mock.calls[0]?.[0]).toMatchObject({
      languages: ['eng', 'fil'],
      turns: 'find',
      edits: { corners, turns: 0 },
    });
    expect(await textOf(page)).toBe('Dear families');
    await texts.setLanguages(documentId, ['spa']);
    await texts.askFor([page]);
    await expect.poll(() => read.mock.calls.length).toBe(2);
    expect(read.mock.calls[1]?.[0].languages).toEqual(['spa']);
  });

  it('waits for a page to be scanned', async () => {
    const page = await records.addPhoto(documentId, photo, { look: 'colour', strength: 0.7, brightness: 0 }, 1);
    await texts.askFor([page]);
    expect(await stateOf(page)).toBe('due');
    await scanWaiting();
    await until(page, 'read');
  });

  it('reads new pages by itself only where the user wants that', async () => {
    const before = await addPage();
    await db.settings.put({ key: 'textReading', value: 'always' });
    const after = await addPage();
    await until(after, 'read');
    expect(await stateOf(before)).toBeUndefined();
  });

  it('turns a page that lies on its side upright, and back for good', async () => {
    read.mockImplementation(() => Promise.resolve(makeReading([['paragraph', 'Dear']], { turns: 1 })));
    const page = await addPage();
    await texts.askFor([page]);
    await until(page, 'read');
    await expect.poll(() => turned).toEqual([page]);
    expect((await records.getPage(page))?.edits?.turns).toBe(1);
    await scanWaiting();
    expect(await stateOf(page), 'what it was turned for is not read again').toBe('read');
    await texts.turnBack(page);
    await scanWaiting();
    expect((await records.getPage(page))?.edits?.turns).toBe(0);
    expect(await stateOf(page)).toBe('read');
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('reads a page again that was cropped, turned or photographed anew, and not one whose look changed', async () => {
    const page = await addPage();
    await texts.askFor([page]);
    await until(page, 'read');
    await records.saveEdits(page, { ...edits, look: 'grey' });
    await scanWaiting();
    expect(await stateOf(page)).toBe('read');
    await records.saveEdits(page, { ...edits, corners: [photoPoint(10, 10), corners[1], corners[2], corners[3]] });
    await scanWaiting();
    await expect.poll(() => read.mock.calls.length).toBe(2);
    await until(page, 'read');
    await records.saveEdits(page, {
      ...edits,
      corners: [photoPoint(10, 10), corners[1], corners[2], corners[3]],
      turns: 2,
    });
    await scanWaiting();
    await expect.poll(() => read.mock.calls.length).toBe(3);
    expect(read.mock.calls[2]?.[0], 'as a person turned it').toMatchObject({ turns: 'keep', edits: { turns: 2 } });
    await until(page, 'read');
    await records.replacePhoto(page, photo);
    await scanWaiting();
    await expect.poll(() => read.mock.calls.length).toBe(4);
  });

  it('keeps what a person corrected when the page is read again, on the words of the new reading', async () => {
    read.mockImplementationOnce(() => Promise.resolve(makeReading([['paragraph', 'Dcar families']])));
    const page = await addPage();
    await texts.askFor([page]);
    await until(page, 'read');
    const blocks = (await texts.getText(page))?.reading?.blocks ?? [];
    await texts.correct(page, alignText(blocks, 'Dear parents'));
    expect((await searchTexts(db, 'parents', 5)).total).toBe(1);
    await texts.askFor([page]);
    await expect.poll(async () => (await texts.getText(page))?.corrected?.isOlder).toBe(true);
    const text = await texts.getText(page);
    expect(plainTextOf({ blocks: text?.corrected?.blocks ?? [] })).toBe('Dear parents');
    expect(await textOf(page)).toBe('Dear families');
    await texts.correct(page, undefined);
    expect((await searchTexts(db, 'parents', 5)).total).toBe(0);
    expect((await searchTexts(db, 'families', 5)).total).toBe(1);
  });

  it('stops what waits and what is read; an earlier text stays', async () => {
    const [first, second] = [await addPage(), await addPage()];
    await texts.askFor([first]);
    await until(first, 'read');
    read.mockImplementation(
      (_input, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
        }),
    );
    await texts.askFor([first, second]);
    await expect.poll(() => read.mock.calls.length).toBe(3);
    await queue.stopReading();
    expect(await texts.getText(first)).toMatchObject({ state: 'read' });
    expect(await texts.getText(second)).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } });
  });

  it('leaves the text of a deleted page alone, finds it no more, and has it back with the page', async () => {
    const page = await addPage();
    await texts.askFor([page]);
    await until(page, 'read');
    const deletion = await records.deletePages([page]);
    expect((await searchTexts(db, 'dear', 5)).total).toBe(0);
    await records.restore(deletion);
    expect((await searchTexts(db, 'dear', 5)).total).toBe(1);
    await records.deletePages([page]);
    await records.purge(Infinity);
    expect(await texts.getText(page)).toBeUndefined();
  });
});
