/** What a page could not send goes from the service worker (Background Sync), also to an API on another origin. */
import type { CDPSession, Page } from '@playwright/test';
import { startServer, type RunningServer } from './support/server.ts';
import { expect, offlineTest as test } from './support/test.ts';

const token = 'b7f3-4c19-a2d8-77e0-91af';

interface Fixtures {
  readonly appPort: number;
  /** The API, of another origin than the app's. */
  readonly api: RunningServer;
}

/** Events that the API has kept, of all kinds. */
async function countAccepted(api: RunningServer): Promise<number> {
  const metrics = await (await fetch(`${api.url}/metrics`, { headers: { Authorization: `Bearer ${token}` } })).text();
  return Number(/papel_telemetry_events_total\{result="accepted"\} (\d+)/.exec(metrics)?.[1] ?? 0);
}

/** Gives the sign that Chromium gives when it believes in a network. */
async function giveSign(session: CDPSession, origin: string, registrationId: string): Promise<void> {
  await session.send('ServiceWorker.dispatchSyncEvent', {
    origin,
    registrationId,
    tag: 'papel-telemetry',
    lastChance: false,
  });
}

async function watchRegistration(session: CDPSession): Promise<() => string | undefined> {
  let id: string | undefined;
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    id = registrations.find(({ isDeleted }) => !isDeleted)?.registrationId ?? id;
  });
  await session.send('ServiceWorker.enable');
  return () => id;
}

async function hide(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

/** How many events wait on this device. */
function countWaiting(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const open = indexedDB.open('papel-telemetry');
        open.addEventListener('error', () => reject(new Error('No queue.')));
        open.addEventListener('success', () => {
          const count = open.result.transaction('events').objectStore('events').count();
          count.addEventListener('success', () => {
            open.result.close();
            resolve(count.result);
          });
        });
      }),
  );
}

const elsewhere = test.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  appPort: async ({}, use) => {
    // Each of both servers has to know the other's address.
    const first = await startServer();
    await first.stop();
    await use(first.port);
  },
  api: async ({ appPort }, use, info) => {
    const api = await startServer({
      env: {
        PAPEL_TELEMETRY_STORE: `sqlite:${info.outputPath('telemetry.db')}`,
        PAPEL_OPS_TOKEN: token,
        PAPEL_APP_ORIGINS: `http://localhost:${appPort}`,
      },
    });
    await use(api);
    await api.stop();
  },
  ownServer: async ({ api, appPort }, use) => {
    const app = await startServer({
      port: appPort,
      env: { PAPEL_MARKET: 'PH', PAPEL_FEATURES_ON: 'analytics', PAPEL_API_BASE: api.url },
    });
    await use(app);
    await app.stop();
  },
});

elsewhere('goes when the page has gone, to where the config says, once', async ({ browser, api, ownServer }) => {
  // Unwatched, as this is about what is sent.
  const context = await browser.newContext({ baseURL: ownServer.url, permissions: ['background-sync'] });
  const page = await context.newPage();
  // For the page, which would send after a while; not for the service worker.
  await page.route('**/api/telemetry', (route) => route.abort());
  await page.goto('/settings');
  const section = page.getByRole('region', { name: 'Counting how well Papel runs' });
  await section.getByText('Count and send').click();
  await page.getByRole('button', { name: 'I am 18 or older, or a parent agreed' }).click();
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await page.reload();
  const session = await context.newCDPSession(page);
  const registrationId = await watchRegistration(session);
  await expect.poll(() => countWaiting(page)).toBeGreaterThan(0);
  await expect.poll(registrationId).toBeDefined();

  // The API is on another origin, so no beacon goes there; and nothing of the app runs on that page.
  await hide(page);
  await page.goto('/404.html');
  await expect.poll(() => countAccepted(api)).toBeGreaterThan(0);
  // What a page notes while it goes may come too late for the first sign.
  await giveSign(session, ownServer.url, registrationId() ?? '');
  await expect.poll(() => countWaiting(page)).toBe(0);
  const accepted = await countAccepted(api);
  await giveSign(session, ownServer.url, registrationId() ?? '');
  await page.waitForTimeout(1_000);
  expect(await countAccepted(api)).toBe(accepted);
  await context.close();
});
