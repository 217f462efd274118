import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it, vi } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import { encodeGreyPng as encode } from './encode-grey-png.ts';
import { exportPdf, type PictureCodec } from './export-pdf.ts';
import { createPage, fillRectangle } from './testing/draw-page.ts';
import { greyJpeg, withSegment } from './testing/make-jpeg.ts';
import type { PdfPage } from './write-pdf.ts';

// Pages are drawn pixel by pixel: far below a second each, more on a machine that runs everything else too.
vi.setConfig({ testTimeout: 60_000 });

/** The pages here have few greys. */
function encodeGreyPng(image: RgbaImage): Uint8Array<ArrayBuffer> {
  return encode(image) ?? new Uint8Array(0);
}

const settings = { paper: 'a4', quality: 0.92, title: 'Test', createdAt: '2026-11-23T08:00:00Z' } as const;

/** A JPEG that is valid and of any length: the rest follows its end. */
function jpegOf(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(length, 147)).fill(1);
  bytes.set(greyJpeg());
  return bytes;
}

interface Call {
  readonly pixels: number;
  readonly quality: number;
}

/** Stands in for the host: a JPEG takes half a bit per pixel and more with the quality, as text pages do. */
function createCodec(width: number, height: number): { codec: PictureCodec; calls: Call[] } {
  const calls: Call[] = [];
  const codec: PictureCodec = {
    decode: (_picture, scale) => {
      const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
      return Promise.resolve({ ...size, data: new Uint8ClampedArray(4) } satisfies RgbaImage);
    },
    encodeJpeg: (image, quality) => {
      calls.push({ pixels: image.width * image.height, quality });
      return Promise.resolve(jpegOf(Math.round(image.width * image.height * 0.06 * (0.3 + quality * quality * 2))));
    },
  };
  return { codec, calls };
}

const width = 1240;
const height = 1754;
const stored = Math.round(width * height * 0.06 * (0.3 + 0.88 * 0.88 * 2));

function pages(count: number): PdfPage[] {
  return Array.from({ length: count }, () => ({
    size: { width, height },
    paper: 'a4' as const,
    dotsPerInch: 150,
    read: () => Promise.resolve(jpegOf(stored)),
  }));
}

const ignore = (): void => undefined;

describe('exportPdf', () => {
  it('leaves pages as they are at the quality that they were stored with', async () => {
    const { codec, calls } = createCodec(width, height);
    const { pdf, targetReached } = await exportPdf(pages(3), settings, codec, ignore);
    expect([calls.length, targetReached]).toEqual([0, true]);
    expect(pdf.length).toBeGreaterThan(3 * stored);
  });

  it('compresses at the quality asked for', async () => {
    const { codec, calls } = createCodec(width, height);
    const { pdf } = await exportPdf(pages(3), { ...settings, quality: 0.5 }, codec, ignore);
    expect(calls.map(({ quality }) => quality)).toEqual([0.5, 0.5, 0.5]);
    expect(pdf.length).toBeLessThan(1.5 * stored);
  });

  it('stays below the target, and near it, for few pages and many', async () => {
    for (const count of [1, 12, 40])
      for (const share of [0.9, 0.5, 0.3]) {
        const targetBytes = Math.round(count * stored * share);
        const { codec } = createCodec(width, height);
        const { pdf, targetReached } = await exportPdf(pages(count), { ...settings, targetBytes }, codec, ignore);
        expect(targetReached, `${count} pages, ${share}`).toBe(true);
        expect(pdf.length).toBeLessThanOrEqual(targetBytes);
        expect(pdf.length, 'no quality is given away').toBeGreaterThan(0.6 * targetBytes);
      }
  });

  it('prefers full resolution, and scales where quality alone is not enough', async () => {
    const mild = createCodec(width, height);
    await exportPdf(pages(2), { ...settings, targetBytes: Math.round(2 * stored * 0.6) }, mild.codec, ignore);
    expect(mild.calls.at(-1)?.pixels).toBe(width * height);
    const harsh = createCodec(width, height);
    await exportPdf(pages(2), { ...settings, targetBytes: Math.round(2 * stored * 0.25) }, harsh.codec, ignore);
    expect(harsh.calls.at(-1)?.pixels).toBeLessThan(width * height);
  });

  it('says so where the smallest legible file is too long, and writes that one', async () => {
    const { codec, calls } = createCodec(width, height);
    const { pdf, targetReached } = await exportPdf(pages(4), { ...settings, targetBytes: 20_000 }, codec, ignore);
    expect(targetReached).toBe(false);
    expect((await PDFDocument.load(pdf)).getPageCount()).toBe(4);
    // 90 of 150 dots per inch are left.
    expect(Math.min(...calls.map(({ pixels }) => pixels))).toBe(Math.round(width * 0.6) * Math.round(height * 0.6));
  });

  it('keeps a page that recompressing would make longer, such as a PNG of four greys', async () => {
    const page = createPage(width, height, [255, 255, 255]);
    fillRectangle(page, { left: 100, top: 100, right: 900, bottom: 110 }, [0, 0, 0]);
    const png = encodeGreyPng(page);
    const { codec } = createCodec(width, height);
    const mixed: PdfPage[] = [...pages(1), { ...(pages(1)[0] as PdfPage), read: () => Promise.resolve(png) }];
    const targetBytes = Math.round(stored * 0.4);
    const { pdf, targetReached } = await exportPdf(mixed, { ...settings, targetBytes }, codec, ignore);
    expect(targetReached).toBe(true);
    expect(Buffer.from(pdf).includes(Buffer.from(png.subarray(60, png.length - 30)))).toBe(true);
  });

  it('reports each page of each stage', async () => {
    const { codec } = createCodec(width, height);
    const reports: string[] = [];
    await exportPdf(pages(3), { ...settings, quality: 0.5 }, codec, (stage, done, total) =>
      reports.push(`${stage} ${done}/${total}`),
    );
    expect(reports).toEqual(['compress 0/3', 'compress 1/3', 'compress 2/3', 'write 1/3', 'write 2/3', 'write 3/3']);
  });

  it('passes the codec failure on', async () => {
    const codec: PictureCodec = {
      ...createCodec(width, height).codec,
      decode: () => Promise.reject(new Error('damaged')),
    };
    await expect(exportPdf(pages(1), { ...settings, quality: 0.4 }, codec, ignore)).rejects.toThrow('damaged');
  });

  it('drops the metadata of pages that stay as they are', async () => {
    const bytes = withSegment(greyJpeg(), 0xe1, 'Exif secret');
    const page: PdfPage = { ...(pages(1)[0] as PdfPage), read: () => Promise.resolve(bytes) };
    const { pdf } = await exportPdf([page], settings, createCodec(width, height).codec, ignore);
    expect(Buffer.from(pdf).includes('secret')).toBe(false);
  });
});
