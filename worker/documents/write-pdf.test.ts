import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFArray, PDFDocument, PDFName, PDFRawStream, decodePDFRawStream, type PDFPage } from '@cantoo/pdf-lib';
import { describe, expect, it, vi } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import type { PaperSize } from '#contract/pages.ts';
import { encodeGreyPng as encode } from './encode-grey-png.ts';
import { createPage, fillRectangle } from './testing/draw-page.ts';
import { greyJpeg, withSegment } from './testing/make-jpeg.ts';
import { writePdf, type PdfPage } from './write-pdf.ts';

// Pages are drawn pixel by pixel: far below a second each, more on a machine that runs everything else too.
vi.setConfig({ testTimeout: 60_000 });

/** The pages here have few greys. */
function encodeGreyPng(image: RgbaImage): Uint8Array<ArrayBuffer> {
  return encode(image) ?? new Uint8Array(0);
}

const settings = { paper: 'a4', title: 'Takdang-aralin №3 (科学)', createdAt: '2026-11-23T08:00:00Z' } as const;

function pageOf(
  bytes: Uint8Array<ArrayBuffer>,
  width: number,
  height: number,
  paper: PaperSize | 'custom' = 'custom',
  dotsPerInch = 100,
): PdfPage {
  return { size: { width, height }, paper, dotsPerInch, read: () => Promise.resolve(bytes) };
}

/** A page of one bit: black in its left half. */
function halves(width: number, height: number): RgbaImage {
  const image = createPage(width, height, [255, 255, 255]);
  fillRectangle(image, { left: 0, top: 0, right: width / 2, bottom: height }, [0, 0, 0]);
  return image;
}

function imagesIn(pdf: PDFDocument): PDFRawStream[] {
  return pdf.context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .filter((object) => object instanceof PDFRawStream)
    .filter((stream) => stream.dict.get(PDFName.of('Subtype')) === PDFName.of('Image'));
}

/** Where the page's picture begins, from its bottom left. */
function placeIn(page: PDFPage): number[] {
  const contents = page.node.Contents();
  const stream = contents instanceof PDFArray ? contents.lookup(0) : contents;
  const operators = new TextDecoder('latin1').decode(decodePDFRawStream(stream as PDFRawStream).decode());
  return /(\S+) (\S+) cm/.exec(operators)?.slice(1).map(Number) ?? [];
}

describe('writePdf', () => {
  it('writes title, creator, dates and language', async () => {
    const bytes = await writePdf([pageOf(greyJpeg(), 16, 16)], { ...settings, language: 'fil' });
    const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
    expect(pdf.getTitle()).toBe(settings.title);
    expect(pdf.getCreator()).toBe('Papel');
    expect(pdf.getCreationDate()?.toISOString()).toBe('2026-11-23T08:00:00.000Z');
    expect(pdf.getModificationDate()?.toISOString()).toBe('2026-11-23T08:00:00.000Z');
    expect(String(pdf.catalog.get(PDFName.of('Lang')))).toContain('fil');
  });

  it('turns the paper as the picture is turned, and fills it where the ratio fits', async () => {
    const pages = [
      pageOf(greyJpeg(), 2480, 3508, 'a4'),
      pageOf(greyJpeg(), 3508, 2480, 'a4'),
      pageOf(greyJpeg(), 2550, 3300, 'letter'),
    ];
    const pdf = await PDFDocument.load(await writePdf(pages, settings));
    const sizes = pdf.getPages().map((page) => [Math.round(page.getWidth()), Math.round(page.getHeight())]);
    expect(sizes).toEqual([
      [595, 842],
      [842, 595],
      [595, 842],
    ]);
    const places = pdf.getPages().map((page) => placeIn(page));
    expect(places[0]).toEqual([0, 0]);
    expect(places[1]).toEqual([0, 0]);
    // Letter on A4: full width, the same margin above and below.
    expect(places[2]?.[0]).toBeCloseTo(0);
    expect(places[2]?.[1]).toBeCloseTo((841.89 - (595.28 * 3300) / 2550) / 2, 1);
  });

  it('makes pages as captured as large as they were measured', async () => {
    const pages = [
      pageOf(greyJpeg(), 1650, 2134, 'letter', 194),
      pageOf(greyJpeg(), 600, 1800, 'custom', 150),
      pageOf(greyJpeg(), 856, 540, 'card', 254),
      pageOf(greyJpeg(), 1, 1, 'custom', 300),
    ];
    const pdf = await PDFDocument.load(await writePdf(pages, { ...settings, paper: 'as-captured' }));
    expect(pdf.getPages().map((page) => [Math.round(page.getWidth()), Math.round(page.getHeight())])).toEqual([
      [612, 792],
      [288, 864],
      [243, 153],
      [3, 3],
    ]);
  });

  it('takes a JPEG over byte by byte, without its metadata', async () => {
    const camera = withSegment(withSegment(greyJpeg(), 0xe1, 'Exif GPS 14.5995 N'), 0xfe, 'taken by Ana');
    const bytes = await writePdf([pageOf(camera, 16, 16)], settings);
    const [image] = imagesIn(await PDFDocument.load(bytes));
    expect(image?.getContents()).toEqual(greyJpeg());
    expect(Buffer.from(bytes).includes('GPS')).toBe(false);
    expect(Buffer.from(bytes).includes('Ana')).toBe(false);
  });

  it('embeds a page of one bit in little more than its PNG', async () => {
    const png = encodeGreyPng(halves(2480, 3508));
    const bytes = await writePdf([pageOf(png, 2480, 3508, 'a4', 300)], settings);
    expect(bytes.length).toBeLessThan(png.length + 2000);
    const [image] = imagesIn(await PDFDocument.load(bytes));
    expect(image?.dict.get(PDFName.of('BitsPerComponent'))?.toString()).toBe('1');
  });

  it('reads one page after the other', async () => {
    let open = 0;
    let most = 0;
    const done: number[] = [];
    const pages = Array.from({ length: 100 }, (): PdfPage => ({
      ...pageOf(greyJpeg(), 16, 16),
      read: async () => {
        most = Math.max(most, ++open);
        await Promise.resolve();
        open--;
        return greyJpeg();
      },
    }));
    const bytes = await writePdf(pages, settings, { onPage: (count) => done.push(count) });
    expect(most).toBe(1);
    expect(done).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect((await PDFDocument.load(bytes)).getPageCount()).toBe(100);
  });

  it('refuses what is no picture', async () => {
    for (const bytes of [
      new Uint8Array(0),
      greyJpeg().subarray(0, 60),
      encodeGreyPng(halves(8, 8)).subarray(0, 30),
      new Uint8Array(50),
    ])
      await expect(writePdf([pageOf(new Uint8Array(bytes), 8, 8)], settings)).rejects.toThrow(/picture|neither/);
  });
});

const hasTools = ['qpdf', 'pdftoppm', 'pdfinfo'].every((tool) => spawnSync(tool, ['--version']).error === undefined);

describe.skipIf(!hasTools)('writePdf, read by other programs (skipped where qpdf or poppler is missing)', () => {
  it('opens without complaint, and shows the pictures where they belong', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'papel-pdf-'));
    try {
      const colour = createPage(40, 40, [238, 238, 238]);
      const fourGreys = createPage(120, 170, [255, 255, 255]);
      [0, 85, 170, 255].forEach((grey, index) =>
        fillRectangle(fourGreys, { left: index * 30, top: 0, right: index * 30 + 30, bottom: 170 }, [grey, grey, grey]),
      );
      const pages = [
        pageOf(greyJpeg(), 16, 16),
        pageOf(encodeGreyPng(halves(101, 143)), 101, 143),
        pageOf(encodeGreyPng(fourGreys), 120, 170),
        pageOf(encodeGreyPng(colour), 40, 40),
      ];
      const file = join(folder, 'out.pdf');
      const bytes = await writePdf(pages, settings);
      writeFileSync(file, bytes);
      expect(execFileSync('qpdf', ['--check', file], { encoding: 'utf8' })).toContain(
        'No syntax or stream encoding errors',
      );
      expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(/Title: +Takdang-aralin №3 \(科学\)/);
      execFileSync('pdftoppm', ['-gray', '-r', '36', file, join(folder, 'page')]);
      const shown = (page: number): ((x: number, y: number) => number) =>
        readPgm(readFileSync(join(folder, `page-${page}.pgm`)));
      // A square picture on upright A4: in the middle, white above and below.
      expect([shown(1)(0.25, 0.5), shown(1)(0.75, 0.5)].map((grey) => Math.round(grey / 64))).toEqual([0, 4]);
      expect(shown(1)(0.25, 0.05)).toBe(255);
      expect([shown(2)(0.25, 0.5), shown(2)(0.75, 0.5)]).toEqual([0, 255]);
      expect([0.125, 0.375, 0.625, 0.875].map((x) => shown(3)(x, 0.5))).toEqual([0, 85, 170, 255]);
      expect(shown(4)(0.5, 0.5)).toBe(238);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Looks up a pixel of a binary PGM by its share of width and height. */
function readPgm(bytes: Buffer): (x: number, y: number) => number {
  const [, width = 0, height = 0] =
    /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'))?.map(Number) ?? [];
  const start = bytes.length - width * height;
  return (x, y) => bytes[start + Math.floor(y * height) * width + Math.floor(x * width)] ?? -1;
}
