/** The networks in the built app, under its own policy: which are used, on what, and what happens without them. */
import type { Page } from '@playwright/test';
import { scanFiles } from './support/scan.ts';
import { readStored } from './support/stored-pages.ts';
import { expect, test } from './support/test.ts';

/** What found each stored page: the model that had a say, or lines and colours `alone`; `undefined` where none was found. */
async function readDetectors(page: Page): Promise<(string | undefined)[]> {
  const { pages } = await readStored(page);
  return pages.map(({ finding }) => finding && (finding.detector ?? 'alone'));
}

const jpeg = (bytes: Buffer) => ({ name: 'page.jpg', mimeType: 'image/jpeg', buffer: bytes });

for (const { cores, form, threads } of [
  { cores: 2, form: 'tfjs-backend-wasm-simd.wasm', threads: false },
  { cores: 4, form: 'tfjs-backend-wasm-threaded-simd.wasm', threads: true },
]) {
  test(`a scan uses the document detector, with the one form of its runtime for ${cores} cores`, async ({
    page,
    photograph,
  }) => {
    await page.addInitScript((count) => {
      Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count });
    }, cores);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    page.on('worker', (worker) => asked.push(new URL(worker.url()).pathname));
    await page.goto('/');
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await scanFiles(page, [jpeg((await photograph()).bytes)]);
    await expect.poll(() => readDetectors(page)).toEqual([expect.stringMatching(/^document-detection \d+$/)]);
    const runtimes = asked
      .filter((path) => path.includes('tfjs-backend'))
      .map((path) => path.replace(/^.*\/|-[\w-]{8}(?=\.)/g, ''));
    expect(new Set(runtimes)).toEqual(new Set([form]));
    // Threads start under the policy, which lets no script be made of text.
    expect(asked.some((path) => path.includes('tfjs-thread'))).toBe(threads);
    expect(asked.filter((path) => /webg[lp]u?-backend/.test(path))).toEqual([]);
  });
}

test('settings tell how fast this device finds pages, and on what', async ({ page }) => {
  await page.goto('/settings');
  const section = page.getByRole('region', { name: 'Check this device' });
  await section.getByRole('button', { name: 'Check now' }).click();
  const processor = section.getByRole('listitem').filter({ hasText: 'Processor' });
  await expect(processor).toContainText(/\d+ milliseconds? for each picture/, { timeout: 60_000 });
  await expect(section.getByText('Used.')).toHaveCount(1);
  const row = (name: string) => section.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
  await expect(row('Engine')).toContainText(/Started in [\d,]+ milliseconds?/);
  await expect(row('Camera')).toContainText('1 camera. Papel may use it.');
  await expect(row('Space')).toContainText(/ free\./);
  await expect(row('Models of this version')).toContainText('document-detection');
  // It is kept for the next visit.
  await page.reload();
  await expect(processor).toContainText(/milliseconds? for each picture/);
});

test('without the detector pages are still found, and it says so where it is asked for', async ({
  page,
  photograph,
  watch,
}) => {
  watch.allow(/net::ERR_FAILED/);
  let isCut = true;
  await page.route(/\/assets\/weights-/, (route) => (isCut ? route.abort() : route.continue()));
  await page.goto('/');
  await scanFiles(page, [jpeg((await photograph()).bytes)]);
  await expect.poll(() => readDetectors(page)).toEqual(['alone']);

  await page.getByRole('link', { name: 'Settings' }).click();
  const section = page.getByRole('region', { name: 'Check this device' });
  await section.getByRole('button', { name: 'Check now' }).click();
  await expect(section.getByText('Connect to the internet, then try again.')).toBeVisible();
  isCut = false;
  await section.getByRole('button', { name: 'Check again' }).click();
  await expect(section.getByText('Used.')).toBeVisible({ timeout: 60_000 });
});

test('the report on this device can be copied, and says nothing of its user', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = (text) => {
      document.documentElement.dataset['copied'] = text;
      return Promise.resolve();
    };
  });
  await page.goto('/settings');
  const section = page.getByRole('region', { name: 'Check this device' });
  await section.getByRole('button', { name: 'Check now' }).click();
  await section.getByRole('button', { name: 'Copy the report' }).click({ timeout: 60_000 });
  await expect(page.getByText('Copied. Nothing of yours is in it.')).toBeVisible();
  const report = (await page.locator('html').getAttribute('data-copied')) ?? '';
  expect(report.split('\n').map((line) => line.slice(0, line.indexOf(':')))).toEqual([
    'Papel',
    'Browser',
    'Engine',
    'Pages on wasm',
    'WebAssembly',
    'Cores',
    'Memory, GB',
    'Cameras',
    'Free space, MB',
    'Space is kept for Papel',
    'Models',
  ]);
});
