import { afterEach, describe, expect, test, vi } from 'vitest';

import { CodedFailure } from '#contract/failures.ts';
import { defaultLook } from '#contract/pages.ts';
import { clearStore } from '#src/store/clear-store.ts';
import { documentRecords } from '#src/store/document-records.ts';
import type { PapelDatabase } from '#src/store/database.ts';
import { queueRecords } from '#src/store/queue-records.ts';
import { openMemoryDatabase } from '#src/store/memory-database.ts';
import { createFlow, undoMs } from './create-flow.ts';
import { FakeEngine, failing, renderedAs, scanOf } from './fake-engine.ts';
import { PageQueue } from './page-queue.ts';

const sessions: PageQueue[] = [];

afterEach(() => {
  for (const queue of sessions.splice(0)) queue.end();
});

/** One tab: a flow and its queue over a database that may come from an earlier session. */
let databases = 0;

async function openSession({
  engine = new FakeEngine({ 'documents.scan': scanOf }),
  db: earlier,
  concurrency = 2,
}: { readonly engine?: FakeEngine; readonly db?: PapelDatabase; readonly concurrency?: number } = {}) {
  const db = earlier ?? (await openMemoryDatabase(`papel ${databases++}`));
  const records = documentRecords(db);
  const clock = { now: Date.now() };
  const queue = new PageQueue({
    records: queueRecords(db),
    engine,
    lock: (work) => work(),
    concurrency,
    timeoutMs: () => 77_000,
    onError: (error) => {
      throw error;
    },
  });
  const flow = createFlow({
    records,
    queueRecords: queueRecords(db),
    queue,
    inspect: async (file) => {
      if (file.name.endsWith('.exe')) throw new CodedFailure('unsupported-format', 'no picture');
      return { kind: file.name.endsWith('.pdf') ? 'pdf' : 'jpeg' };
    },
    firstLook: async () => defaultLook,
    now: () => clock.now,
  });
  sessions.push(queue);
  return { flow, queue, records, engine, db, clock };
}

function begin({ queue }: { queue: PageQueue }) {
  void queue.start();
}

const photos = (...names: readonly string[]) =>
  names.map((name) => ({ file: new Blob([name]), name, kind: 'jpeg' }) as const);

const statesIn = async (records: ReturnType<typeof documentRecords>, documentId: string) =>
  (await records.getPages(documentId)).map(({ state, failure }) =>
    failure === undefined ? state : `${state}: ${failure.code}`,
  );

const resultsIn = async (records: ReturnType<typeof documentRecords>, documentId: string) =>
  Promise.all(
    (await records.getPages(documentId)).map(async ({ id }) => (await records.getBlob(id, 'result'))?.text()),
  );

describe('photos that are added', () => {
  test('are in the store before they are scanned, and come out in their order', async () => {
    const session = await openSession();
    const { documentId, pageIds } = await session.flow.addPhotos({ photos: photos('a', 'b', 'c') });
    expect(await statesIn(session.records, documentId)).toEqual(['waiting', 'waiting', 'waiting']);
    begin(session);
    await vi.waitFor(async () =>
      expect(await statesIn(session.records, documentId)).toEqual(['ready', 'ready', 'ready']),
    );
    expect(await resultsIn(session.records, documentId)).toEqual(['scan of a', 'scan of b', 'scan of c']);
    expect(await session.records.getPage(pageIds[0] ?? '')).toMatchObject({
      madeBy: { room: 'documents', version: 7 },
      photoSize: { width: 300 },
    });
  });

  test('are scanned a few at a time, and none is left over', async () => {
    const slowScan = async (input: Parameters<typeof scanOf>[0]) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return scanOf(input);
    };
    const session = await openSession({ engine: new FakeEngine({ 'documents.scan': slowScan }), concurrency: 3 });
    begin(session);
    const names = Array.from({ length: 25 }, (_, index) => `photo ${index}`);
    const { documentId } = await session.flow.addPhotos({ photos: photos(...names) });
    await vi.waitFor(async () =>
      expect(new Set(await statesIn(session.records, documentId))).toEqual(new Set(['ready'])),
    );
    expect(session.engine.mostRunning).toBe(3);
    expect(session.engine.started).toHaveLength(25);
  });

  test('keep the queue at work until the last is scanned', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const heldScan = async (input: Parameters<typeof scanOf>[0]) => {
      await held;
      return scanOf(input);
    };
    const session = await openSession({ engine: new FakeEngine({ 'documents.scan': heldScan }) });
    begin(session);
    expect(session.queue.isWorking).toBe(false);
    const { documentId } = await session.flow.addPhotos({ photos: photos('a', 'b') });
    await vi.waitFor(() => expect(session.queue.isWorking).toBe(true));
    release();
    await vi.waitFor(() => expect(session.queue.isWorking).toBe(false));
    expect(await statesIn(session.records, documentId)).toEqual(['ready', 'ready']);
  });

  test('are refused by name where they are no pictures; the others go on', async () => {
    const session = await openSession();
    const files = [new File(['a'], 'a.jpg'), new File(['MZ'], 'virus.exe'), new File(['b'], 'b.jpg')];
    const { documentId = '', refused } = await session.flow.importFiles({ files });
    expect(refused).toEqual([{ name: 'virus.exe', failure: expect.objectContaining({ code: 'unsupported-format' }) }]);
    expect((await session.records.getPages(documentId)).map(({ fileName }) => fileName)).toEqual(['a.jpg', 'b.jpg']);
  });

  test('make no document where all are refused', async () => {
    const session = await openSession();
    const { documentId } = await session.flow.importFiles({ files: [new File(['MZ'], 'virus.exe')] });
    expect(documentId).toBeUndefined();
    expect(await session.records.listDocuments()).toEqual([]);
  });

  test('that do not fit on the device are named, and those before them are kept', async () => {
    const session = await openSession();
    let kept = 0;
    session.db.blobs.hook('creating', () => {
      if (++kept > 1) throw new DOMException('full', 'QuotaExceededError');
    });
    const { documentId, refused } = await session.flow.addPhotos({ photos: photos('a', 'b') });
    expect(refused).toEqual([{ name: 'b', failure: expect.objectContaining({ code: 'storage-full' }) }]);
    expect(await statesIn(session.records, documentId)).toEqual(['waiting']);
  });
});

describe('a file of several pictures', () => {
  const answers = {
    'documents.scan': scanOf,
    'photos.count': async ({ file }: { file: Blob }) => ({ pictures: Number(await file.text()) }),
    'photos.convert': ({ index }: { index: number }) => ({
      photo: new Blob([`picture ${index}`]),
      size: { width: 10, height: 10 },
    }),
  };

  test('becomes as many pages, between those around it, and is not kept twice', async () => {
    const session = await openSession({ engine: new FakeEngine(answers) });
    begin(session);
    const [before, after] = photos('before', 'after');
    const { documentId } = await session.flow.addPhotos({
      photos: [...photos('before'), { file: new Blob(['3']), name: 'handout.pdf', kind: 'pdf' }, ...photos('after')],
    });
    expect([before, after]).toHaveLength(2);
    await vi.waitFor(async () =>
      expect(await resultsIn(session.records, documentId)).toEqual([
        'scan of before',
        'scan of picture 0',
        'scan of picture 1',
        'scan of picture 2',
        'scan of after',
      ]),
    );
    expect(await session.db.blobs.filter(({ key }) => key.endsWith('/source')).count()).toBe(0);
  });

  test('names the document that it becomes', async () => {
    const session = await openSession({ engine: new FakeEngine(answers) });
    const { documentId = '' } = await session.flow.importFiles({ files: [new File(['2'], 'Week 7 handout.pdf')] });
    expect(await session.records.getDocument(documentId)).toMatchObject({ name: 'Week 7 handout' });
  });

  test('is refused with its figures where it holds too many', async () => {
    const session = await openSession({ engine: new FakeEngine(answers) });
    begin(session);
    const { documentId = '' } = await session.flow.importFiles({ files: [new File(['500'], 'book.pdf')] });
    await vi.waitFor(async () =>
      expect(await statesIn(session.records, documentId)).toEqual(['failed: too-many-pages']),
    );
    expect((await session.records.getPages(documentId))[0]?.failure?.figures).toEqual({ pages: 500, limit: 200 });
  });

  test('that was half taken apart when the tab closed goes on with the rest', async () => {
    const first = await openSession({ engine: new FakeEngine(answers), concurrency: 1 });
    begin(first);
    const { documentId = '' } = await first.flow.importFiles({ files: [new File(['3'], 'handout.pdf')] });
    await vi.waitFor(async () => expect(await statesIn(first.records, documentId)).toContain('ready'));
    first.queue.end();
    const second = await openSession({ engine: new FakeEngine(answers), db: first.db });
    begin(second);
    await vi.waitFor(async () =>
      expect(await statesIn(second.records, documentId)).toEqual(['ready', 'ready', 'ready']),
    );
    expect(await resultsIn(second.records, documentId)).toEqual([
      'scan of picture 0',
      'scan of picture 1',
      'scan of picture 2',
    ]);
  });
});

describe('a session that ends in the middle', () => {
  /** A tab that dies: its engine never answers again, and its queue writes nothing more. */
  async function crash(db: PapelDatabase) {
    const engine = new FakeEngine({ 'documents.scan': scanOf });
    engine.hold();
    const session = await openSession({ engine, db, concurrency: 1 });
    begin(session);
    await vi.waitFor(() => expect(engine.running).toBe(1));
    sessions.splice(sessions.indexOf(session.queue), 1);
  }

  test('is taken up where it stopped', async () => {
    const session = await openSession();
    const { documentId } = await session.flow.addPhotos({ photos: photos('a', 'b') });
    await crash(session.db);
    expect(await statesIn(session.records, documentId)).toEqual(['scanning', 'waiting']);
    begin(session);
    await vi.waitFor(async () => expect(await statesIn(session.records, documentId)).toEqual(['ready', 'ready']));
  });

  test('twice at the same page gives that page up and goes on with the others', async () => {
    const session = await openSession();
    const { documentId, pageIds } = await session.flow.addPhotos({ photos: photos('bomb', 'b') });
    await crash(session.db);
    await crash(session.db);
    begin(session);
    await vi.waitFor(async () =>
      expect(await statesIn(session.records, documentId)).toEqual(['failed: worker-lost', 'ready']),
    );
    await session.flow.tryAgain(pageIds);
    await vi.waitFor(async () => expect(await statesIn(session.records, documentId)).toEqual(['ready', 'ready']));
  });
});

describe('a page whose worker died', () => {
  test('is scanned once more', async () => {
    const session = await openSession({
      engine: new FakeEngine({ 'documents.scan': failing(1, 'worker-lost', scanOf) }),
    });
    begin(session);
    const { documentId } = await session.flow.addPhotos({ photos: photos('a') });
    await vi.waitFor(async () => expect(await statesIn(session.records, documentId)).toEqual(['ready']));
    expect(session.engine.started).toHaveLength(2);
  });

  test('twice is given up with its reason, until the user asks again', async () => {
    const session = await openSession({
      engine: new FakeEngine({ 'documents.scan': failing(2, 'worker-lost', scanOf) }),
    });
    begin(session);
    const { documentId, pageIds } = await session.flow.addPhotos({ photos: photos('a') });
    await vi.waitFor(async () => expect(await statesIn(session.records, documentId)).toEqual(['failed: worker-lost']));
    await session.flow.tryAgain(pageIds);
    await vi.waitFor(async () => expect(await statesIn(session.records, documentId)).toEqual(['ready']));
  });

  test('of another failure is given up at once', async () => {
    const session = await openSession({
      engine: new FakeEngine({ 'documents.scan': failing(9, 'damaged-file', scanOf) }),
    });
    begin(session);
    const { documentId } = await session.flow.addPhotos({ photos: photos('a') });
    await vi.waitFor(async () => expect(await statesIn(session.records, documentId)).toEqual(['failed: damaged-file']));
    expect(session.engine.started).toHaveLength(1);
  });
});

describe('what stops every page', () => {
  test.each(['runtime-unavailable', 'storage-full'] as const)(
    '%s pauses the line and counts against no page',
    async (code) => {
      const session = await openSession({
        engine: new FakeEngine({ 'documents.scan': failing(1, code, scanOf) }),
        concurrency: 1,
      });
      begin(session);
      const { documentId } = await session.flow.addPhotos({ photos: photos('a', 'b', 'c') });
      await vi.waitFor(() => expect(session.queue.paused?.code).toBe(code));
      await vi.waitFor(async () =>
        expect(await statesIn(session.records, documentId)).toEqual(['waiting', 'waiting', 'waiting']),
      );
      expect(session.engine.started).toHaveLength(1);
      await session.queue.resume();
      await vi.waitFor(async () =>
        expect(await statesIn(session.records, documentId)).toEqual(['ready', 'ready', 'ready']),
      );
      expect((await session.records.getPages(documentId)).map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
    },
  );

  test('a result that does not fit leaves the photo as it was', async () => {
    const session = await openSession();
    const { documentId } = await session.flow.addPhotos({ photos: photos('a') });
    let isFull = true;
    session.db.blobs.hook('creating', () => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
    });
    begin(session);
    await vi.waitFor(() => expect(session.queue.paused?.code).toBe('storage-full'));
    await vi.waitFor(async () => expect(await statesIn(session.records, documentId)).toEqual(['waiting']));
    expect(await resultsIn(session.records, documentId)).toEqual([undefined]);
    isFull = false;
    await session.queue.resume();
    await vi.waitFor(async () => expect(await resultsIn(session.records, documentId)).toEqual(['scan of a']));
  });
});

describe('stopping', () => {
  test('ends what is under way, keeps the photos, and can be taken back', async () => {
    const session = await openSession();
    session.engine.hold();
    begin(session);
    const { documentId } = await session.flow.addPhotos({ photos: photos('a', 'b', 'c') });
    await vi.waitFor(() => expect(session.engine.running).toBe(2));
    const stopped = await session.flow.stopScanning();
    expect(stopped).toHaveLength(3);
    await vi.waitFor(() => expect(session.engine.running).toBe(0));
    expect(await statesIn(session.records, documentId)).toEqual(Array(3).fill('failed: cancelled'));
    session.engine.release();
    await session.flow.tryAgain(stopped);
    await vi.waitFor(async () =>
      expect(await statesIn(session.records, documentId)).toEqual(['ready', 'ready', 'ready']),
    );
  });
});

describe('edits', () => {
  const answers = {
    'documents.scan': scanOf,
    'documents.render': ({ edits }: { edits: { turns: number } }) => ({
      rendered: renderedAs(`turned ${edits.turns}`),
    }),
  };

  test('are rendered in the background, and the result before stays until then', async () => {
    const session = await openSession({ engine: new FakeEngine(answers) });
    begin(session);
    const { documentId, pageIds } = await session.flow.addPhotos({ photos: photos('a') });
    await vi.waitFor(async () => expect(await statesIn(session.records, documentId)).toEqual(['ready']));
    session.engine.hold();
    await session.flow.turnPage(pageIds[0] ?? '');
    await vi.waitFor(() => expect(session.engine.running).toBe(1));
    expect(await resultsIn(session.records, documentId)).toEqual(['scan of a']);
    session.engine.release();
    await vi.waitFor(async () => expect(await resultsIn(session.records, documentId)).toEqual(['turned 1']));
  });

  test('made while the page is rendered win over the render under way', async () => {
    const session = await openSession({ engine: new FakeEngine(answers) });
    begin(session);
    const { documentId, pageIds } = await session.flow.addPhotos({ photos: photos('a') });
    await vi.waitFor(async () => expect(await statesIn(session.records, documentId)).toEqual(['ready']));
    session.engine.hold();
    await session.flow.turnPage(pageIds[0] ?? '');
    await vi.waitFor(() => expect(session.engine.running).toBe(1));
    await session.flow.turnPage(pageIds[0] ?? '');
    await vi.waitFor(() => expect(session.engine.running).toBe(2));
    session.engine.release();
    await vi.waitFor(async () => expect(await statesIn(session.records, documentId)).toEqual(['ready']));
    expect(await resultsIn(session.records, documentId)).toEqual(['turned 2']);
  });

  test('come before photos that wait to be scanned', async () => {
    const session = await openSession({ engine: new FakeEngine(answers), concurrency: 1 });
    const { documentId, pageIds } = await session.flow.addPhotos({ photos: photos('a', 'b') });
    const [first] = await session.records.getPages(documentId);
    await session.flow.saveEdits(
      pageIds[1] ?? '',
      (await scanOf({ photo: new Blob(), look: first?.firstLook ?? defaultLook })).edits,
    );
    begin(session);
    await vi.waitFor(async () => expect(await statesIn(session.records, documentId)).toEqual(['ready', 'ready']));
    expect(session.engine.started.map(({ job }) => job)).toEqual(['documents.render', 'documents.scan']);
    expect(session.engine.timeouts, 'as long as the edge lets them').toEqual([77_000, 77_000]);
  });
});

describe('moving pages', () => {
  test('to another document is undone to where they were', async () => {
    const session = await openSession();
    const { documentId, pageIds } = await session.flow.addPhotos({ photos: photos('a', 'b', 'c') });
    const other = await session.flow.createDocument('Other');
    const undo = await session.flow.movePages([pageIds[1] ?? ''], other);
    expect((await session.records.getPages(other)).map(({ id }) => id)).toEqual([pageIds[1]]);
    await undo();
    expect((await session.records.getPages(documentId)).map(({ id }) => id)).toEqual(pageIds);
    expect(await session.records.getPages(other)).toEqual([]);
  });
});

describe('deleting', () => {
  test('can be undone for a while, and is then final', async () => {
    const session = await openSession();
    const { documentId, pageIds } = await session.flow.addPhotos({ photos: photos('a', 'b') });
    const undo = await session.flow.deletePages([pageIds[0] ?? '']);
    await session.flow.purgeDeleted();
    await undo();
    expect(await session.records.getPages(documentId)).toHaveLength(2);

    const undoTooLate = await session.flow.deleteDocuments([documentId]);
    session.clock.now += undoMs + 1000;
    await session.flow.purgeDeleted();
    await undoTooLate();
    expect(await session.records.listDocuments()).toEqual([]);
    expect(await session.db.blobs.count()).toBe(0);
  });

  test('of a page under way drops its result', async () => {
    const session = await openSession();
    session.engine.hold();
    begin(session);
    const { documentId, pageIds } = await session.flow.addPhotos({ photos: photos('a') });
    await vi.waitFor(() => expect(session.engine.running).toBe(1));
    await session.flow.deletePages(pageIds);
    session.engine.release();
    await vi.waitFor(() => expect(session.engine.running).toBe(0));
    expect(await session.records.getPages(documentId)).toEqual([]);
  });

  test('everything leaves nothing', async () => {
    const session = await openSession();
    begin(session);
    await session.flow.addPhotos({ photos: photos('a', 'b') });
    await session.flow.stopScanning();
    await clearStore(session.db);
    expect(await session.db.blobs.count()).toBe(0);
    expect(await session.db.pages.count()).toBe(0);
    expect(await session.records.listDocuments()).toEqual([]);
  });
});
