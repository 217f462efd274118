/**
 * The `test` that every spec uses: the built app behind a server of its own, and at the end of each test no error in
 * any console, no refusal by the content security policy and no request to anywhere but the app.
 */
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { renderPhoto, type Photo, type PhotoOptions } from './render-photo.ts';
import { startServer, type RunningServer } from './server.ts';
import { sendingRequests, watchContext, type PageWatch } from './watch-page.ts';

interface TestFixtures {
  /** What the pages of this test asked for and complained of; `watch.allow(/…/)` for what a test provokes. */
  readonly watch: PageWatch;
}

interface OfflineFixtures {
  /** An edge for this test alone, which it may end. */
  readonly ownServer: RunningServer;
}

interface WorkerFixtures {
  /** The edge, shared by the tests of one worker. A test that ends it starts its own: support/server.ts. */
  readonly server: RunningServer;
  /** Photographs a page on a desk. */
  readonly photograph: (options?: PhotoOptions) => Promise<Photo>;
}

/** Files are chosen and saved the way of browsers without pickers of their own, which Playwright can answer. */
export async function withoutPickers(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    for (const name of ['showOpenFilePicker', 'showSaveFilePicker']) Reflect.deleteProperty(globalThis, name);
  });
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  photograph: [
    async ({ browser }, use) => {
      const studio = await browser.newContext();
      let page: Page | undefined;
      await use(async (options) => renderPhoto((page ??= await studio.newPage()), options));
      await studio.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  context: async ({ context }, use) => {
    await withoutPickers(context);
    await use(context);
  },
  watch: [
    async ({ context, baseURL }, use) => {
      const watch = watchContext(context);
      await use(watch);
      expect(watch.problems, 'errors in the console').toEqual([]);
      const { origin } = new URL(baseURL ?? '');
      expect(
        sendingRequests(watch.requests, origin, watch.readable),
        'requests that take something off the device',
      ).toEqual([]);
    },
    { auto: true },
  ],
});

/** With a service worker, and a server of its own that the test may end. */
export const offlineTest = test.extend<OfflineFixtures>({
  // oxlint-disable-next-line no-empty-pattern -- as above
  ownServer: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },
  baseURL: async ({ ownServer }, use) => use(ownServer.url),
  serviceWorkers: 'allow',
});

export { expect };
