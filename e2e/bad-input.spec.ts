/** Files that are not what they should be: each is named in a sentence, and everything beside it goes on. */
import type { Page } from '@playwright/test';
import { dropFiles, dropHugeFile, type DroppedFile } from './support/drop-files.ts';
import { makeAvif, makeHeic } from './support/make-base-media.ts';
import { makeBmp, makePdf, makePng, makeTiff, type Picture } from './support/make-files.ts';
import { waitUntilScanned } from './support/pages.ts';
import { expect, test } from './support/test.ts';

/** A page with ruled lines on a dark desk. */
const pagePicture: Picture = {
  width: 640,
  height: 480,
  colourAt: (x, y) => {
    if (x < 160 || x > 480 || y < 40 || y > 440) return [110, 80, 50];
    return y % 30 < 3 && x > 200 && x < 440 ? [30, 30, 40] : [240, 238, 230];
  },
};

const damaged = (name: string) =>
  `“${name}” is damaged and cannot be opened. Try to get it once more from where it came.`;

function cutOff(file: Buffer): Buffer {
  return file.subarray(0, Math.round(file.length * 0.6));
}

/** Overwrites the bytes between two shares of the file with noise, the same each time. */
function scramble(file: Buffer, from: number, to: number): Buffer {
  const broken = Buffer.from(file);
  let state = 1;
  for (let at = Math.round(file.length * from); at < Math.round(file.length * to); at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    broken[at] = state >>> 24;
  }
  return broken;
}

function breakHeader(file: Buffer, from: number, to: number): Buffer {
  return Buffer.from(file).fill(0xff, from, to);
}

interface Broken {
  readonly whole: Buffer;
  readonly corrupt: Buffer;
  /** What the header gives away is refused as it is dropped and keeps no page; the rest shows when it is decoded. */
  readonly refusedAtOnce: readonly ('cut' | 'corrupt')[];
}

type Make = (jpeg: Buffer, page: Page) => Promise<Broken>;

/**
 * Noise in the pixels of a BMP, TIFF or lossy WebP is a picture like any other, as they carry no checksum: there the
 * header is broken.
 */
const formats: Readonly<Record<string, Make>> = {
  jpeg: async (jpeg) => ({ whole: jpeg, corrupt: scramble(jpeg, 0.5, 0.6), refusedAtOnce: [] }),
  png: async () => {
    const whole = makePng(400, 300);
    return { whole, corrupt: scramble(whole, 0.5, 0.6), refusedAtOnce: [] };
  },
  webp: async (jpeg, page) => {
    const whole = await reencode(page, jpeg, 'image/webp');
    return { whole, corrupt: breakHeader(whole, 12, 16), refusedAtOnce: ['cut', 'corrupt'] };
  },
  avif: async (jpeg, page) => {
    const whole = await makeAvif(page, jpeg);
    return { whole, corrupt: scramble(whole, 0.3, 0.9), refusedAtOnce: [] };
  },
  bmp: async () => {
    const whole = makeBmp(pagePicture);
    return { whole, corrupt: breakHeader(whole, 18, 26), refusedAtOnce: ['cut', 'corrupt'] };
  },
  heic: async () => {
    const whole = makeHeic(pagePicture);
    return { whole, corrupt: scramble(whole, 0.3, 0.9), refusedAtOnce: [] };
  },
  tiff: async () => {
    const whole = makeTiff([pagePicture]);
    return { whole, corrupt: breakHeader(whole, 16, 120), refusedAtOnce: ['corrupt'] };
  },
  pdf: async () => {
    const whole = await makePdf();
    return { whole, corrupt: scramble(whole, 0.3, 0.9), refusedAtOnce: [] };
  },
};

async function reencode(page: Page, jpeg: Buffer, type: 'image/webp'): Promise<Buffer> {
  const base64 = await page.evaluate(
    async (photo) => {
      const bytes = Uint8Array.from(atob(photo.base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      const encoded = new Uint8Array(
        await (await canvas.convertToBlob({ type: photo.type, quality: 0.8 })).arrayBuffer(),
      );
      return btoa(Array.from(encoded, (byte) => String.fromCharCode(byte)).join(''));
    },
    { base64: jpeg.toString('base64'), type },
  );
  return Buffer.from(base64, 'base64');
}

for (const [format, make] of Object.entries(formats)) {
  test(`${format}: the whole one becomes a page, the cut and the corrupt one are named`, async ({
    page,
    photograph,
  }) => {
    await page.goto('/library');
    const { bytes: jpeg } = await photograph({ width: 800, height: 600 });
    const { whole, corrupt, refusedAtOnce } = await make(jpeg, page);
    const names = { cut: `cut.${format}`, corrupt: `corrupt.${format}` };
    await dropFiles(page, [
      { name: names.cut, bytes: cutOff(whole) },
      { name: `whole.${format}`, bytes: whole },
      { name: names.corrupt, bytes: corrupt },
    ]);
    const later = (['cut', 'corrupt'] as const).filter((kind) => !refusedAtOnce.includes(kind));
    if (refusedAtOnce.length > 0) {
      await expectRefused(
        page,
        refusedAtOnce.map((kind) => damaged(names[kind])),
      );
    }
    await waitUntilScanned(page, { ready: 1, failed: later.length });
    for (const kind of later) await expect(page.getByText(damaged(names[kind]))).toBeVisible();

    await page.reload();
    await waitUntilScanned(page, { ready: 1, failed: later.length });
    for (const kind of later) await expect(page.getByText(damaged(names[kind]))).toBeVisible();
  });
}

/** The one list of what was not added, whole and in order; closes it. */
async function expectRefused(page: Page, sentences: readonly string[], done = 'Done'): Promise<void> {
  const list = page.getByRole('dialog').getByRole('listitem');
  await expect(list).toHaveText([...sentences]);
  await page.getByRole('button', { name: done }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** What is refused before anything decodes it. */
async function makeUseless(): Promise<readonly DroppedFile[]> {
  return [
    { name: 'homework.jpg', bytes: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(5000, 7)]) },
    { name: 'empty.png', bytes: Buffer.alloc(0) },
    { name: 'dot.png', bytes: makePng(1, 1) },
    { name: 'wall.png', bytes: makePng(16_000, 16_000) },
    { name: 'locked.pdf', bytes: await makePdf({ password: 'secret' }) },
    { name: 'book.pdf', bytes: await makePdf({ pages: 500 }) },
  ];
}

test('an .exe in disguise, nothing, a dot, a bomb, a lock and a book are named; the photos beside them become pages', async ({
  page,
  photograph,
}) => {
  await page.goto('/library');
  const useless = await makeUseless();
  expect(useless.find(({ name }) => name === 'wall.png')?.bytes.length).toBeLessThan(32_000);
  const photos = [await photograph({ seed: 1 }), await photograph({ seed: 2 })].map(({ bytes }, index) => ({
    name: `page-${index + 1}.jpg`,
    bytes,
  }));
  await dropFiles(page, [...photos.slice(0, 1), ...useless, ...photos.slice(1)]);
  await expect(page.getByRole('heading', { name: '4 files were not added' })).toBeVisible();
  await expectRefused(page, [
    '“homework.jpg” is not a photo or a PDF that Papel can read.',
    '“empty.png” is empty. Choose it again, or another file.',
    '“dot.png” is too small for a page: 1 × 1 pixels.',
    '“wall.png” is too large: 16000 × 16000 pixels. Make it smaller and add it again.',
  ]);
  const later = [
    '“locked.pdf” is locked with a password. Save a copy without one and add that.',
    '“book.pdf” has 500 pages. The most is 200: split it into parts.',
  ];
  await waitUntilScanned(page, { ready: 2, failed: 2 });
  for (const sentence of later) await expect(page.getByText(sentence)).toBeVisible();
  await page.reload();
  await waitUntilScanned(page, { ready: 2, failed: 2 });
  for (const sentence of later) await expect(page.getByText(sentence)).toBeVisible();
});

test('a file of more than 50 MB is named, and nothing is made for it', async ({ page }) => {
  await page.goto('/library');
  await dropHugeFile(page, 'film.jpg', 50_000_000, Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
  await expectRefused(page, ['“film.jpg” is too big: 51 MB. The most is 50 MB.']);
  await expect(page).toHaveURL(/\/library$/);
  await expect(page.getByText('Nothing scanned yet')).toBeVisible();
});

test.describe('in Filipino', () => {
  test.use({ locale: 'fil-PH' });

  test('the sentences name the files too', async ({ page, photograph }) => {
    await page.goto('/library');
    const { bytes } = await photograph();
    await dropFiles(page, [
      { name: 'pahina.jpg', bytes },
      ...(await makeUseless()),
      { name: 'putol.jpg', bytes: cutOff(bytes) },
    ]);
    await expectRefused(
      page,
      [
        'Hindi litrato o PDF na kayang basahin ng Papel ang “homework.jpg”.',
        'Walang laman ang “empty.png”. Piliin ulit, o pumili ng iba.',
        'Masyadong maliit ang “dot.png” para maging pahina: 1 × 1 pixel lang.',
        'Masyadong malaki ang “wall.png”: 16000 × 16000 pixel. Paliitin at idagdag ulit.',
      ],
      'Tapos na',
    );
    await waitUntilScanned(page, { ready: 1, failed: 3 });
    for (const sentence of [
      'Naka-lock ng password ang “locked.pdf”. Mag-save ng kopyang walang password at iyon ang idagdag.',
      'May 500 pahina ang “book.pdf”. Hanggang 200 lang: hatiin muna.',
      'Sira at hindi mabuksan ang “putol.jpg”. Subukang kunin ulit sa pinanggalingan nito.',
    ]) {
      await expect(page.getByText(sentence)).toBeVisible();
    }
  });
});
