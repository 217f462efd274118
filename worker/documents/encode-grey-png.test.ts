import { PDFDocument } from '@cantoo/pdf-lib';
import { unzlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import { encodeGreyPng } from './encode-grey-png.ts';
import { readPicture } from './read-picture.ts';
import { createPage } from './testing/draw-page.ts';

/** Vertical bars of the greys, one pixel each, over and over. */
function bars(width: number, height: number, greys: readonly number[]): RgbaImage {
  const image = createPage(width, height);
  for (let at = 0; at < width * height; at++)
    image.data.fill(greys[(at % width) % greys.length] ?? 0, at * 4, at * 4 + 3);
  return image;
}

function decode(png: Uint8Array = new Uint8Array(0)): { bits: number; greys: number[][] } {
  const picture = readPicture(png);
  if (picture === undefined) throw new Error('not embeddable');
  const { width, height, bitsPerComponent: bits, content } = picture;
  const rows = unzlibSync(content);
  const rowBytes = 1 + Math.ceil((width * bits) / 8);
  const most = 2 ** bits - 1;
  const greyAt = (y: number, x: number): number => {
    const byte = rows[y * rowBytes + 1 + Math.floor((x * bits) / 8)] ?? 0;
    return (((byte >> (8 - bits - ((x * bits) % 8))) & most) * 255) / most;
  };
  expect(rows).toHaveLength(rowBytes * height);
  return {
    bits,
    greys: Array.from({ length: height }, (_, y) => Array.from({ length: width }, (__, x) => greyAt(y, x))),
  };
}

describe('encodeGreyPng', () => {
  it.each([
    [1, [0, 255]],
    [2, [0, 85, 170, 255]],
    [4, [0, 17, 34, 255]],
  ])('takes %i bits for %j', (bits, greys) => {
    const image = bars(13, 5, greys);
    const decoded = decode(encodeGreyPng(image));
    expect(decoded.bits).toBe(bits);
    for (const row of decoded.greys) expect(row).toEqual(Array.from({ length: 13 }, (_, x) => greys[x % greys.length]));
  });

  it('leaves more greys to JPEG', () => {
    expect(encodeGreyPng(bars(13, 5, [0, 1, 128, 255]))).toBeUndefined();
  });

  it('is a PNG to others too, checksums included', async () => {
    const pdf = await PDFDocument.create();
    const image = await pdf.embedPng(encodeGreyPng(bars(30, 20, [0, 85, 170])) ?? '');
    expect([image.width, image.height]).toEqual([30, 20]);
  });
});
