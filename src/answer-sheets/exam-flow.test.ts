import { afterEach, describe, expect, test } from 'vitest';

import { makeExam, makeReading } from './testing/make-exam.ts';
import { endSessions, openSession } from './testing/open-session.ts';

afterEach(endSessions);

const roster = {
  name: '7 Rizal',
  students: [{ id: 's1', number: '001', lastName: 'Cruz', firstName: 'Ana', section: '' }],
};

describe('an exam', () => {
  test('has a code of its own that can stand on a sheet', async () => {
    const { flow, exams } = await openSession();
    const ids = await Promise.all(Array.from({ length: 20 }, () => flow.createExam(makeExam())));
    const codes = await Promise.all(ids.map(async (id) => (await exams.getExam(id))?.code ?? ''));
    expect(new Set(codes).size).toBe(20);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  });

  test('is changed as it is in the store, and knows when', async () => {
    const { flow, exams, clock } = await openSession();
    const id = await flow.createExam(makeExam());
    clock.now += 1000;
    await Promise.all([
      flow.changeExam(id, (exam) => ({ ...exam, title: `${exam.title} 7` })),
      flow.changeExam(id, (exam) => ({ ...exam, title: `${exam.title}, 2nd quarter` })),
    ]);
    const record = await exams.getExam(id);
    expect(record).toMatchObject({ exam: { title: 'Science 7, 2nd quarter' }, updatedAt: clock.now });
    expect(record?.createdAt).toBe(clock.now - 1000);
  });

  test('that is copied has another code, and no sheets', async () => {
    const { flow, exams, sheets } = await openSession();
    const id = await flow.createExam(makeExam(), { design: { ...design }, reference: new Blob(['photo']) });
    const rosterId = await flow.saveRoster(undefined, roster);
    await flow.chooseRoster(id, rosterId);
    await flow.addReadSheet(id, new Blob(['sheet']), makeReading('ABC', '001'));
    const copy = await flow.duplicateExam(id);
    const [original, record] = [await exams.getExam(id), await exams.getExam(copy)];
    expect(record).toMatchObject({ exam: makeExam(), rosterId, design });
    expect(record?.code).not.toBe(original?.code);
    expect(await sheets.listSheets(copy)).toEqual([]);
    expect(await (await exams.getReference(copy))?.text()).toBe('photo');
  });

  test('asks about pupils’ sheets when the time has come, or never', async () => {
    const { flow, exams, clock } = await openSession();
    const id = await flow.createExam(makeExam());
    expect((await exams.getExam(id))?.keepPupilsUntil).toBe(clock.now + 365 * 24 * 3_600_000);
    await flow.keepPupilsUntil(id, undefined);
    expect(await exams.getExam(id)).not.toHaveProperty('keepPupilsUntil');
  });
});

describe('an exam that is deleted', () => {
  test('comes back with the sheets that it had, and no others', async () => {
    const { flow, exams, sheets, clock } = await openSession();
    const id = await flow.createExam(makeExam());
    const { sheetId: kept } = await flow.addReadSheet(id, new Blob(['1']), makeReading('ABC', '001'));
    const { sheetId: gone } = await flow.addReadSheet(id, new Blob(['2']), makeReading('ABC', '002'));
    await flow.deleteSheets([gone]);
    clock.now += 1000;
    const undo = await flow.deleteExams([id]);
    expect(await exams.listExams()).toEqual([]);
    expect(await sheets.listSheets(id)).toEqual([]);
    await undo();
    expect(await exams.getExam(id)).not.toHaveProperty('deletedAt');
    expect((await sheets.listSheets(id)).map((sheet) => sheet.id)).toEqual([kept]);
  });

  test('is purged with everything of it, once it can no longer come back', async () => {
    const { flow, exams, db, clock } = await openSession();
    const id = await flow.createExam(makeExam(), { design, reference: new Blob(['photo']) });
    await flow.addReadSheet(id, new Blob(['1']), makeReading('ABC', '001'));
    const undo = await flow.deleteExams([id]);
    await exams.purge(clock.now);
    await undo();
    expect(await exams.getExam(id)).toBeDefined();
    await flow.deleteExams([id]);
    await exams.purge(clock.now + 1);
    expect([await db.exams.count(), await db.sheets.count(), await db.blobs.count()]).toEqual([0, 0, 0]);
  });
});

describe('an exam that is erased', () => {
  test('leaves nothing behind, and all of the others', async () => {
    const { flow, db, exams } = await openSession();
    const other = await flow.createExam(makeExam(), { design, reference: new Blob(['other']) });
    await flow.importSheets(other, [new File(['A'], 'a.jpg'), new File(['2'], 'b.pdf')]);
    const keysBefore = await db.blobs.toCollection().primaryKeys();
    const id = await flow.createExam(makeExam(), { design, reference: new Blob(['photo']) });
    await flow.importSheets(id, [new File(['A'], 'a.jpg'), new File(['2'], 'b.pdf')]);
    const { sheetId } = await flow.addReadSheet(id, new Blob(['1']), makeReading('ABC', '001'));
    await flow.deleteSheets([sheetId]);
    await flow.eraseExam(id);
    expect((await exams.listExams()).map((record) => record.id)).toEqual([other]);
    expect(await db.blobs.toCollection().primaryKeys()).toEqual(keysBefore);
    expect(await db.sheets.filter(({ examId }) => examId !== other).count()).toBe(0);
    expect((await exams.countSheets([id])).get(id)?.total).toBe(0);
  });

  test('stays whole where not all of it can go', async () => {
    const { flow, db, exams, sheets } = await openSession();
    const id = await flow.createExam(makeExam());
    await flow.addReadSheet(id, new Blob(['1']), makeReading('ABC', '001'));
    const refuse = () => {
      throw new DOMException('gone', 'InvalidStateError');
    };
    db.exams.hook('deleting', refuse);
    await expect(flow.eraseExam(id)).rejects.toMatchObject({ failure: { code: 'storage-blocked' } });
    db.exams.hook('deleting').unsubscribe(refuse);
    const [sheet] = await sheets.listSheets(id);
    expect(await exams.getExam(id)).toBeDefined();
    expect(await (await sheets.getPhoto(sheet?.id ?? ''))?.text()).toBe('1');
  });
});

describe('class lists', () => {
  test('are saved over, chosen, and deleted until undo', async () => {
    const { flow, exams, db } = await openSession();
    const id = await flow.saveRoster(undefined, roster);
    expect(await flow.saveRoster(id, { ...roster, name: '8 Rizal' })).toBe(id);
    const examId = await flow.createExam(makeExam());
    await flow.chooseRoster(examId, id);
    const undo = await flow.deleteRosters([id]);
    expect((await db.rosters.get(id))?.deletedAt).toBeDefined();
    await undo();
    expect(await db.rosters.get(id)).toMatchObject({ roster: { name: '8 Rizal' } });
    expect((await exams.getExam(examId))?.rosterId).toBe(id);
    await flow.chooseRoster(examId, undefined);
    expect(await exams.getExam(examId)).not.toHaveProperty('rosterId');
  });

  test('that are saved after they were deleted are kept as new ones', async () => {
    const { flow, db } = await openSession();
    const id = await flow.saveRoster(undefined, roster);
    await flow.deleteRosters([id]);
    const again = await flow.saveRoster(id, roster);
    expect(again).not.toBe(id);
    expect(await db.rosters.get(again)).not.toHaveProperty('deletedAt');
  });
});

const design = {
  name: 'theirs',
  unit: 'pixel',
  size: { width: 100, height: 200 },
  location: { by: 'page-outline' },
  blocks: [],
  customLabels: [],
  outputColumns: [],
} as const;
