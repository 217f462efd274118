import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterEach, describe, expect, test, vi } from 'vitest';

import type { SheetDesign } from '#contract/sheets.ts';
import { makeExam, makeReading } from '../testing/make-exam.ts';
import { endSessions, openSession } from '../testing/open-session.ts';

afterEach(endSessions);

type Device = Awaited<ReturnType<typeof openSession>>;

const roster = {
  name: '7 Rizal',
  students: [{ id: 's1', number: '001', lastName: 'Cruz', firstName: 'Ana', section: '' }],
};

const design: SheetDesign = {
  name: 'theirs',
  unit: 'pixel',
  size: { width: 100, height: 200 },
  location: {
    by: 'fiducials',
    fiducials: [{ kind: 'picture', x: 1, y: 2, width: 3, picture: new Blob(['marker']) }],
  },
  blocks: [],
  customLabels: [],
  outputColumns: ['q1'],
};

/** An exam with a class list, a sheet that was read and corrected, and one that waits. */
async function fillDevice() {
  const device = await openSession();
  const { flow, sheets } = device;
  const id = await flow.createExam(makeExam(), { design, reference: new Blob(['reference photo']) });
  await flow.chooseRoster(id, await flow.saveRoster(undefined, roster));
  const code = (await device.exams.getExam(id))?.code ?? '';
  const identity = { exam: code, version: 'A', page: 1 } as const;
  const { sheetId } = await flow.addReadSheet(id, new Blob(['photo 1']), { ...makeReading('A?C', '001'), identity });
  await flow.correctField(sheetId, 'q2', 'D');
  await flow.assignStudent(sheetId, 's1');
  await flow.setPoints(sheetId, 'q3', 2);
  await flow.importSheets(id, [new File(['BBB'], 'second.jpg')]);
  return { ...device, id, code, sheet: await sheets.getSheet(sheetId) };
}

async function contentOf(file: Blob) {
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
  return { names: Object.keys(files), json: JSON.parse(strFromU8(files['exam.json'] ?? new Uint8Array())) };
}

async function everythingIn({ db }: Device) {
  return Promise.all([db.exams.count(), db.rosters.count(), db.sheets.count(), db.blobs.count()]);
}

const everything = { withPupils: true, withPhotos: true };

describe('an exam file', () => {
  test('brings all of the exam to another device, where it goes on', async () => {
    const first = await fillDevice();
    const file = await first.flow.exportExamFile(first.id, everything);
    const second = await openSession();
    const id = await second.flow.importExamFile(file);
    const record = await second.exams.getExam(id);
    expect(id).not.toBe(first.id);
    expect(record).toMatchObject({ code: first.code, exam: makeExam(), keptPhotos: 'as-taken' });
    expect(record?.keepPupilsUntil).toBeGreaterThan(second.clock.now);
    expect(await second.db.rosters.get(record?.rosterId ?? '')).toMatchObject({ roster });
    expect(await (await second.exams.getReference(id))?.text()).toBe('reference photo');
    const location = record?.design?.location;
    const [marker] = location?.by === 'fiducials' ? location.fiducials : [];
    expect(marker?.kind === 'picture' && (await marker.picture.text())).toBe('marker');

    const [read, waiting] = await second.sheets.listSheets(id);
    const { reading, corrections, pointsByHand, identity } = first.sheet ?? {};
    expect(read).toMatchObject({ state: 'read', reading, corrections, pointsByHand, identity, studentByHand: 's1' });
    expect(read?.id).not.toBe(first.sheet?.id);
    expect(await (await second.sheets.getPhoto(read?.id ?? ''))?.text()).toBe('photo 1');
    expect(waiting).toMatchObject({ state: 'waiting', fileName: 'second.jpg' });
    void second.queue.start();
    await vi.waitFor(async () => expect((await second.sheets.listSheets(id))[1]?.state).toBe('read'));
  });

  test('says nothing of pupils unless it is to', async () => {
    const { flow, id } = await fillDevice();
    const { names, json } = await contentOf(await flow.exportExamFile(id, { withPupils: false, withPhotos: true }));
    expect(names.toSorted()).toEqual(['design/1', 'design/reference', 'exam.json']);
    expect(json).not.toHaveProperty('roster');
    expect(json).not.toHaveProperty('sheets');
    expect(JSON.stringify(json)).not.toMatch(/Cruz|001/);
  });

  test('may leave photos at home: what was read goes along', async () => {
    const { flow, id } = await fillDevice();
    const file = await flow.exportExamFile(id, { withPupils: true, withPhotos: false });
    expect((await contentOf(file)).names.filter((name) => name.startsWith('photos'))).toEqual([]);
    const second = await openSession();
    const sheets = await second.sheets.listSheets(await second.flow.importExamFile(file));
    expect(sheets.map(({ state, bytes }) => ({ state, bytes }))).toEqual([{ state: 'read', bytes: 0 }]);
  });

  test('gets another code where an exam here has its own, and so do its sheets', async () => {
    const { flow, exams, sheets, id, code } = await fillDevice();
    const copy = await flow.importExamFile(await flow.exportExamFile(id, everything));
    const record = await exams.getExam(copy);
    expect(record?.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(record?.code).not.toBe(code);
    expect((await sheets.listSheets(copy))[0]?.identity?.exam).toBe(record?.code);
  });

  test('may be its content alone', async () => {
    const { flow, id } = await fillDevice();
    const { json } = await contentOf(await flow.exportExamFile(id, { withPupils: true, withPhotos: false }));
    const second = await openSession();
    const { design: _design, reference: _reference, ...rest } = json;
    const imported = await second.flow.importExamFile(new Blob([JSON.stringify(rest)]));
    expect(await second.exams.getExam(imported)).toMatchObject({ exam: makeExam() });
  });
});

describe('a file that is none', () => {
  /** The file of an exam, with its content changed. */
  async function changed(change: (json: Record<string, unknown>) => unknown): Promise<Blob> {
    const { flow, id } = await fillDevice();
    const file = await flow.exportExamFile(id, everything);
    const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
    const { json } = await contentOf(file);
    return new Blob([zipSync({ ...files, 'exam.json': strToU8(JSON.stringify(change(json))) })]);
  }

  test.each<[string, string, (json: Record<string, unknown>) => unknown]>([
    ['of something else', 'unsupported-format', () => ({ hello: 'world' })],
    ['of a later Papel', 'unsupported-format', (json) => ({ ...json, version: 2 })],
    ['with a code that no sheet can have', 'damaged-file', (json) => ({ ...json, code: '../../..' })],
    ['with an exam that makes no sense', 'damaged-file', (json) => ({ ...json, exam: { ...makeExam(), title: 7 } })],
    [
      'with a question that stands twice',
      'damaged-file',
      (json) => ({ ...json, exam: { ...makeExam(), questions: [makeExam().questions[0], makeExam().questions[0]] } }),
    ],
    [
      'with a version that leaves a question out',
      'damaged-file',
      (json) => ({
        ...json,
        exam: { ...makeExam(), versions: [{ letter: 'A', questionOrder: ['q1'], optionOrder: {} }] },
      }),
    ],
    ['that names a photo that is not there', 'damaged-file', (json) => ({ ...json, reference: 'photos/9.jpeg' })],
    ['with readings that are none', 'damaged-file', (json) => ({ ...json, sheets: [{ reading: { found: true } }] })],
  ])('%s is refused, and nothing of it is kept', async (_what, code, change) => {
    const file = await changed(change);
    const device = await openSession();
    await expect(device.flow.importExamFile(file)).rejects.toMatchObject({ failure: { code } });
    expect(await everythingIn(device)).toEqual([0, 0, 0, 0]);
  });

  test('says what is wrong, and where', async () => {
    const file = await changed((json) => ({ ...json, exam: { ...makeExam(), title: 7 } }));
    const device = await openSession();
    await expect(device.flow.importExamFile(file)).rejects.toThrow(/^exam\.title: /);
  });

  test.each([
    ['nothing', '', 'unsupported-format'],
    ['a text', 'PK but no archive', 'unsupported-format'],
    ['half of one', 'PK\u0003\u0004 and no more', 'damaged-file'],
  ])('%s is refused', async (_what, text, code) => {
    const device = await openSession();
    await expect(device.flow.importExamFile(new Blob([text]))).rejects.toMatchObject({ failure: { code } });
    expect(await everythingIn(device)).toEqual([0, 0, 0, 0]);
  });

  test('that does not fit on the device leaves nothing of it', async () => {
    const first = await fillDevice();
    const file = await first.flow.exportExamFile(first.id, everything);
    const device = await openSession();
    device.db.blobs.hook('creating', (key) => {
      if (key.endsWith('/original')) throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(device.flow.importExamFile(file)).rejects.toMatchObject({ failure: { code: 'storage-full' } });
    expect(await everythingIn(device)).toEqual([0, 0, 0, 0]);
  });
});
