import { startServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

test('says that it is alive, and nothing more', async ({ request }) => {
  const answer = await request.get('/health');
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toBe('{"status":"ok"}');
});

test('ends in order when it is asked to', async ({ request }) => {
  const server = await startServer();
  expect((await request.get(`${server.url}/health`)).status()).toBe(200);
  expect(await server.end()).toBe(0);
});

test('isolates the page, so that WebAssembly threads work', async ({ page }) => {
  await page.goto('/');
  expect(await page.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer])).toEqual([true, 'function']);
});

test('serves a service worker that needs no other script', async ({ request }) => {
  const script = await (await request.get('/sw.js')).text();
  expect(script).toContain('precache');
  expect(script).not.toContain('importScripts');
});

test('never answers a missing file with the page of the app', async ({ page, watch }) => {
  watch.allow(/404/);
  for (const path of ['/assets/missing.js', '/missing.png', '/scan/missing.wasm', '/assets/missing']) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole('heading')).toHaveText('This page is not here');
  }
});

test('answers an address that the app draws itself with the app', async ({ page }) => {
  const answer = await page.goto('/scan');
  expect(answer?.status()).toBe(200);
  expect(answer?.headers()['content-type']).toContain('text/html');
});

test('keeps the first load within its budget', async ({ page }) => {
  const sizes = { js: 0, css: 0 };
  page.on('response', (response) => {
    const kind = /\.(js|css)$/.exec(new URL(response.url()).pathname)?.[1];
    if (kind === 'js' || kind === 'css') sizes[kind] += Number(response.headers()['content-length']);
  });
  // Gzip, as the budget is set; Chromium itself would be given brotli.
  await page.route('**/*', (route) =>
    route.continue({ headers: { ...route.request().headers(), 'accept-encoding': 'gzip' } }),
  );
  await page.goto('/');
  await expect(page.getByRole('main')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(sizes.js).toBeGreaterThan(50_000);
  expect(sizes.js).toBeLessThanOrEqual(240_000);
  expect(sizes.css).toBeLessThanOrEqual(40_000);
});
