/** Markets: what the built edge says of them and refuses to start with, and what the app makes of it. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expectNoAxeViolations } from './support/accessibility.ts';
import { waitUntilKept } from './support/offline.ts';
import { scanFiles } from './support/scan.ts';
import { startServer } from './support/server.ts';
import { expect, offlineTest, test } from './support/test.ts';
import type { Page } from '@playwright/test';

const noServer = /net::ERR_(?:CONNECTION_REFUSED|FAILED|INTERNET_DISCONNECTED)/;

const place = (page: Page) => page.getByRole('region', { name: 'Where you are' });
const choose = (page: Page, market: string) => place(page).getByRole('combobox').selectOption({ label: market });

async function openExport(page: Page, bytes: Buffer): Promise<void> {
  await scanFiles(page, [{ name: 'homework.jpg', mimeType: 'image/jpeg', buffer: bytes }]);
  await page.getByRole('button', { name: 'Save or share' }).click();
}

offlineTest(
  'a market that is chosen holds at once, for the PDF too, and after a start without a network',
  async ({ page, ownServer, photograph, watch }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname === '/api/config') asked.push(url.search);
    });
    await page.goto('/settings');
    // A server that was told nothing, asked by a device that speaks American English.
    await expect(place(page)).toContainText('Nobody has said where this is yet.');
    await expect(place(page)).toContainText('A PDF is made for Letter unless you choose another paper.');
    await choose(page, 'Philippines');
    await expect(place(page)).toContainText('You chose this.');
    await expect(place(page)).toContainText('Off in the Philippines until your school turns it on. A face is');
    await expect(place(page)).toContainText('A PDF is made for A4 unless you choose another paper.');
    await expect(place(page)).toContainText('DPA 2012: Data Privacy Act of 2012');
    await expect(place(page)).toContainText('in this country: Singapore. That is not in the Philippines.');
    await expect.poll(() => asked).toEqual(['', '?market=PH']);
    await expectNoAxeViolations(page);

    await page.getByRole('button', { name: 'Keep: Scanning with camera and photos' }).click();
    await waitUntilKept(page, ['screens', 'scan']);
    await ownServer.stop();
    watch.allow(noServer);
    await page.reload();
    await expect(place(page).getByRole('combobox')).toHaveValue('PH');
    await expect(place(page)).toContainText('Off in the Philippines');
    const { bytes } = await photograph();
    await openExport(page, bytes);
    const documentAddress = page.url();
    await expect(page.getByRole('radio', { name: 'A4' })).toBeChecked();
    await page.keyboard.press('Escape');

    // Without a network, too.
    await page.getByRole('link', { name: 'Settings' }).click();
    await choose(page, 'United States');
    await expect(place(page)).toContainText('FERPA: Family Educational Rights and Privacy Act');
    await page.goto(documentAddress);
    await page.getByRole('button', { name: 'Save or share' }).click();
    await expect(page.getByRole('radio', { name: 'Letter' })).toBeChecked();
    await page.keyboard.press('Escape');
    await page.goto('/settings');
    await choose(page, 'Like this place');
    await expect(place(page)).toContainText('Nobody has said where this is yet.');
  },
);

test('every market reads well in both languages', async ({ page }) => {
  await page.goto('/settings');
  for (const [market, law] of [
    ['United States', 'COPPA'],
    ['United Kingdom', 'Children’s Code'],
    ['European Union', 'General Data Protection Regulation'],
    ['Australia', 'Privacy Act 1988'],
    ['Philippines', 'Republic Act 10173'],
  ] as const) {
    await choose(page, market);
    await expect(place(page)).toContainText(law);
    await expect(place(page)).not.toContainText(/\{\{|market\./);
  }
  await page.getByRole('combobox', { name: 'Language' }).selectOption('fil');
  const here = page.getByRole('region', { name: 'Kung nasaan ka' });
  await expect(here).toContainText('Naka-off sa Pilipinas hangga’t hindi ito ino-on ng paaralan mo.');
  await expect(here).not.toContainText(/\{\{|market\./);
  await expectNoAxeViolations(page);
});

test.describe('a server of the Philippines', () => {
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    baseURL: async ({}, use) => {
      const server = await startServer({
        env: {
          PAPEL_MARKET: 'PH',
          PAPEL_HOST_REGION: 'PH',
          PAPEL_FEATURES_OFF: 'handwriting',
          PAPEL_MAX_FILE_MB: '1',
          PAPEL_COUNTRY_HEADER: 'CF-IPCountry',
          PAPEL_TRUSTED_PROXIES: '127.0.0.1, ::1',
        },
      });
      await use(server.url);
      await server.stop();
    },
  });

  test('says so, what it has switched off, and where it is', async ({ page }) => {
    await page.goto('/settings');
    await expect(place(page)).toContainText('Whoever runs this Papel chose it.');
    await expect(place(page).getByRole('option', { name: 'Like this place (Philippines)' })).toBeAttached();
    await expect(place(page)).toContainText('Switched off for now by whoever runs this Papel.');
    await expect(place(page)).toContainText('In this country: Philippines.');
    await expect(place(page)).not.toContainText('That is not in');
  });

  test('sets how big a file may be', async ({ page }) => {
    await page.goto('/settings');
    await expect(place(page)).toContainText('Whoever runs this Papel chose it.');
    await page.getByRole('link', { name: 'Library' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Add photos or files' }).first().click();
    const buffer = Buffer.alloc(1_500_000, 0xff);
    await (await chooser).setFiles([{ name: 'big.jpg', mimeType: 'image/jpeg', buffer }]);
    await expect(page.getByText('“big.jpg” is too big: 2 MB. The most is 1 MB.')).toBeVisible();
  });

  test('believes its proxy about the country', async ({ request }) => {
    const answer = await request.get('/api/config', { headers: { 'CF-IPCountry': 'AU' } });
    const config: unknown = await answer.json();
    expect(config).toMatchObject({ market: 'AU', decidedBy: 'viewer-country' });
    expect(answer.headers()['vary']).toBe('CF-IPCountry');
    expect(config).toHaveProperty('modelsVersion', expect.stringMatching(/^[0-9a-f]{12}$/));
  });
});

test.describe('a device whose languages the app does not speak', () => {
  test.use({
    locale: 'de-DE',
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    baseURL: async ({}, use) => {
      const server = await startServer({ env: { PAPEL_MARKET: 'AU' } });
      await use(server.url);
      await server.stop();
    },
  });

  test('is spoken to as its market speaks, from the second start on', async ({ page }) => {
    await page.goto('/settings');
    await expect(place(page)).toContainText('Whoever runs this Papel chose it.');
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en-AU');
  });
});

test.describe('a server that has switched scanning off', () => {
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    baseURL: async ({}, use) => {
      const server = await startServer({ env: { PAPEL_FEATURES_OFF: 'document-scanning' } });
      await use(server.url);
      await server.stop();
    },
  });

  test('is obeyed by camera and files, and says why', async ({ page, photograph }) => {
    await page.goto('/library');
    const { bytes } = await photograph();
    await expect(async () => {
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Add photos or files' }).first().click();
      await (await chooser).setFiles([{ name: 'homework.jpg', mimeType: 'image/jpeg', buffer: bytes }]);
      await expect(page.getByText('Scanning is switched off for now')).toBeVisible();
    }).toPass();
    await page.goto('/scan');
    await expect(page.getByRole('heading', { name: 'Scan' })).toBeAttached();
    await expect(page.getByText('Scanning is switched off for now')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Take the picture' })).toHaveCount(0);
    await expectNoAxeViolations(page);
  });
});

for (const [name, value, sentence] of [
  ['PAPEL_MARKET', 'constructor', 'PAPEL_MARKET is not one of US, UK, EU, AU, PH: constructor'],
  ['PAPEL_FEATURES_OFF', 'faces', 'PAPEL_FEATURES_OFF is not a list with commas of'],
  ['PAPEL_OPS_TOKEN', 'changeme', 'PAPEL_OPS_TOKEN'],
] as const) {
  test(`does not start with ${name}=${value}, and says so in a sentence`, () => {
    const program = fileURLToPath(new URL('../dist/edge/node.js', import.meta.url));
    const env = { ...process.env, PORT: '0', [name]: value };
    const { status, stderr, stdout } = spawnSync(process.execPath, [program], {
      env,
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(status).toBe(78);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
  });
}
