import { describe, expect, it } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import { cutCode, readSheetCode } from './read-code.ts';

/** White, with a black square of 20 pixels whose top left corner is there. */
function pictureWithSquare(left: number, top: number): RgbaImage {
  const [width, height] = [200, 150];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = top; y < top + 20; y++)
    for (let x = left; x < left + 20; x++) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return { width, height, data };
}

function greyAt({ width, data }: RgbaImage, x: number, y: number): number {
  return data[(Math.round(y) * width + Math.round(x)) * 4] ?? -1;
}

describe('the picture of a code', () => {
  it('lies flat, with a fifth of its width around it', () => {
    // The sheet lies in the photo a quarter turned, two pixels to a millimetre: its x goes down, its y to the left.
    const sheetToPhoto = [0, -2, 160, 2, 0, 20, 0, 0, 1] as const;
    // 10 mm wide at (30, 20): pixels 100 to 120 across and 80 to 100 down.
    const code = { left: 30, top: 20, width: 10, height: 10 };
    const cut = cutCode(pictureWithSquare(100, 80), { code, sheetToPhoto, marks: '' });
    expect(cut.width).toBe(cut.height);
    const inside = cut.width * (0.2 / 1.4);
    const [first, last] = [inside + 10, cut.width - inside - 10];
    for (const place of [first, last]) expect(greyAt(cut, place, first)).toBe(0);
    for (const place of [inside - 10, cut.width - inside + 10]) expect(greyAt(cut, place, first)).toBe(255);
  });
});

describe('what a code says', () => {
  const picture = pictureWithSquare(0, 0);
  const read = (...texts: string[]) => readSheetCode(picture, 'quick', async () => texts);

  it('is the page of an exam, whatever else is in the picture', async () => {
    expect(await read('https://example.org', 'PAPEL1:PAPE0001:B2:1234')).toEqual({
      exam: 'PAPE0001',
      version: 'B',
      page: 2,
      student: '1234',
    });
    expect(await read('PAPEL1:PAPE0001:B2', 'PAPEL1:PAPE0001:B2')).toMatchObject({ version: 'B', page: 2 });
  });

  it('is not sure where two sheets lie in one picture', async () => {
    expect(await read('PAPEL1:PAPE0001:B2', 'PAPEL1:PAPE0001:A1')).toBeUndefined();
    expect(await read('https://example.org')).toBeUndefined();
    expect(await read()).toBeUndefined();
  });
});
