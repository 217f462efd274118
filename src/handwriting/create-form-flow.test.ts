import { afterEach, describe, expect, test } from 'vitest';

import type { FormBoxReading, FormOrder } from '#contract/handwriting.ts';
import { photoPoint } from '#contract/images.ts';
import { FakeEngine, failing } from '#src/engine/testing/fake-engine.ts';
import type { PapelDatabase } from '#src/store/database.ts';
import { formRecords } from '#src/store/form-records.ts';
import { openMemoryDatabase } from '#src/store/memory-database.ts';
import type { FormRow } from '#src/store/records.ts';
import { createFormFlow } from './create-form-flow.ts';
import { listDoubts, tableRows } from './form-rows.ts';

let db: PapelDatabase | undefined;
afterEach(() => db?.close());

const outline = () => ({
  photoSize: { width: 800, height: 1000 },
  finding: undefined,
  lines: [],
});

const row: FormRow = {
  id: 'number',
  name: 'Number',
  holds: 'digits',
  count: 3,
  place: { left: 100, top: 100, width: 120, height: 50 },
};

function boxReading(character: string, seen = true): FormBoxReading {
  const place = [photoPoint(0, 0), photoPoint(9, 0), photoPoint(9, 9), photoPoint(0, 9)] as const;
  const isSure = character.length === 1;
  const reading =
    character === ''
      ? ({ state: 'blank', probability: 0, alternatives: [] } as const)
      : {
          state: isSure ? ('read' as const) : ('doubtful' as const),
          character: character.charAt(0),
          probability: isSure ? 0.99 : 0.5,
          alternatives: [],
        };
  return { reading, place, seen };
}

/** Reads `123` everywhere, the last box in doubt. */
const readForm = ({ boxes }: FormOrder) => ({
  boxes: boxes.map((_, at) => boxReading(at === 2 ? '3?' : String(at + 1))),
  page: new Blob(['flat']),
});

async function open(read: (order: FormOrder) => ReturnType<typeof readForm> = readForm) {
  const engine = new FakeEngine({
    'documents.outline': outline,
    'answer-sheets.flatten': ({ frame }) => ({ picture: new Blob(['form']), size: frame }),
    'forms.read': read,
    'photos.count': () => ({ pictures: 3 }),
    'photos.convert': ({ index }) => ({ photo: new Blob([`page ${index}`]), size: { width: 800, height: 1000 } }),
  });
  db = await openMemoryDatabase(`forms-${Math.random()}`);
  const records = formRecords(db);
  const errors: unknown[] = [];
  const flow = createFormFlow({
    records,
    engine,
    inspect: async (file) => ({ kind: file.type === 'application/pdf' ? 'pdf' : 'jpeg' }),
    now: Date.now,
    onError: (cause) => errors.push(cause),
  });
  const signal = new AbortController().signal;
  const id = await flow.createForm(new File(['photo'], 'form.jpg', { type: 'image/jpeg' }), 'Form', signal);
  return { engine, records, flow, id, errors };
}

const photo = (name: string) => new File(['photo'], name, { type: 'image/jpeg' });

describe('a form', () => {
  test('has its pages read once boxes are drawn, and again when they are drawn otherwise', async () => {
    const { engine, records, flow, id } = await open();
    await flow.addPages(id, [photo('a.jpg')]);
    expect(engine.started.filter(({ job }) => job === 'forms.read')).toEqual([]);
    await flow.setRows(id, [row]);
    const [page] = await records.listPages(id);
    expect(page).toMatchObject({ state: 'read', revision: 1 });
    expect(page?.boxes?.['number']).toHaveLength(3);
    await flow.setRows(id, [{ ...row, count: 2 }]);
    expect((await records.listPages(id))[0]?.boxes?.['number']).toHaveLength(2);
  });

  test('takes every page of a PDF, and keeps a page that failed for another try', async () => {
    const failingOnce = failing(1, 'model-unavailable', readForm);
    let isForm = true;
    const { records, flow, id } = await open((order) => {
      // The form itself is looked at first, for its lines.
      if (isForm) {
        isForm = false;
        return readForm(order);
      }
      return failingOnce(order);
    });
    await flow.setRows(id, [row]);
    await flow.addPages(id, [new File(['pdf'], 'pages.pdf', { type: 'application/pdf' })]);
    await expect
      .poll(async () => (await records.listPages(id)).map(({ state }) => state))
      .toEqual(['failed', 'read', 'read']);
    const [failed] = await records.listPages(id);
    expect(failed?.failure?.code).toBe('model-unavailable');
    await flow.readAgain(id, failed?.id ?? '');
    expect((await records.listPages(id)).map(({ state }) => state)).toEqual(['read', 'read', 'read']);
  });

  test('says what is doubtful until a person has decided, and counts it in the table', async () => {
    const { records, flow, id } = await open();
    await flow.setRows(id, [row]);
    await flow.addPages(id, [photo('=a.jpg')]);
    await expect.poll(async () => (await records.listPages(id))[0]?.state).toBe('read');
    const form = await records.getForm(id);
    const pages = await records.listPages(id);
    if (form === undefined) throw new Error('the form is there');
    const [doubt] = listDoubts(form, pages);
    expect(doubt).toMatchObject({ place: 2, value: '3', pageNumber: 1 });
    expect(tableRows(form, pages)).toEqual([[1, '=a.jpg', '123', 1]]);
    await flow.correctBox(pages[0]?.id ?? '', doubt?.key ?? '', '8');
    const decided = await records.listPages(id);
    expect(listDoubts(form, decided)).toEqual([]);
    expect(tableRows(form, decided)).toEqual([[1, '=a.jpg', '128', 0]]);
  });

  test('with printed boxes doubts a box whose lines are not seen, even an empty one', async () => {
    let isForm = true;
    const { records, flow, id } = await open(({ boxes }) => {
      const seen = isForm;
      isForm = false;
      return { boxes: boxes.map((_, at) => boxReading('', seen || at > 0)), page: new Blob(['flat']) };
    });
    await flow.setRows(id, [row]);
    await flow.addPages(id, [photo('a.jpg')]);
    await expect.poll(async () => (await records.listPages(id))[0]?.state).toBe('read');
    const form = await records.getForm(id);
    expect(form?.rows[0]?.hasLines).toBe(true);
    const doubts = form === undefined ? [] : listDoubts(form, await records.listPages(id));
    expect(doubts.map(({ place }) => place)).toEqual([0]);
  });

  test('comes back with its pages after it was deleted, and is gone for good after a while', async () => {
    const { records, flow, id } = await open();
    await flow.setRows(id, [row]);
    await flow.addPages(id, [photo('a.jpg')]);
    await expect.poll(async () => (await records.listPages(id))[0]?.state).toBe('read');
    const undo = await flow.deleteForm(id);
    expect(await records.listForms()).toEqual([]);
    await undo();
    expect(await records.countPages(id)).toBe(1);
    await flow.deleteForm(id);
    await records.purge(Date.now() + 1);
    expect(await db?.forms.count()).toBe(0);
    expect(await db?.formPages.count()).toBe(0);
    expect(await db?.blobs.count()).toBe(0);
  });
});
