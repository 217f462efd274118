/** Telemetry: nothing goes while it is off, and what goes while it is on is what the settings have shown. */
import type { BrowserContext, Page } from '@playwright/test';
import { expectNoAxeViolations } from './support/accessibility.ts';
import { scanFiles } from './support/scan.ts';
import { startServer } from './support/server.ts';
import { expect, test, withoutPickers } from './support/test.ts';

const section = (page: Page) => page.getByRole('region', { name: 'Counting how well Papel runs' });
const leaving = (page: Page) => page.getByRole('region', { name: 'Privacy' });
const toSwitch = (page: Page) => section(page).getByRole('switch', { name: 'Count and send' });

/** As browsers do when another tab or app comes to the front; Playwright's pages never go to the back. */
async function hide(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

async function agree(page: Page): Promise<void> {
  await section(page).getByText('Count and send').click();
  await page.getByRole('button', { name: 'I am 18 or older, or a parent agreed' }).click();
  await expect(toSwitch(page)).toBeChecked();
}

const readJson = async (page: Page, at: number): Promise<unknown> =>
  JSON.parse((await section(page).locator('pre').nth(at).textContent()) ?? '');

test.describe('a school in the Philippines that counts', () => {
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    baseURL: async ({}, use) => {
      const server = await startServer({
        env: { PAPEL_MARKET: 'PH', PAPEL_FEATURES_ON: 'analytics', PAPEL_TELEMETRY_DAYS: '14' },
      });
      await use(server.url);
      await server.stop();
    },
  });

  test('gets nothing from who has not agreed', async ({ page, photograph, watch }) => {
    await page.goto('/settings');
    await expect(section(page)).toBeVisible();
    await expect(toSwitch(page)).not.toBeChecked();
    await expect(section(page)).toContainText('The server deletes each message after 14 days.');
    await expect(leaving(page)).toContainText('Nothing.');
    // Asked, and not answered.
    await section(page).getByText('Count and send').click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(toSwitch(page)).not.toBeChecked();
    const { bytes } = await photograph();
    await scanFiles(page, [{ name: 'homework.jpg', mimeType: 'image/jpeg', buffer: bytes }]);
    await hide(page);
    // Longer than events are gathered for.
    await page.waitForTimeout(12_000);
    expect(watch.requests.filter(({ url }) => url.includes('/api/telemetry'))).toEqual([]);
  });

  test('gets from who agreed exactly what they could read, and nothing after a no', async ({
    browser,
    baseURL,
    photograph,
  }) => {
    // Unwatched, as this is about what is sent.
    const context: BrowserContext = await browser.newContext({ baseURL: baseURL ?? '', serviceWorkers: 'block' });
    await withoutPickers(context);
    const bodies: string[] = [];
    let isReachable = false;
    await context.route('**/api/telemetry', async (route) => {
      if (!isReachable) return route.abort();
      bodies.push(route.request().postData() ?? '');
      return route.fulfill({ status: 202, json: { accepted: 1, rejected: 0 } });
    });
    const page = await context.newPage();
    await page.goto('/settings');
    await agree(page);
    await expect(leaving(page)).toContainText('How well Papel runs: times, and whether something worked.');
    await page.reload();
    const { bytes } = await photograph();
    await scanFiles(page, [{ name: 'homework.jpg', mimeType: 'image/jpeg', buffer: bytes }]);
    await page.getByRole('link', { name: 'Settings' }).click();
    await section(page).getByRole('button', { name: 'See what is sent' }).click();
    await expect(section(page)).toContainText('Scanning a page: ');
    await expect(section(page)).toContainText('Until the first thing was there: ');
    await section(page).getByText('All of it, letter by letter').click();
    await expectNoAxeViolations(page);
    const shown = await readJson(page, 0);

    isReachable = true;
    await context.setOffline(true);
    await context.setOffline(false);
    await expect(section(page)).toContainText('Nothing waits to be sent.');
    expect(bodies).toHaveLength(1);
    const sent: unknown = JSON.parse(bodies[0] ?? '');
    expect(sent).toEqual({ v: 1, batchId: expect.any(String), sentAt: expect.any(Number), events: shown });
    await section(page).getByText('All of it, letter by letter').click();
    expect(await readJson(page, 0)).toEqual(sent);

    // What is left when the page goes is a beacon.
    await hide(page);
    await expect.poll(() => bodies.length).toBe(2);
    expect(bodies[1]).toContain('"vital":"lcp"');
    await section(page).getByText('Count and send').click();
    await expect(leaving(page)).toContainText('Nothing.');
    await page.reload();
    await hide(page);
    await expect(toSwitch(page)).not.toBeChecked();
    expect(bodies).toHaveLength(2);
    await context.close();
  });

  for (const [name, property, value, sentence] of [
    ['Global Privacy Control', 'globalPrivacyControl', true, 'Your browser asks every site not to share anything'],
    ['Do Not Track', 'doNotTrack', '1', 'Your browser asks every site not to track you'],
  ] as const) {
    test(`respects ${name}, and says so`, async ({ page }) => {
      await page.addInitScript(([key, asked]) => Object.defineProperty(navigator, key, { value: asked }), [
        property,
        value,
      ] as const);
      await page.goto('/settings');
      await expect(section(page)).toContainText(sentence);
      await expect(toSwitch(page)).toHaveCount(0);
      await expect(leaving(page)).toContainText('Nothing.');
    });
  }
});

test('a school that has not turned it on offers no switch, and says why', async ({ page }) => {
  await page.goto('/settings');
  await expect(section(page)).toContainText('Whoever runs this Papel has not turned this on. Nothing is counted.');
  await expect(toSwitch(page)).toHaveCount(0);
});

test('whoever runs the edge sees its figures, with the token only', async ({ page, watch }) => {
  watch.allow(/401/);
  await page.route('**/api/telemetry/summary?*', async (route) => {
    if (route.request().headers()['authorization'] !== 'Bearer secret') return route.fulfill({ status: 401, json: {} });
    const query = new URL(route.request().url()).searchParams;
    const [from, to, bucketMs] = ['from', 'to', 'bucketMs'].map((name) => Number(query.get(name)));
    const group = { operation: 'documents.scan', market: 'PH', deviceClass: 'low', p50Ms: 1200, p95Ms: 4300 };
    const bucketAt = Math.floor((to ?? 0) / (bucketMs ?? 1)) * (bucketMs ?? 1);
    return route.fulfill({ json: { from, to, bucketMs, groups: [{ ...group, bucketAt, count: 1200, failures: 30 }] } });
  });
  await page.goto('/ops');
  await expect(page.getByRole('link', { name: /ops/i })).toHaveCount(0);
  await page.getByLabel('Access token').fill('guess');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The server does not know this token.')).toBeVisible();
  await page.getByLabel('Access token').fill('secret');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByText('1,200 counted, 2.5% did not work')).toBeVisible();
  const row = page.getByRole('region', { name: 'By what was done' }).getByRole('row', { name: /Scanning a page/ });
  await expect(row).toContainText('4,300');
  await expect(page.getByRole('img', { name: /1,200 at most/ })).toBeVisible();
  await expectNoAxeViolations(page);
  // In memory only.
  await page.reload();
  await expect(page.getByLabel('Access token')).toHaveValue('');
});
