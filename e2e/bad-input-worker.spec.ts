/** A worker that dies in the middle: by a photo that kills it each time, and by accident. */
import type { Page } from '@playwright/test';
import { dropFiles } from './support/drop-files.ts';
import { pageCards, waitUntilScanned } from './support/pages.ts';
import { expect, test } from './support/test.ts';

/**
 * Ends any worker a moment after it was given a photo of `bytes` bytes, the first `times` times: as the system ends it, so
 * that the app hears nothing of it.
 */
async function killWorkersAt(page: Page, bytes: number, times: number): Promise<void> {
  await page.addInitScript(
    ([deadlyBytes, most]) => {
      const bringsDeath = (message: unknown) =>
        JSON.stringify(message, (_key, value: unknown) =>
          value instanceof Blob ? `${value.size} bytes` : value,
        ).includes(`"${deadlyBytes} bytes"`);
      let kills = 0;
      globalThis.Worker = class extends Worker {
        override postMessage(message: unknown, transfer: StructuredSerializeOptions | Transferable[] = []) {
          super.postMessage(message, Array.isArray(transfer) ? { transfer } : transfer);
          if (kills === most || !bringsDeath(message)) return;
          kills += 1;
          document.documentElement.dataset['kills'] = String(kills);
          setTimeout(() => this.terminate(), 50);
        }
      };
    },
    [bytes, times] as const,
  );
}

const killsOf = (page: Page) => page.evaluate(() => Number(document.documentElement.dataset['kills'] ?? 0));

test('a worker that dies once is replaced, and the page is made without a word', async ({ page, photograph }) => {
  const photos = [await photograph({ seed: 1 }), await photograph({ seed: 2 }), await photograph({ seed: 3 })];
  await killWorkersAt(page, photos[1]?.bytes.length ?? 0, 1);
  await page.goto('/library');
  await dropFiles(
    page,
    photos.map(({ bytes }, index) => ({ name: `page-${index + 1}.jpg`, bytes })),
  );
  await waitUntilScanned(page, { ready: 3 });
  expect(await killsOf(page)).toBe(1);
});

test('a photo that kills its worker each time is named; the others go on, and it can be tried again', async ({
  page,
  photograph,
}) => {
  const photos = [await photograph({ seed: 1 }), await photograph({ seed: 2 }), await photograph({ seed: 3 })];
  // As often as the app tries by itself; who then asks for it once more gets the page.
  await killWorkersAt(page, photos[1]?.bytes.length ?? 0, 2);
  await page.goto('/library');
  await dropFiles(
    page,
    photos.map(({ bytes }, index) => ({ name: `page-${index + 1}.jpg`, bytes })),
  );
  await waitUntilScanned(page, { ready: 2, failed: 1 });
  const broken = pageCards(page).nth(1);
  const sentence = '“page-2.jpg” could not be scanned: the scanner stopped. Try again.';
  await expect(broken).toContainText(sentence);
  expect(await killsOf(page)).toBe(2);

  await broken.getByRole('button', { name: 'Try again' }).click();
  await waitUntilScanned(page, { ready: 3 });
  await page.reload();
  await waitUntilScanned(page, { ready: 3 });
});
