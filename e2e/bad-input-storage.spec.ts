/** A device that is full and a browser that keeps nothing: said in words, and what was made before is still there. */
import type { Page } from '@playwright/test';
import { dropFiles } from './support/drop-files.ts';
import { pageCards, readyPages, waitUntilScanned } from './support/pages.ts';
import { savePdf } from './support/scan.ts';
import { expect, test } from './support/test.ts';

/**
 * Gives the app so much room on the device. Chromium looks at it anew only when what it last saw is not enough: it can
 * be made smaller before the app's first write only.
 */
async function limitStorage(page: Page, origin: string, bytes: number): Promise<void> {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: bytes });
}

test('photos that do not fit are named; the pages that are there stay, and with room again they come in', async ({
  page,
  photograph,
  server,
}) => {
  await limitStorage(page, server.url, 3e6);
  await page.goto('/library');
  const { bytes } = await photograph();
  // What follows the end of a JPEG does not show.
  const large = Buffer.concat([bytes, Buffer.alloc(3e6)]);
  await dropFiles(page, [{ name: 'first.jpg', bytes }]);
  await waitUntilScanned(page, { ready: 1 });

  await dropFiles(page, [
    { name: 'second.jpg', bytes: large },
    { name: 'third.jpg', bytes: large },
  ]);
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText([
    '“second.jpg” does not fit: this device is full. Delete something and try again.',
    '“third.jpg” does not fit: this device is full. Delete something and try again.',
  ]);
  await page.getByRole('button', { name: 'Done' }).click();
  await waitUntilScanned(page, { ready: 1 });
  await page.reload();
  await waitUntilScanned(page, { ready: 1 });

  await limitStorage(page, server.url, 100e6);
  await dropFiles(page, [{ name: 'second.jpg', bytes: large }]);
  await waitUntilScanned(page, { ready: 2 });
});

test('a device that fills up while photos are scanned lets them wait, and goes on when there is room', async ({
  page,
  photograph,
  server,
}) => {
  // The grain of a whole desk makes a result about as large as its photo.
  const desk = { withPage: false, width: 2400, height: 1800 } as const;
  const photos = [await photograph({ ...desk, seed: 1 }), await photograph({ ...desk, seed: 2 })];
  const total = photos.reduce((sum, { bytes }) => sum + bytes.length, 0);
  // The photos fit beside an empty database of 74 kB, and the first result does not.
  await limitStorage(page, server.url, total + 200e3);
  await page.goto('/library');
  await dropFiles(
    page,
    photos.map(({ bytes }, index) => ({ name: `page-${index + 1}.jpg`, bytes })),
  );
  const tray = page.getByRole('region', { name: 'Work in the background' });
  const isFull = 'This device is full. Your photos wait here. Delete something, then go on.';
  await expect(tray).toContainText(isFull, { timeout: 60_000 });
  await expect(pageCards(page)).toHaveCount(2);
  await expect(readyPages(page)).toHaveCount(0);

  // The photos are kept: a reload finds them, and the device still full.
  await page.reload();
  await expect(tray).toContainText(isFull, { timeout: 60_000 });
  await expect(pageCards(page)).toHaveCount(2);

  await limitStorage(page, server.url, 100e6);
  await tray.getByRole('button', { name: 'Go on' }).click();
  await waitUntilScanned(page, { ready: 2 });
  await page.reload();
  await waitUntilScanned(page, { ready: 2 });
});

const refusals = {
  'throws, as with cookies blocked': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  },
  'answers with an error, as in a private window': () => {
    // oxlint-disable-next-line typescript/unbound-method -- called with its `this`
    const open = IDBFactory.prototype.open;
    // A version below the one that is there is an error of the request, whatever the reason.
    IDBFactory.prototype.open = function fail(name) {
      open.call(this, name, 1000);
      return open.call(this, name, 1);
    };
  },
  'is not there': () => {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
  },
} as const;

for (const [what, block] of Object.entries(refusals)) {
  test(`an IndexedDB that ${what}: says that nothing is kept, and scans and saves all the same`, async ({
    page,
    photograph,
  }) => {
    await page.addInitScript(block);
    await page.goto('/');
    await expect(
      page.getByText(
        'This browser does not let Papel keep anything, maybe because this is a private window. You can scan and save PDFs, but nothing is here any more once you close this tab.',
      ),
    ).toBeVisible();
    await dropFiles(page, [
      { name: 'page-1.jpg', bytes: (await photograph()).bytes },
      { name: 'notes.txt', bytes: Buffer.from('no picture') },
    ]);
    await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText([
      '“notes.txt” is not a photo or a PDF that Papel can read.',
    ]);
    await page.getByRole('button', { name: 'Done' }).click();
    await waitUntilScanned(page, { ready: 1 });
    // Other screens, and back: the page is there as long as the tab is.
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Library' }).click();
    await page.getByRole('grid').getByRole('row').first().click();
    await waitUntilScanned(page, { ready: 1 });
    expect((await savePdf(page)).subarray(0, 5).toString()).toBe('%PDF-');
  });
}

test.describe('in Filipino', () => {
  test.use({ locale: 'fil-PH' });

  test('a browser that keeps nothing says so', async ({ page }) => {
    await page.addInitScript(refusals['throws, as with cookies blocked']);
    await page.goto('/');
    await expect(
      page.getByText(
        'Ayaw ng browser na ito na may itabi ang Papel, baka dahil pribadong window ito. Puwede kang mag-scan at mag-save ng PDF, pero mawawala ang lahat kapag isinara mo ang tab na ito.',
      ),
    ).toBeVisible();
  });
});
