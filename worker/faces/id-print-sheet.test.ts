import { PDFArray, PDFDocument, PDFRawStream, decodePDFRawStream } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { idPapers } from '#contract/id-photos.ts';
import { layOutPrints } from './id-print-layout.ts';
import { writePrintSheet } from './id-print-sheet.ts';

const passport = { width: 35, height: 45 };
const twoInch = { width: 50.8, height: 50.8 };
const oneInch = { width: 25.4, height: 25.4 };

describe('the layout', () => {
  test.each([
    ['10x15', passport, 6],
    ['10x15', twoInch, 2],
    ['10x15', oneInch, 15],
    ['a4', passport, 30],
    ['a4', twoInch, 15],
    ['letter', twoInch, 15],
    ['letter', passport, 28],
  ] as const)('%s holds of %o as many as %i', (paper, photo, copies) => {
    expect(layOutPrints(photo, paper).places).toHaveLength(copies);
  });

  test('no photo leaves the sheet or touches another, and every edge has a line to cut along', () => {
    for (const paper of idPapers) {
      for (const photo of [passport, twoInch, oneInch]) {
        const { sheetMm, places, cuts } = layOutPrints(photo, paper);
        for (const { x, y } of places) {
          expect(x).toBeGreaterThanOrEqual(2);
          expect(y).toBeGreaterThanOrEqual(2);
          expect(x + photo.width).toBeLessThanOrEqual(sheetMm.width - 2);
          expect(y + photo.height).toBeLessThanOrEqual(sheetMm.height - 2);
          const others = places.filter((other) => other.x !== x || other.y !== y);
          expect(
            others.every(
              (other) => Math.abs(other.x - x) > photo.width + 1 || Math.abs(other.y - y) > photo.height + 1,
            ),
          ).toBe(true);
          for (const edge of [x, x + photo.width])
            expect(cuts.some(({ from, to }) => from.x === edge && to.x === edge)).toBe(true);
          for (const edge of [y, y + photo.height])
            expect(cuts.some(({ from, to }) => from.y === edge && to.y === edge)).toBe(true);
        }
      }
    }
  });
});

/** As much of a JPEG as a PDF looks at: its start and the segment with its size, 531 x 413 pixels in three colours. */
const jpeg = Uint8Array.from([
  0xff,
  0xd8,
  0xff,
  0xc0,
  0,
  17,
  8,
  531 >> 8,
  531 & 255,
  413 >> 8,
  413 & 255,
  3,
  1,
  0x11,
  0,
  2,
  0x11,
  0,
  3,
  0x11,
  0,
  0xff,
  0xd9,
]);

const mm = (points: number) => Math.round((points * 2540) / 72) / 100;

test('the PDF has one sheet of exactly the paper, each photo at exactly its size, and asks not to be scaled', async () => {
  const notes = { title: 'ID photo', createdAt: '2026-11-27T10:00:00Z' };
  const { pdf, copies } = await writePrintSheet({ jpeg, sizeMm: passport }, '10x15', notes);
  expect(copies).toBe(6);
  const read = await PDFDocument.load(pdf);
  const [page, ...others] = read.getPages();
  expect(others).toEqual([]);
  const { width = 0, height = 0 } = page?.getSize() ?? {};
  expect([mm(width), mm(height)].toSorted((a, b) => a - b)).toEqual([100, 150]);
  expect(read.catalog.getViewerPreferences()?.getPrintScaling()).toBe('None');

  const contents = page?.node.Contents();
  const streams = contents instanceof PDFArray ? contents.asArray().map((ref) => read.context.lookup(ref)) : [contents];
  const drawn = streams
    .flatMap((stream) =>
      stream instanceof PDFRawStream ? [new TextDecoder('latin1').decode(decodePDFRawStream(stream).decode())] : [],
    )
    .join('\n');
  const sizes = [...drawn.matchAll(/^([\d.]+) 0 0 ([\d.]+) 0 0 cm$/gm)].map(([, w, h]) => [
    mm(Number(w)),
    mm(Number(h)),
  ]);
  expect(sizes.filter(([w]) => w !== 0.35)).toEqual(Array.from({ length: 6 }, () => [35, 45]));
});
