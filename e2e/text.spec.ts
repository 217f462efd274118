import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { expectNoAxeViolations } from './support/accessibility.ts';
import { waitUntilKept } from './support/offline.ts';
import { waitUntilScanned } from './support/pages.ts';
import type { PhotoOptions } from './support/render-photo.ts';
import { savePdf, scanFiles, type TestFile } from './support/scan.ts';
import { expect, offlineTest, test } from './support/test.ts';

// A page is read in seconds, after a scan; on two shared cores with everything cold it takes a minute.
test.setTimeout(240_000);
const readMs = 120_000;

const letter = ['Dear families', '', 'The museum trip for Grade 7', 'is on Friday at seven.', 'Please send 500 pesos.'];
const list = ['What to bring', '', 'a hat and a bottle of water', 'Mrs Pena waits at the gate'];

/** Close enough that letters are some 30 pixels high. */
const close: PhotoOptions = {
  width: 1800,
  height: 2400,
  corners: [
    [0.05, 0.05],
    [0.94, 0.06],
    [0.95, 0.95],
    [0.06, 0.94],
  ],
};

type Photograph = (options?: PhotoOptions) => Promise<{ readonly bytes: Buffer }>;

async function photoOf(photograph: Photograph, name: string, options: PhotoOptions): Promise<TestFile> {
  return { name, mimeType: 'image/jpeg', buffer: (await photograph({ ...close, ...options })).bytes };
}

/** Asks for the text of the open document, as far as the sheet that says what will be read. */
async function openReading(page: Page) {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Read text' }).click();
  await expect(page.getByRole('dialog', { name: 'Read text' })).toBeVisible();
}

async function readDocument(page: Page) {
  await openReading(page);
  await page.getByRole('button', { name: /^Read \d+ pages?$/ }).click();
}

const words = (page: Page) => page.getByRole('region', { name: /^Text of the page/ });

async function saveText(page: Page, format: string): Promise<Buffer> {
  await page.getByRole('button', { name: 'Save text' }).click();
  await page.getByRole('radio', { name: format }).check({ force: true });
  await page.getByRole('button', { name: 'Make the file' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click({ timeout: 30_000 });
  return readFileSync(await (await download).path());
}

const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;

/** Pages of a PDF as a reader copies them. */
function readPdf(pdf: Buffer): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'papel-text-'));
  try {
    const file = join(folder, 'text.pdf');
    writeFileSync(file, pdf);
    return execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).split('\f');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('pages are read, corrected, found in the library and saved as text, Markdown, Word and a PDF to search', async ({
  page,
  photograph,
}) => {
  await page.goto('/library');
  await scanFiles(page, [
    await photoOf(photograph, 'letter.jpg', { lines: letter }),
    await photoOf(photograph, 'list.jpg', { lines: list }),
  ]);
  await waitUntilScanned(page, { ready: 2 });
  await readDocument(page);
  await expect(words(page)).toContainText('The museum trip for Grade 7', { timeout: readMs });

  // A word is chosen in the text, marked on the page, and corrected.
  await words(page).getByText('museum', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Word' }).fill('planetarium');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(words(page)).toContainText('The planetarium trip');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(words(page)).toContainText('The museum trip');
  await page.getByRole('button', { name: 'Edit text' }).click();
  const editor = page.getByRole('textbox', { name: 'Text', exact: true });
  await editor.fill((await editor.inputValue()).replace('museum', 'planetarium'));
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(words(page)).toContainText('The planetarium trip');

  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(words(page)).toContainText('a hat and a bottle of water', { timeout: readMs });
  // English print has no such letter: a person writes it.
  await words(page).getByText('Pena', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Word' }).fill('Peña');
  await page.keyboard.press('Enter');
  await expect(words(page)).toContainText('Mrs Peña waits');
  expect((await saveText(page, 'Plain text')).toString()).toContain('The planetarium trip for Grade 7');
  expect((await saveText(page, 'Markdown')).toString()).toMatch(/planetarium[^]*\n---\n[^]*bottle of water/);
  const parts = unzipSync(new Uint8Array(await saveText(page, 'Word')));
  const body = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
  expect(body).toContain('planetarium');
  expect(body).toContain('Peña');

  await page.getByRole('button', { name: 'Back to the document' }).click();
  const pdf = await savePdf(page);
  if (hasPoppler) {
    const [first = '', second = ''] = readPdf(pdf);
    expect(first).toContain('The planetarium trip for Grade 7');
    expect(second).toContain('Mrs Peña waits at the gate');
  }

  await page.getByRole('link', { name: 'Library' }).click();
  await page.getByRole('searchbox', { name: 'Search names and text' }).fill('pena GATE');
  const hit = page.getByRole('link', { name: /page 2/ });
  await expect(hit).toContainText('Mrs Peña waits at the gate');
  await expect(page.getByRole('heading', { name: 'In the text of 1 page' })).toBeVisible();
  await hit.click();
  await expect(page.getByText('“pena GATE”: 2 words on this page')).toBeVisible();
  await page.goto('/library');
  await page.getByRole('searchbox').fill('museum');
  await expect(page.getByText('Nothing is called “museum” or has it in its text.')).toBeVisible();
});

test('a page that lies on its head is turned upright by what is read, and back', async ({ page, photograph }) => {
  const [topLeft, topRight, bottomRight, bottomLeft] = close.corners ?? [];
  if (topLeft === undefined || topRight === undefined || bottomRight === undefined || bottomLeft === undefined) return;
  const lines = [...letter, ...letter.slice(2), ...letter.slice(2)];
  await page.goto('/library');
  await scanFiles(page, [
    await photoOf(photograph, 'head.jpg', { lines, corners: [bottomRight, bottomLeft, topLeft, topRight] }),
  ]);
  await waitUntilScanned(page, { ready: 1 });
  await readDocument(page);
  await expect(words(page)).toContainText('The museum trip for Grade 7', { timeout: readMs });
  // Scanning guesses the turn; where it guessed right, there is nothing to turn.
  const notice = page.getByText('This page lay on its side or upside down. It is upright now.').first();
  if (await notice.isVisible()) {
    await page.getByRole('button', { name: 'Turn back' }).first().click();
    await expect(notice).toBeHidden();
    await expect(words(page)).toContainText('The museum trip for Grade 7');
  }
});

test('reading goes on after the tab was closed, and stops when it is told to', async ({ page, photograph }) => {
  await page.goto('/library');
  await scanFiles(page, [await photoOf(photograph, 'letter.jpg', { lines: letter })]);
  await waitUntilScanned(page, { ready: 1 });
  await readDocument(page);
  const { pathname } = new URL(page.url());
  await page.goto('about:blank');
  await page.goto(pathname);
  await expect(words(page)).toContainText('Dear families', { timeout: readMs });

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Read this page…' }).click();
  await page.getByRole('button', { name: 'Read 1 page again' }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeHidden();
  await expect(words(page)).toContainText('Dear families');
});

test('a reader that cannot be fetched leaves the page as it was, and goes on later', async ({
  page,
  photograph,
  watch,
}) => {
  watch.allow(/net::ERR_FAILED|Failed to load resource/);
  await page.route(/tesseract-core/, (route) => route.abort());
  await page.goto('/library');
  await scanFiles(page, [await photoOf(photograph, 'letter.jpg', { lines: letter })]);
  await waitUntilScanned(page, { ready: 1 });
  await openReading(page);
  await expect(page.getByText(/^Fetched once for this: \d/)).toBeVisible();
  await page.getByRole('button', { name: 'Read 1 page' }).click();
  await expect(page.getByText(/^The reader is not on this device yet/).first()).toBeVisible({ timeout: readMs });
  await page.unroute(/tesseract-core/);
  await page.getByRole('button', { name: 'Back to the document' }).click();
  await page.getByRole('region', { name: 'Reading text' }).getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Read text' }).click();
  await expect(words(page)).toContainText('Dear families', { timeout: readMs });
});

test('a page without print says so, and text reading can be switched off', async ({ page, photograph }) => {
  await page.goto('/library');
  await scanFiles(page, [await photoOf(photograph, 'blank.jpg', { lines: [] })]);
  await waitUntilScanned(page, { ready: 1 });
  await readDocument(page);
  await expect(page.getByText('There is no printed text on this page.')).toBeVisible({ timeout: readMs });
  await page.goto('/settings');
  await page.getByRole('radio', { name: 'Off', exact: true }).click({ force: true });
  await expect(page.getByRole('radio', { name: 'Off', exact: true })).toBeChecked();
  await page.goto('/library');
  await expect(page.getByRole('searchbox', { name: 'Search by name' })).toBeVisible();
});

offlineTest(
  'pages are read with the server gone, once reading was kept',
  async ({ page, ownServer, photograph, watch }) => {
    offlineTest.setTimeout(240_000);
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Keep: Reading text' }).click();
    await expect(page.getByRole('button', { name: 'Remove: Reading text' })).toBeVisible({ timeout: 120_000 });
    await waitUntilKept(page, ['screens', 'scan']);
    await ownServer.stop();
    watch.allow(/net::ERR_(?:CONNECTION_REFUSED|FAILED|INTERNET_DISCONNECTED)/);
    await page.goto('/library');
    await scanFiles(page, [await photoOf(photograph, 'letter.jpg', { lines: letter })]);
    await waitUntilScanned(page, { ready: 1 });
    await readDocument(page);
    await expect(words(page)).toContainText('The museum trip for Grade 7', { timeout: readMs });
    expect((await saveText(page, 'Word')).subarray(0, 2).toString()).toBe('PK');
  },
);

for (const { width, height } of [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`at ${width} pixels, ${colorScheme}`, () => {
      test.use({ viewport: { width, height }, colorScheme });

      test('axe finds nothing on the screens of texts', async ({ page, photograph }) => {
        await page.goto('/library');
        await scanFiles(page, [await photoOf(photograph, 'letter.jpg', { lines: letter, blurPx: 2 })]);
        await waitUntilScanned(page, { ready: 1 });
        await openReading(page);
        await expectNoAxeViolations(page);
        await page.getByRole('button', { name: 'Read 1 page' }).click();
        await expect(words(page)).toContainText('Dear', { timeout: readMs });
        await expectNoAxeViolations(page);
        await words(page).getByText('Dear', { exact: true }).click();
        await expectNoAxeViolations(page);
        await page.getByRole('button', { name: 'Edit text' }).click();
        await expectNoAxeViolations(page);
        await page.getByRole('button', { name: 'Cancel' }).click();
        await page.getByRole('button', { name: 'Save text' }).click();
        await expectNoAxeViolations(page);
        await page.goto('/library');
        await page.getByRole('searchbox').fill('dear');
        await expect(page.getByRole('heading', { name: 'In the text of 1 page' })).toBeVisible();
        await expectNoAxeViolations(page);
        await page.goto('/tools/text');
        await expect(page.getByRole('heading', { name: 'Read text' })).toBeVisible();
        await expectNoAxeViolations(page);
      });
    });
  }
}
