import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFArray, PDFDocument, PDFName, PDFRawStream, decodePDFRawStream } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import type { AnnotatedSheet, AnnotationOrder, BubbleSign } from '#contract/annotations.ts';
import { photoPoint, type Quad } from '#contract/images.ts';
import { projectPoint } from '#worker/vision/geometry.ts';
import { planFlatSheet } from './plan-flat-sheet.ts';
import { writeAnnotatedPdf, type AnnotationPictures } from './write-annotated-pdf.ts';

/** A grey baseline JPEG of 16 x 16 pixels. */
const greyHalves =
  'ffd8ffdb00430006040506050406060506070706080a100a0a09090a140e0f0c1017141818171416161a1d251f1a1b231c16' +
  '16202c20232627292a29191f2d302d283025282928ffc0000b080010001001011100ffc40015000101000000000000000000' +
  '00000000000908ffc40014100100000000000000000000000000000000ffda0008010100003f00950aa0ab2a8fffd9';
const jpeg = Uint8Array.from(greyHalves.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
/** One white pixel. */
const png = Uint8Array.from(
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2rAAAAABJRU5ErkJggg==', 'base64'),
);

const corners: Quad = [photoPoint(300, 200), photoPoint(2700, 260), photoPoint(2760, 3700), photoPoint(260, 3800)];

function sheetOf(changes: Partial<AnnotatedSheet> = {}): AnnotatedSheet {
  return {
    photo: new Blob([]),
    photoSize: { width: 3000, height: 4000 },
    corners,
    frame: { width: 210, height: 297 },
    marginUnits: 0,
    bubbleUnits: 5,
    signs: [],
    notes: [],
    heading: { left: 'Dela Cruz, Ma. Ñina', right: '17 / 20', below: 'Science 8 · Rizal' },
    ...changes,
  };
}

function orderOf(sheets: readonly AnnotatedSheet[]): AnnotationOrder {
  return {
    sheets,
    paper: 'a4',
    title: 'Quarter 2',
    createdAt: '2026-11-27T08:00:00Z',
    language: 'en',
    legend: { right: 'right', wrong: 'wrong', missed: 'right answer', open: 'not decided yet' },
  };
}

function fakePictures(painted: string[] = []): AnnotationPictures {
  return {
    flatten: () => Promise.resolve(jpeg),
    paintText: (text) => {
      painted.push(text);
      return Promise.resolve({ png, width: 1, height: 1 });
    },
  };
}

const write = (sheets: readonly AnnotatedSheet[], pictures = fakePictures()) =>
  writeAnnotatedPdf(orderOf(sheets), pictures, () => {});

/** The drawing operators of a page, one a line. */
async function readOperators(bytes: Uint8Array, index = 0): Promise<string[]> {
  const pdf = await PDFDocument.load(bytes);
  const contents = pdf.getPage(index).node.Contents();
  const refs = contents instanceof PDFArray ? contents.asArray() : [contents];
  return refs
    .map((ref) => (ref instanceof PDFRawStream ? ref : pdf.context.lookup(ref)))
    .filter((stream) => stream instanceof PDFRawStream)
    .flatMap((stream) => Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1').split('\n'));
}

/** Operators that `sign` adds to a sheet. */
async function operatorsOf(sign: BubbleSign): Promise<string[]> {
  const before = new Map<string, number>();
  for (const each of await readOperators(await write([sheetOf()]))) before.set(each, (before.get(each) ?? 0) + 1);
  const after = await readOperators(await write([sheetOf({ signs: [{ sign, at: photoPoint(1500, 2000) }] })]));
  return after.filter((each) => {
    const left = before.get(each) ?? 0;
    before.set(each, left - 1);
    return left <= 0;
  });
}

describe('planFlatSheet', () => {
  it('takes the corners to those of the picture, inside of the margin', () => {
    const { size, fromPhoto, pixelsPerUnit } = planFlatSheet(sheetOf({ marginUnits: 10 }));
    expect(size.height).toBe(1200);
    expect(size.width).toBe(Math.round((1200 * 230) / 317));
    const [topLeft, , bottomRight] = corners;
    expect(projectPoint(fromPhoto, topLeft).x).toBeCloseTo(10 * pixelsPerUnit, 6);
    expect(projectPoint(fromPhoto, bottomRight).y).toBeCloseTo(307 * pixelsPerUnit, 6);
  });

  it('shows what lies around the frame in the photo', () => {
    const { shown } = planFlatSheet(sheetOf({ marginUnits: 10 }));
    expect(shown[0].x).toBeLessThan(corners[0].x);
    expect(shown[2].y).toBeGreaterThan(corners[2].y);
  });
});

describe('writeAnnotatedPdf', () => {
  it('writes a page a sheet, with the photo, name and score as text', async () => {
    const bytes = await write([
      sheetOf(),
      sheetOf({
        heading: { left: 'Reyes, Jose', right: '9 / 20', below: '' },
        notes: [{ at: { x: 20, y: 30 }, text: '+3' }],
      }),
    ]);
    const folder = mkdtempSync(join(tmpdir(), 'papel-'));
    try {
      writeFileSync(join(folder, 'a.pdf'), bytes);
      const text = execFileSync('pdftotext', ['-layout', join(folder, 'a.pdf'), '-'], { encoding: 'utf8' });
      const [first = '', second = ''] = text.split('\f');
      expect(first).toContain('Dela Cruz, Ma. Ñina');
      expect(first).toContain('17 / 20');
      expect(first).toContain('Science 8 · Rizal');
      expect(first).toContain('right answer');
      expect(second).toContain('Reyes, Jose');
      expect(second).toContain('+3');
    } finally {
      rmSync(folder, { recursive: true });
    }
    const pdf = await PDFDocument.load(bytes);
    expect(pdf.getPageCount()).toBe(2);
    const images = pdf.context
      .enumerateIndirectObjects()
      .map(([, object]) => object)
      .filter(
        (object) => object instanceof PDFRawStream && object.dict.get(PDFName.of('Filter')) === PDFName.of('DCTDecode'),
      );
    expect(images).toHaveLength(2);
  });

  it('gives each sign a form of its own, whatever its colour', async () => {
    const forms = new Map<BubbleSign, string>();
    for (const sign of ['right', 'wrong', 'missed', 'open'] as const) {
      const operators = await operatorsOf(sign);
      const rings = operators.filter((each) => each.endsWith(' c')).length;
      const lines = operators.filter((each) => each.endsWith(' l')).length;
      const isDashed = operators.some((each) => /^\[[\d. ]*\d[\d. ]*\] .* d$/.test(each));
      forms.set(sign, `${rings > 0 ? 'ring' : 'no ring'}, ${isDashed ? 'dashed' : 'solid'}, ${lines} lines`);
    }
    expect(forms.get('right')).toMatch(/^ring, solid, [1-9]/);
    expect(forms.get('wrong')).toMatch(/^no ring, solid, [1-9]/);
    expect(forms.get('missed')).toBe('ring, dashed, 0 lines');
    expect(new Set(forms.values()).size).toBe(4);
  });

  it('places a sign over its bubble', async () => {
    // Half-way between the left corners of the photo's sheet, on its edge.
    const operators = await operatorsOf('wrong');
    const moves = operators.map((each) => /^([\d.]+) ([\d.]+) m$/.exec(each)).filter((each) => each !== null);
    const xs = moves.map(([, x]) => Number(x));
    // The sheet is centred on a page of 595 points; the bubble is right of the photo's middle between its sides.
    expect(Math.min(...xs)).toBeGreaterThan(270);
    expect(Math.max(...xs)).toBeLessThan(320);
  });

  it('paints what Helvetica cannot write, and only that', async () => {
    const painted: string[] = [];
    await write(
      [sheetOf({ heading: { left: 'Ελένη Παπαδάκη', right: '5 / 20', below: 'Łódź' } })],
      fakePictures(painted),
    );
    expect(painted).toEqual(['Ελένη Παπαδάκη', 'Łódź']);
  });

  it('tells how far it is', async () => {
    const done: number[] = [];
    await writeAnnotatedPdf(orderOf([sheetOf(), sheetOf(), sheetOf()]), fakePictures(), (each) => done.push(each));
    expect(done).toEqual([0, 1, 2]);
  });
});
