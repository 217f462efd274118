import { keepFromWelcome, makeNextVersion, waitUntilKept } from './support/offline.ts';
import { startServer } from './support/server.ts';
import { expect, offlineTest as test } from './support/test.ts';
import type { Page } from '@playwright/test';

/** Between two servers the page may ask for what the edge says of the place, and go on without. */
const configRefused = /net::ERR_CONNECTION_(?:REFUSED|RESET) .*\/api\/config/;

test.beforeEach(({ watch }) => watch.allow(configRefused));

/** Lets the new version in, again while a tab says that it is busy, until the page is of that version. */
async function loadVersion(page: Page, mark: string): Promise<void> {
  await expect(async () => {
    const load = page.getByRole('button', { name: 'Load it now' });
    if (await load.isVisible()) await load.click();
    await expect(entryOf(page)).toHaveAttribute('src', new RegExp(mark), { timeout: 3000 });
  }).toPass({ timeout: 60_000 });
}

async function lookForUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
}

function entryOf(page: Page) {
  return page.locator('head > script[type=module]');
}

/** Paths in the runtime cache that are of the version with this mark in its names. */
function listKept(page: Page, mark: string): Promise<string[]> {
  return page.evaluate(async (wanted) => {
    const keys = await (await caches.open('papel-runtime')).keys();
    return keys.map((request) => new URL(request.url).pathname).filter((path) => path.includes(`${wanted}.`));
  }, mark);
}

test('asks before a new version takes over, and brings along what the device had', async ({
  page,
  ownServer,
  watch,
}) => {
  const next = makeNextVersion('V2');
  await keepFromWelcome(page);
  await ownServer.stop();
  const nextServer = await startServer({ port: ownServer.port, folder: next.folder });
  try {
    await lookForUpdate(page);
    await expect(page.getByText('A new version of Papel is ready.')).toBeVisible();

    // The open page is still of its own version, whose lazy screens the server no longer has.
    await expect(entryOf(page)).not.toHaveAttribute('src', /V2/);
    await page.getByRole('link', { name: 'Library' }).click();
    await expect(page.getByText('Nothing scanned yet')).toBeVisible();
    // A reload is no consent.
    await page.reload();
    await expect(entryOf(page)).not.toHaveAttribute('src', /V2/);

    await page.getByRole('button', { name: 'Load it now' }).click();
    await expect(entryOf(page)).toHaveAttribute('src', /V2/);
    await expect(page.getByText('A new version of Papel is ready.')).toBeHidden();
    expect((await listKept(page, 'V2')).some((path) => path.includes('opencv'))).toBe(true);

    await nextServer.stop();
    watch.allow(/net::ERR_CONNECTION_REFUSED/);
    await page.goto('/settings');
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  } finally {
    await nextServer.stop();
    next.remove();
  }
});

test('does not take over while a tab is in the middle of a scan', async ({ page, context, ownServer }) => {
  const next = makeNextVersion('V2');
  await page.goto('/');
  await waitUntilKept(page, ['screens']);
  const scanning = await context.newPage();
  await scanning.goto('/scan');
  await ownServer.stop();
  const nextServer = await startServer({ port: ownServer.port, folder: next.folder });
  try {
    await lookForUpdate(page);
    await page.getByRole('button', { name: 'Load it now' }).click();
    await expect(page.getByText('A scan is still under way')).toBeVisible();
    await expect(entryOf(page)).not.toHaveAttribute('src', /V2/);

    await scanning.close();
    // The camera may have taken a page by itself, which this tab then goes on to scan: a moment more to wait.
    await loadVersion(page, 'V2');
  } finally {
    await nextServer.stop();
    next.remove();
  }
});

test('leaves another open tab as it is until that one agrees', async ({ page, context, ownServer }) => {
  const next = makeNextVersion('V2');
  await keepFromWelcome(page);
  const other = await context.newPage();
  await other.goto('/');
  await ownServer.stop();
  const nextServer = await startServer({ port: ownServer.port, folder: next.folder });
  try {
    await lookForUpdate(page);
    await page.getByRole('button', { name: 'Load it now' }).click();
    await expect(entryOf(page)).toHaveAttribute('src', /V2/);

    await expect(entryOf(other)).not.toHaveAttribute('src', /V2/);
    await other.getByRole('link', { name: 'Library' }).click();
    await expect(other.getByText('Nothing scanned yet')).toBeVisible();
    await other.getByRole('button', { name: 'Load it now' }).click();
    await expect(entryOf(other)).toHaveAttribute('src', /V2/);
  } finally {
    await nextServer.stop();
    next.remove();
  }
});

test('forgets the version before the last', async ({ page, ownServer }) => {
  const versions = [makeNextVersion('V2'), makeNextVersion('V3')];
  await page.goto('/');
  await waitUntilKept(page, ['screens']);
  let server = ownServer;
  try {
    for (const [index, { folder }] of versions.entries()) {
      await server.stop();
      server = await startServer({ port: ownServer.port, folder });
      await lookForUpdate(page);
      await expect(page.getByRole('button', { name: 'Load it now' })).toBeVisible();
      await loadVersion(page, `V${index + 2}`);
    }
    await expect.poll(() => listKept(page, 'V3')).not.toEqual([]);
    expect(await listKept(page, 'V2')).not.toEqual([]);
    const kept = await listKept(page, '');
    expect(kept.filter((path) => !/V[23]\.\w+$/.test(path))).toEqual([]);
  } finally {
    await server.stop();
    for (const { remove } of versions) remove();
  }
});
