import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dropFiles } from './support/drop-files.ts';
import { makePdf } from './support/make-files.ts';
import type { Photo, PhotoOptions } from './support/render-photo.ts';
import { savePdf } from './support/scan.ts';
import { expect, test } from './support/test.ts';

type Photograph = (options?: PhotoOptions) => Promise<Photo>;

const small = { width: 800, height: 600 } as const;

const rows = (page: Page) => page.getByRole('row');
const pageRow = (page: Page, number: number) => page.getByRole('row', { name: `Page ${number}`, exact: true });

/** Drops so many photos on the app and waits until all are scanned. */
async function openDocument(page: Page, photograph: Photograph, count: number) {
  await dropPhotos(page, photograph, count);
  await expect(rows(page).locator('img')).toHaveCount(count, { timeout: 60_000 });
  await expect(page.getByText(/^(?:Waiting|Being scanned…)$/)).toHaveCount(0);
}

async function dropPhotos(page: Page, photograph: Photograph, count: number) {
  const files = [];
  for (let index = 1; index <= count; index += 1) {
    // Each page has another size, by which a test knows it again.
    const right = 0.9 - index * 0.05;
    const corners = [
      [0.1, 0.1],
      [right, 0.1],
      [right, 0.9],
      [0.1, 0.9],
    ] as const;
    const { bytes } = await photograph({ ...small, seed: index, corners });
    files.push({ name: `photo ${index}.jpg`, bytes });
  }
  await page.goto('/library');
  await dropFiles(page, files);
  await expect(page).toHaveURL(/\/documents\/\w+$/);
  await expect(rows(page)).toHaveCount(count);
}

/** The shapes of the pages in their order: width by height of their covers, in percent. */
async function shapes(page: Page): Promise<number[]> {
  return rows(page)
    .locator('img')
    .evaluateAll((images) =>
      images.map((image) =>
        image instanceof HTMLImageElement ? Math.round((100 * image.naturalWidth) / image.naturalHeight) : 0,
      ),
    );
}

async function choose(page: Page, number: number, action: string) {
  await page.getByRole('button', { name: `What to do with page ${number}`, exact: true }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

function inspectPdf(pdf: Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), 'papel-pdf-')), 'document.pdf');
  writeFileSync(path, pdf);
  execFileSync('qpdf', ['--check', path]);
  return execFileSync('pdfinfo', [path], { encoding: 'utf8' });
}

test.beforeEach(async ({ page }) => {
  // The system's save dialog is beyond a test: without it, saving is a download.
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
    Reflect.deleteProperty(globalThis, 'showOpenFilePicker');
  });
});

test('photos become one document, and the document one PDF', async ({ page, photograph }) => {
  await openDocument(page, photograph, 2);
  const info = inspectPdf(await savePdf(page));
  expect(info).toMatch(/Pages:\s+2/);
  expect(info).toMatch(/Page size:.*\(letter\)/);
  await expect(page.getByText(/^Scan \d{4}-\d\d-\d\d \d\d\.\d\d\.pdf saved$/)).toBeVisible();
});

test('a PDF is made on A4 and under a size, and pictures come as a ZIP', async ({ page, photograph }) => {
  await openDocument(page, photograph, 2);
  await page.getByRole('button', { name: 'Save or share' }).click();
  await page.getByRole('radio', { name: 'A4' }).check({ force: true });
  await page.getByRole('radio', { name: 'Under a size' }).check({ force: true });
  await page.getByRole('textbox', { name: 'At most, in MB' }).fill('0,05');
  await page.getByRole('button', { name: 'Make the file' }).click();
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await expect(save).toBeVisible();
  await expect(page.getByText(/^\d+ kB$/)).toBeVisible();
  expect(Number.parseInt((await page.getByText(/^\d+ kB$/).textContent()) ?? '', 10)).toBeLessThanOrEqual(50);

  await page.getByRole('radio', { name: 'JPEG' }).check({ force: true });
  await expect(save).toBeHidden();
  await page.getByRole('button', { name: 'Make the file' }).click();
  const download = page.waitForEvent('download');
  await save.click();
  expect((await download).suggestedFilename()).toMatch(/\.zip$/);
});

test('pages are put in order by keyboard', async ({ page, photograph }) => {
  await openDocument(page, photograph, 3);
  const [first, second, third] = await shapes(page);
  await pageRow(page, 1).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Move page 1' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => shapes(page)).not.toEqual([first, second, third]);
  const moved = await shapes(page);
  expect(moved.toSorted((a, b) => b - a)).toEqual([first, second, third]);
  await page.reload();
  await expect.poll(() => shapes(page)).toEqual(moved);
});

test('pages are put in order by dragging, and by their menu', async ({ page, photograph }) => {
  await openDocument(page, photograph, 3);
  const [first, second, third] = await shapes(page);
  const target = await pageRow(page, 3).boundingBox();
  if (target === null) throw new Error('page 3 is not shown');
  await pageRow(page, 1).dragTo(pageRow(page, 3), { targetPosition: { x: target.width - 4, y: target.height / 3 } });
  await expect.poll(() => shapes(page)).toEqual([second, third, first]);
  await choose(page, 3, 'Move forward');
  await expect.poll(() => shapes(page)).toEqual([second, first, third]);
});

test('a deleted page comes back where it was', async ({ page, photograph }) => {
  await openDocument(page, photograph, 3);
  const before = await shapes(page);
  await choose(page, 2, 'Delete');
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect.poll(() => shapes(page)).toEqual(before);
});

test('a page is turned, copied, and moved to a new document', async ({ page, photograph }) => {
  await openDocument(page, photograph, 2);
  const [first = 0, second = 0] = await shapes(page);
  await choose(page, 1, 'Rotate');
  await expect.poll(() => shapes(page)).toEqual([expect.closeTo(10_000 / first, -1), second]);
  await choose(page, 2, 'Duplicate');
  await expect.poll(() => shapes(page)).toHaveLength(3);
  await choose(page, 3, 'Move to another document…');
  await page.getByRole('button', { name: 'A new document' }).click();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('link', { name: 'Library' }).click();
  await expect(rows(page)).toHaveCount(2);
});

test('files that are no photos are named in one list, and everything else goes on', async ({ page, photograph }) => {
  const { bytes } = await photograph(small);
  await page.goto('/library');
  await dropFiles(page, [
    { name: 'setup.exe', bytes: Buffer.from('MZ this is a program') },
    { name: 'page.jpg', bytes },
    { name: 'nothing.pdf', bytes: Buffer.alloc(0) },
    { name: 'cut.jpg', bytes: bytes.subarray(0, bytes.length / 2) },
    { name: 'locked.pdf', bytes: await makePdf({ password: 'secret' }) },
  ]);
  const list = page.getByRole('dialog', { name: '2 files were not added' });
  await expect(list.getByRole('listitem')).toHaveText([
    '“setup.exe” is not a photo or a PDF that Papel can read.',
    '“nothing.pdf” is empty. Choose it again, or another file.',
  ]);
  await list.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('“cut.jpg” is damaged and cannot be opened.')).toBeVisible();
  await expect(page.getByText('“locked.pdf” is locked with a password.')).toBeVisible();
  await expect(rows(page).locator('img')).toHaveCount(1);
  const info = inspectPdf(await savePdf(page));
  expect(info).toMatch(/Pages:\s+1/);
});

test('a batch that is stopped keeps its photos and goes on when asked', async ({ page, photograph }) => {
  await dropPhotos(page, photograph, 6);
  const tray = page.getByRole('region', { name: 'Work in the background' });
  await tray.getByRole('button', { name: 'Stop' }).click();
  await expect(tray.getByText(/^\d photos? (?:was|were) not scanned\.$/)).toBeVisible();
  await expect(page.getByText('Stopped', { exact: true }).first()).toBeVisible();
  await expect(rows(page)).toHaveCount(6);
  await tray.getByRole('button', { name: 'Go on' }).click();
  await expect(rows(page).locator('img')).toHaveCount(6, { timeout: 60_000 });
});

test('a batch goes on where it stopped when the tab was closed', async ({ page, context, photograph }) => {
  await dropPhotos(page, photograph, 5);
  await expect(rows(page).locator('img').first()).toBeVisible({ timeout: 60_000 });
  const address = page.url();
  await page.close();
  const again = await context.newPage();
  await again.goto(address);
  await expect(rows(again)).toHaveCount(5);
  await expect(rows(again).locator('img')).toHaveCount(5, { timeout: 60_000 });
});

test('a second tab shows what the first one scans, and takes over when it is closed', async ({
  page,
  context,
  photograph,
}) => {
  await dropPhotos(page, photograph, 4);
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(rows(second).locator('img').first()).toBeVisible({ timeout: 60_000 });
  await page.close();
  await expect(rows(second).locator('img')).toHaveCount(4, { timeout: 60_000 });
});

test('where nothing may be kept, it says so and still makes a PDF', async ({ page, photograph }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('Storage is disabled.', 'SecurityError');
    };
  });
  await openDocument(page, photograph, 1);
  await expect(page.getByText(/^This browser does not let Papel keep anything/)).toBeVisible();
  expect(inspectPdf(await savePdf(page))).toMatch(/Pages:\s+1/);
});

test('a full device names the photo that does not fit, and everything else stays', async ({
  page,
  context,
  photograph,
  server,
}) => {
  const browser = await context.newCDPSession(page);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin, quotaSize: 2e6 });
  await openDocument(page, photograph, 1);
  const { bytes } = await photograph({ ...small, seed: 9 });
  // What follows the picture's end counts only as bytes.
  const big = Buffer.concat([bytes, Buffer.alloc(4e6)]);
  await dropFiles(page, [{ name: 'too big for here.jpg', bytes: big }]);
  await expect(page.getByText('“too big for here.jpg” does not fit: this device is full.')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await page.reload();
  await expect(rows(page).locator('img')).toHaveCount(1);
  expect(inspectPdf(await savePdf(page))).toMatch(/Pages:\s+1/);
});
