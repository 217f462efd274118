import { zipSync, strToU8 } from 'fflate';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { FakeEngine, failing } from '#src/engine/testing/fake-engine.ts';
import type { PapelDatabase } from '#src/store/database.ts';
import type { SheetRecord } from '#src/store/records.ts';
import { makeExam, makeReading } from './testing/make-exam.ts';
import { endSessions, forget, openSession, readText } from './testing/open-session.ts';

afterEach(endSessions);

type Session = Awaited<ReturnType<typeof openSession>>;

function begin({ queue }: Session) {
  void queue.start();
}

const photos = (...names: readonly string[]) => names.map((name) => new File([`${name} `], `${name}.jpg`));

const stateOf = ({ state, failure }: SheetRecord) => (failure === undefined ? state : `${state}: ${failure.code}`);

const statesIn = async ({ sheets }: Session, examId: string) => (await sheets.listSheets(examId)).map(stateOf);

/** The first answer of each sheet, which names its photo. */
const answersIn = async ({ sheets }: Session, examId: string) =>
  (await sheets.listSheets(examId)).map(({ reading }) =>
    reading?.found ? reading.fields.map(({ value }) => value).join('') : undefined,
  );

const settled = (session: Session, examId: string, ...states: readonly string[]) =>
  vi.waitFor(async () => expect(await statesIn(session, examId)).toEqual(states));

describe('photos that are added', () => {
  test('are in the store before they are read, and come out in their order', async () => {
    const session = await openSession();
    const examId = await session.flow.createExam(makeExam());
    const { added } = await session.flow.importSheets(examId, photos('A', 'B', 'C'));
    expect(added).toBe(3);
    expect(await statesIn(session, examId)).toEqual(['waiting', 'waiting', 'waiting']);
    begin(session);
    await settled(session, examId, 'read', 'read', 'read');
    expect(await answersIn(session, examId)).toEqual(['A', 'B', 'C']);
    const [sheet] = await session.sheets.listSheets(examId);
    expect(sheet).toMatchObject({
      readAs: { version: 'A', page: 1 },
      madeBy: { room: 'answer-sheets', version: 3 },
      photoSize: { width: 3000 },
      fileName: 'A.jpg',
    });
    expect((await session.exams.countSheets([examId])).get(examId)).toEqual({
      total: 3,
      waiting: 0,
      reading: 0,
      read: 3,
      failed: 0,
    });
  });

  test('are asked for as the pages of this exam, with its code and rule', async () => {
    const session = await openSession();
    const examId = await session.flow.createExam(makeExam({ correction: 'cross-out' }));
    begin(session);
    await session.flow.importSheets(examId, photos('A'));
    await settled(session, examId, 'read');
    const code = (await session.exams.getExam(examId))?.code;
    expect(session.engine.started).toEqual([
      {
        job: 'answer-sheets.read-page',
        input: expect.objectContaining({ examCode: code, options: { correction: 'cross-out' } }),
      },
    ]);
    expect(session.engine.timeouts).toEqual([77_000]);
  });

  test('twice in an exam are one sheet, which is said; in another exam they are another', async () => {
    const session = await openSession();
    const [first, second] = [await session.flow.createExam(makeExam()), await session.flow.createExam(makeExam())];
    await session.flow.importSheets(first, photos('A'));
    const again = await session.flow.importSheets(first, [
      new File(['A '], 'copy of A.jpg'),
      new File(['B'], 'B.jpg'),
      new File(['B'], 'B again.jpg'),
    ]);
    expect(again).toEqual({ added: 1, refused: [], same: ['copy of A.jpg', 'B again.jpg'] });
    expect(await session.flow.importSheets(second, photos('A'))).toMatchObject({ added: 1, same: [] });
    const [sheet] = await session.sheets.listSheets(first);
    await session.flow.deleteSheets([sheet?.id ?? '']);
    expect(await session.flow.importSheets(first, photos('A'))).toMatchObject({ added: 1, same: [] });
  });

  test('are refused by name where they are none; the others go on', async () => {
    const session = await openSession();
    const examId = await session.flow.createExam(makeExam());
    const files = [new File(['A'], 'a.jpg'), new File(['MZ'], 'virus.exe'), new File(['x'], '.DS_Store')];
    const { added, refused } = await session.flow.importSheets(examId, files);
    expect(added).toBe(1);
    expect(refused).toEqual([{ name: 'virus.exe', failure: expect.objectContaining({ code: 'unsupported-format' }) }]);
  });

  test('that do not fit on the device are named, and those before them are kept', async () => {
    const session = await openSession();
    const examId = await session.flow.createExam(makeExam());
    let kept = 0;
    session.db.blobs.hook('creating', () => {
      if (++kept > 1) throw new DOMException('full', 'QuotaExceededError');
    });
    const { refused } = await session.flow.importSheets(examId, photos('A', 'B'));
    expect(refused).toEqual([{ name: 'B.jpg', failure: expect.objectContaining({ code: 'storage-full' }) }]);
    expect(await statesIn(session, examId)).toEqual(['waiting']);
  });

  test('in an archive become sheets under their names; what breaks off is said after those before it', async () => {
    const session = await openSession();
    const examId = await session.flow.createExam(makeExam());
    const zip = zipSync({
      '7 Rizal/a.jpg': strToU8('A'),
      '__MACOSX/7 Rizal/._a.jpg': strToU8('junk'),
      '7 Rizal/b.jpg': [strToU8('B'), { level: 0 }],
      'notes.txt': strToU8('not a photo'),
    });
    const { added, refused } = await session.flow.importSheets(examId, [new File([zip], 'class.zip')]);
    expect({ added, refused: refused.map(({ name }) => name) }).toEqual({ added: 2, refused: ['notes.txt'] });
    expect((await session.sheets.listSheets(examId)).map(({ fileName }) => fileName)).toEqual([
      '7 Rizal/a.jpg',
      '7 Rizal/b.jpg',
    ]);
  });

  test('in no archive of photos are one refusal, not one for each part of a document', async () => {
    const session = await openSession();
    const examId = await session.flow.createExam(makeExam());
    const zip = zipSync({ 'word/document.xml': strToU8('<w/>'), '[Content_Types].xml': strToU8('<t/>') });
    const { refused } = await session.flow.importSheets(examId, [new File([zip], 'letter.docx')]);
    expect(refused).toEqual([
      { name: 'letter.docx', failure: expect.objectContaining({ code: 'unsupported-format' }) },
    ]);
  });
});

describe('a file of several pictures', () => {
  const answers = {
    'answer-sheets.read-page': readText,
    'photos.count': async ({ file }: { file: Blob }) => ({ pictures: Number(await file.text()) }),
    'photos.convert': ({ index }: { index: number }) => ({
      photo: new Blob([`${'ABCD'[index]}`]),
      size: { width: 10, height: 10 },
    }),
  };

  test('becomes as many sheets, between those around it, and is not kept twice', async () => {
    const session = await openSession({ engine: new FakeEngine(answers) });
    begin(session);
    const examId = await session.flow.createExam(makeExam());
    await session.flow.importSheets(examId, [
      new File(['X'], 'before.jpg'),
      new File(['3'], 'copier.pdf'),
      new File(['Y'], 'after.jpg'),
    ]);
    await settled(session, examId, 'read', 'read', 'read', 'read', 'read');
    expect(await answersIn(session, examId)).toEqual(['X', 'A', 'B', 'C', 'Y']);
    expect(await session.db.blobs.filter(({ key }) => key.endsWith('/source')).count()).toBe(0);
    expect((await session.flow.importSheets(examId, [new File(['3'], 'again.pdf')])).same).toEqual(['again.pdf']);
  });

  test('is refused with its figures where it holds too many', async () => {
    const session = await openSession({ engine: new FakeEngine(answers) });
    begin(session);
    const examId = await session.flow.createExam(makeExam());
    await session.flow.importSheets(examId, [new File(['501'], 'school.pdf')]);
    await settled(session, examId, 'failed: too-many-pages');
    expect((await session.sheets.listSheets(examId))[0]?.failure?.figures).toEqual({ pages: 501, limit: 500 });
  });
});

describe('a session that ends in the middle', () => {
  async function crash(db: PapelDatabase) {
    const engine = new FakeEngine({ 'answer-sheets.read-page': readText });
    engine.hold();
    const session = await openSession({ engine, db, concurrency: 1 });
    begin(session);
    await vi.waitFor(() => expect(engine.running).toBe(1));
    forget(session.queue);
  }

  test('is taken up where it stopped; a sheet that ends it twice is given up', async () => {
    const session = await openSession();
    const examId = await session.flow.createExam(makeExam());
    await session.flow.importSheets(examId, photos('A', 'B'));
    await crash(session.db);
    expect(await statesIn(session, examId)).toEqual(['reading', 'waiting']);
    await crash(session.db);
    begin(session);
    await settled(session, examId, 'failed: worker-lost', 'read');
    const [bomb] = await session.sheets.listSheets(examId);
    await session.flow.readAgain([bomb?.id ?? '']);
    await settled(session, examId, 'read', 'read');
  });
});

describe('the line', () => {
  test('tries a sheet once more whose worker died', async () => {
    const engine = new FakeEngine({ 'answer-sheets.read-page': failing(1, 'worker-lost', readText) });
    const session = await openSession({ engine });
    begin(session);
    const examId = await session.flow.createExam(makeExam());
    await session.flow.importSheets(examId, photos('A'));
    await settled(session, examId, 'read');
    expect(engine.started).toHaveLength(2);
  });

  test('gives a sheet up at once that is damaged', async () => {
    const engine = new FakeEngine({ 'answer-sheets.read-page': failing(9, 'damaged-file', readText) });
    const session = await openSession({ engine });
    begin(session);
    const examId = await session.flow.createExam(makeExam());
    await session.flow.importSheets(examId, photos('A'));
    await settled(session, examId, 'failed: damaged-file');
    expect(engine.started).toHaveLength(1);
  });

  test('pauses where nothing can be read, counts it against no sheet, and goes on', async () => {
    const engine = new FakeEngine({ 'answer-sheets.read-page': failing(1, 'runtime-unavailable', readText) });
    const session = await openSession({ engine, concurrency: 1 });
    const examId = await session.flow.createExam(makeExam());
    await session.flow.importSheets(examId, photos('A', 'B'));
    begin(session);
    await vi.waitFor(() => expect(session.queue.paused?.code).toBe('runtime-unavailable'));
    await settled(session, examId, 'waiting', 'waiting');
    await session.queue.resume();
    await settled(session, examId, 'read', 'read');
    expect((await session.sheets.listSheets(examId)).map(({ attempts }) => attempts)).toEqual([1, 1]);
  });

  test('stops the sheets of one exam, keeps their photos, and takes them up again', async () => {
    const session = await openSession({ concurrency: 1 });
    const [examId, other] = [await session.flow.createExam(makeExam()), await session.flow.createExam(makeExam())];
    session.engine.hold();
    begin(session);
    await session.flow.importSheets(examId, photos('A', 'B'));
    await session.flow.importSheets(other, photos('C'));
    await vi.waitFor(() => expect(session.engine.running).toBe(1));
    await session.flow.stopReading(examId);
    session.engine.release();
    await settled(session, examId, 'failed: cancelled', 'failed: cancelled');
    await settled(session, other, 'read');
    await session.flow.readAgain((await session.sheets.listSheets(examId)).map(({ id }) => id));
    await settled(session, examId, 'read', 'read');
  });

  test('drops the reading of a sheet whose exam was erased meanwhile', async () => {
    const session = await openSession();
    const examId = await session.flow.createExam(makeExam());
    session.engine.hold();
    begin(session);
    await session.flow.importSheets(examId, photos('A'));
    await vi.waitFor(() => expect(session.engine.running).toBe(1));
    await session.flow.eraseExam(examId);
    session.engine.release();
    await vi.waitFor(() => expect(session.queue.isWorking).toBe(false));
    expect([await session.db.sheets.count(), await session.db.blobs.count()]).toEqual([0, 0]);
  });
});

test('the line of all exams is told, without what was deleted from it', async () => {
  const session = await openSession();
  const [examId, other] = [await session.flow.createExam(makeExam()), await session.flow.createExam(makeExam())];
  expect(await session.sheets.lookAtLine()).toBeUndefined();
  await session.flow.importSheets(examId, photos('A'));
  await session.flow.importSheets(other, photos('B'));
  expect(await session.sheets.lookAtLine()).toEqual({ examId, left: 2 });
  await session.flow.deleteExams([examId]);
  expect(await session.sheets.lookAtLine()).toEqual({ examId: other, left: 1 });
  const counts = await session.exams.countSheets([examId, other]);
  expect([counts.get(examId)?.waiting, counts.get(other)?.waiting]).toEqual([0, 1]);
});

describe('photos that are kept small', () => {
  const size = { width: 1500, height: 2000 };

  async function readReduced(smaller: string) {
    const engine = new FakeEngine({
      'answer-sheets.read-page': readText,
      'photos.shrink': () => ({ photo: new Blob([smaller]), size }),
    });
    const session = await openSession({ engine });
    const examId = await session.flow.createExam(makeExam());
    await session.flow.setKeptPhotos(examId, 'reduced');
    begin(session);
    await session.flow.importSheets(examId, [new File(['ABC      and more'], 'a.jpg')]);
    await vi.waitFor(async () => expect((await statesIn(session, examId))[0]).toBe('read'));
    const [sheet] = await session.sheets.listSheets(examId);
    return { sheet, photo: await session.sheets.getPhoto(sheet?.id ?? '') };
  }

  test('have readings that fit them', async () => {
    const { sheet, photo } = await readReduced('small');
    expect(await photo?.text()).toBe('small');
    expect(sheet).toMatchObject({ photoSize: size, bytes: 5, photoKind: 'jpeg' });
    const { reading } = sheet ?? {};
    expect(reading?.found && [reading.corners[2], reading.fields[0]?.bubbles[0]?.center]).toEqual([
      { x: 1500, y: 2000 },
      { x: 500, y: 1000 },
    ]);
  });

  test('stay as they are where that is no gain', async () => {
    const { sheet, photo } = await readReduced('longer than the photo that it was made of');
    expect(await photo?.text()).toBe('ABC      and more');
    expect(sheet?.photoSize).toEqual({ width: 3000, height: 4000 });
  });
});

describe('a person’s word', () => {
  async function openSheet() {
    const session = await openSession();
    const examId = await session.flow.createExam(makeExam());
    begin(session);
    await session.flow.importSheets(examId, [new File(['A?C'], 'a.jpg')]);
    await settled(session, examId, 'read');
    const [sheet] = await session.sheets.listSheets(examId);
    const id = sheet?.id ?? '';
    return { session, examId, id, sheet: () => session.sheets.getSheet(id) };
  }

  test('keeps what was read beside what was meant, and can be taken back', async () => {
    const { session, id, sheet } = await openSheet();
    await session.flow.correctField(id, 'q1', 'B');
    await session.flow.correctField(id, 'q2', '');
    await session.flow.correctField(id, 'q9', 'B');
    const at = session.clock.now;
    expect((await sheet())?.corrections).toEqual({
      q1: { read: 'A', corrected: 'B', at },
      q2: { read: '', corrected: '', at },
    });
    await session.flow.correctField(id, 'q1', undefined);
    expect(Object.keys((await sheet())?.corrections ?? {})).toEqual(['q2']);
    await session.flow.setPoints(id, 'q3', 2);
    await session.flow.assignStudent(id, 's1');
    await session.flow.setAside(id, true);
    expect(await sheet()).toMatchObject({
      pointsByHand: { q3: { points: 2, at } },
      studentByHand: 's1',
      isSetAside: true,
    });
    await session.flow.assignStudent(id, undefined);
    expect(await sheet()).not.toHaveProperty('studentByHand');
  });

  test('survives another reading', async () => {
    const { session, examId, id, sheet } = await openSheet();
    await session.flow.correctField(id, 'q2', 'D');
    await session.flow.readAgain([id]);
    await settled(session, examId, 'read');
    expect((await sheet())?.corrections).toMatchObject({ q2: { corrected: 'D' } });
  });

  test('on its page goes before the code, which is not asked again', async () => {
    const { session, examId, id, sheet } = await openSheet();
    await session.flow.assignPage(id, { version: 'A', page: 1 });
    await settled(session, examId, 'read');
    expect((await sheet())?.readAsByHand).toEqual({ version: 'A', page: 1 });
    const { input } = session.engine.started.at(-1) ?? {};
    expect(input).toMatchObject({ pages: [{ version: 'A', page: 1 }] });
    expect(input).not.toHaveProperty('examCode');
    expect(input).not.toHaveProperty('pages.0.code');
  });
});

describe('a sheet of the camera', () => {
  const see = async (session: Session, examId: string, read: ReturnType<typeof makeReading>) =>
    session.flow.addReadSheet(examId, new Blob(['photo']), read);

  test('that is seen again is the same, also where a doubtful mark flickers', async () => {
    const session = await openSession();
    const examId = await session.flow.createExam(makeExam());
    const first = await see(session, examId, makeReading('ABC', '001'));
    session.clock.now += 60_000;
    expect(await see(session, examId, makeReading('A?C', '001'))).toEqual({ sheetId: first.sheetId, isSame: true });
    expect(await statesIn(session, examId)).toEqual(['read']);
  });

  test('of another student, or with another mark, is another', async () => {
    const session = await openSession();
    const examId = await session.flow.createExam(makeExam());
    await see(session, examId, makeReading('ABC', '001'));
    expect((await see(session, examId, makeReading('ABC', '002'))).isSame).toBe(false);
    expect((await see(session, examId, makeReading('ABD', '001'))).isSame).toBe(false);
    expect(await statesIn(session, examId)).toEqual(['read', 'read', 'read']);
  });

  test('without a number is the same only while it lies there', async () => {
    const session = await openSession();
    const examId = await session.flow.createExam(makeExam());
    await see(session, examId, makeReading('ABC', '0?1'));
    for (let frame = 0; frame < 5; frame++) {
      session.clock.now += 1000;
      expect((await see(session, examId, makeReading('ABC', '0?1'))).isSame).toBe(true);
    }
    session.clock.now += 5000;
    expect((await see(session, examId, makeReading('ABC', '0?1'))).isSame).toBe(false);
  });
});
