import { PDFDict, PDFDocument, PDFName, PDFRawStream, decodePDFRawStream, type PDFPage } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import type { Student } from '#contract/exams.ts';
import type { PrintOrder } from '#contract/sheets.ts';
import { layOutSheet } from './lay-out-sheet.ts';
import { printSheets } from './print-sheets.ts';
import { planOf } from './testing/random-plans.ts';

const plan = planOf(20, { kind: 'single', options: 4 });
const planB = { ...plan, version: 'B' } as const;

function student(number: string, lastName = 'Dela Cruz'): Student {
  return { id: number, number, lastName, firstName: 'Ana', section: '8 - Rosal' };
}

/** A black pixel. */
const png = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);

async function print(order: Partial<PrintOrder>, painted: string[] = []): Promise<readonly PDFPage[]> {
  const whole = { plans: [plan], paper: 'a4', title: 'Test', createdAt: '2026-11-27T08:00:00Z', ...order } as const;
  const paint = async (text: string) => {
    painted.push(text);
    return { png, width: 1, height: 1 };
  };
  const { pdf, pages } = await printSheets(whole, paint, () => undefined);
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  expect(document.getPageCount()).toBe(pages);
  return document.getPages();
}

/** The operators of a page, and of the part that it shares with others. */
function read(page: PDFPage | undefined): { own: string; shared: readonly string[] } {
  if (page === undefined) throw new Error('There is no such page');
  const decode = (stream: unknown) =>
    stream instanceof PDFRawStream ? new TextDecoder().decode(decodePDFRawStream(stream).decode()) : '';
  const contents = page.node.normalizedEntries().Contents?.asArray() ?? [];
  const pictures = page.node.Resources()?.lookup(PDFName.of('XObject'), PDFDict);
  const forms = (pictures?.values() ?? []).map((ref) => page.doc.context.lookup(ref));
  return {
    own: contents.map((ref) => decode(page.doc.context.lookup(ref))).join('\n'),
    shared: forms.flatMap((form) =>
      form instanceof PDFRawStream && form.dict.get(PDFName.of('Subtype')) === PDFName.of('Form') ? [decode(form)] : [],
    ),
  };
}

/** What is written in Helvetica, and where in millimetres. */
function textsOf(operators: string): readonly { text: string; x: number; y: number }[] {
  return [...operators.matchAll(/1 0 0 -1 (\S+) (\S+) Tm\s+<([0-9A-F]*)> Tj/g)].map(([, x, y, hex = '']) => ({
    text: hex.replaceAll(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))),
    x: Number(x),
    y: Number(y),
  }));
}

describe('a printed sheet', () => {
  it('has its bubbles where the design has them, to two thousandths of a millimetre', async () => {
    const [page] = await print({});
    const { own, shared } = read(page);
    expect(page?.getSize()).toEqual({ width: expect.closeTo(595.276, 2), height: expect.closeTo(841.89, 2) });
    // Millimetres from the top left: 72 points are an inch, an inch is 25.4 mm.
    expect(own).toMatch(/2\.83464\d* 0 0 -2\.83464\d* 0 841\.88\d* cm/);
    // A circle starts at its right and goes to its lowest point.
    const circles = [...(shared[0] ?? '').matchAll(/(\S+) (\S+) m\s+\S+ \S+ \S+ \S+ (\S+) (\S+) c/g)].map(
      ([, right, y, x, bottom]) => [Number(x), Number(y), Number(right) - Number(x), Number(bottom) - Number(y)],
    );
    const [laidOut] = layOutSheet(plan);
    const bubbles = laidOut?.design.blocks.flatMap(({ fields }) => fields.flatMap((field) => field.bubbles)) ?? [];
    expect(bubbles.length).toBeGreaterThan(80);
    const missing = bubbles.filter(({ left, top, width, height }) => {
      const circle = [left + width / 2, top + height / 2, width / 2, height / 2];
      return !circles.some((drawn) => drawn.every((value, at) => Math.abs(value - (circle[at] ?? 0)) < 0.0021));
    });
    expect(missing).toEqual([]);
  });

  it('says whose it is, in the boxes', async () => {
    const pages = await print({ students: [student('000123'), student('000124', 'Santos')] });
    expect(pages).toHaveLength(2);
    const [first, second] = pages.map((page) => textsOf(read(page).own));
    expect(first?.map(({ text }) => text)).toEqual(['8 - Rosal', 'Dela Cruz, Ana', ...Array.from('000123')]);
    expect(second?.map(({ text }) => text)).toEqual(['8 - Rosal', 'Santos, Ana', ...Array.from('000124')]);
    const [laidOut] = layOutSheet(plan);
    const box = laidOut?.boxes.find(({ kind, of }) => kind === 'digit' && of === '3');
    const digit = first?.[5];
    expect(digit?.text).toBe('1');
    expect((digit?.x ?? 0) - (box?.left ?? 0)).toBeGreaterThan(0);
    expect((digit?.y ?? 0) - (box?.top ?? 0)).toBeGreaterThan(0);
  });

  it('writes a number that has no boxes beside the name, and at the foot where there is no box at all', async () => {
    const withoutBoxes = planOf(5, { kind: 'true-false' }, { studentNumber: { form: 'none', digits: 1 } });
    const [page] = await print({ plans: [withoutBoxes], students: [student('2024-0001')] });
    expect(textsOf(read(page).own).map(({ text }) => text)).toContain('Dela Cruz, Ana · 2024-0001');
    const bare = { ...withoutBoxes, look: { ...withoutBoxes.look, nameBox: false, sectionBox: false } };
    const [foot] = await print({ plans: [bare], students: [student('2024-0001')] });
    expect(textsOf(read(foot).own).map(({ text }) => text)).toEqual(['Dela Cruz, Ana · 2024-0001']);
  });

  it('gives the versions in turn', async () => {
    const students = ['1', '2', '3'].map((number) => student(number));
    const pages = await print({ plans: [plan, planB], students });
    const footer = (page: PDFPage) => textsOf(read(page).shared.join('')).at(-1)?.text;
    expect(pages.map(footer)).toEqual(['Papel ABCDEFGH A1', 'Papel ABCDEFGH B1', 'Papel ABCDEFGH A1']);
  });

  it('is blank for a class without students', async () => {
    expect(await print({ plans: [plan, planB], students: [] })).toHaveLength(2);
  });

  it('paints names in other scripts, each once', async () => {
    const painted: string[] = [];
    const students = [student('1', '王'), student('2', '王'), student('3', 'Peña')];
    await print({ students }, painted);
    expect(painted).toEqual(['王, Ana']);
  });

  it('is hardly larger for forty students than for one', async () => {
    const students = Array.from({ length: 40 }, (_, at) => student(String(100_000 + at)));
    const size = async (of: readonly Student[]) => {
      const order = { plans: [plan], paper: 'a4', title: '', createdAt: '2026-11-27', students: of } as const;
      return (
        await printSheets(
          order,
          () => Promise.reject(new Error('Nothing to paint')),
          () => undefined,
        )
      ).pdf.length;
    };
    expect(await size(students)).toBeLessThan(40 * 3000 + (await size(students.slice(0, 1))));
  });
});

describe('two A5 on an A4', () => {
  const small = planOf(10, { kind: 'single', options: 4 }, { paper: 'a5-on-a4' });

  it('has a blank sheet twice, side by side', async () => {
    const pages = await print({ plans: [small], paper: 'a5-on-a4' });
    expect(pages).toHaveLength(1);
    expect(pages[0]?.getSize()).toEqual({ width: expect.closeTo(841.89, 2), height: expect.closeTo(595.276, 2) });
    const lefts = [...read(pages[0]).own.matchAll(/-2\.83464\d* (\S+) 595\.27\d* cm/g)].map(
      ([, x]) => (Number(x) / 72) * 25.4,
    );
    // The first counts for the line to cut along.
    expect(lefts).toEqual([0, expect.closeTo(0.25, 2), expect.closeTo(148.75, 2)]);
  });

  it('is not made of sheets that are larger', async () => {
    const [page] = await print({ paper: 'a5-on-a4' });
    expect(page?.getHeight()).toBeCloseTo(841.89, 1);
  });

  it('has two students on each', async () => {
    const students = ['1', '2', '3'].map((number) => student(number));
    expect(await print({ plans: [small], paper: 'a5-on-a4', students })).toHaveLength(2);
  });
});
