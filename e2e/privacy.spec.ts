import { savePdf, scanFiles } from './support/scan.ts';
import { expect, test } from './support/test.ts';
import { sendingRequests, watchContext } from './support/watch-page.ts';

test('a whole session asks for files of the app and sends nothing', async ({ page, photograph, watch, baseURL }) => {
  const { bytes } = await photograph();
  await page.goto('/');
  await scanFiles(page, [{ name: 'homework.jpg', mimeType: 'image/jpeg', buffer: bytes }]);
  await savePdf(page);
  await page.goto('/scan');
  await page.getByRole('button', { name: 'Take the picture' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('button', { name: 'Save or share' })).toBeEnabled();
  await page.goto('/settings');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();

  // That nothing was sent means something because the list also sees what workers ask for.
  const asked = watch.requests.map(({ url }) => url);
  expect(asked.some((url) => /\/assets\/worker-.*\.js$/.test(url))).toBe(true);
  expect(
    asked.some((url) => /\/assets\/export-pdf-.*\.js$/.test(url)),
    'a chunk that a worker imports',
  ).toBe(true);
  expect(sendingRequests(watch.requests, new URL(baseURL ?? '').origin)).toEqual([]);
});

test('what would send something is seen', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url, serviceWorkers: 'block' });
  const watch = watchContext(context);
  const page = await context.newPage();
  await page.goto('/');
  await page.evaluate(() => fetch('/health', { method: 'POST', body: 'a picture' }));
  expect(sendingRequests(watch.requests, server.url)).toEqual([
    { url: `${server.url}/health`, method: 'POST', hasBody: true },
  ]);
  await context.close();
});

test('the page may not reach anything but its own origin', async ({ browser, server }) => {
  // Unwatched: the watch would count what the policy stops as an attempt.
  const context = await browser.newContext({ baseURL: server.url, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto('/');
  const outcome = await page.evaluate(async () => {
    const elsewhere = 'https://elsewhere.example/';
    const refused: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective));
    const fetched = await fetch(elsewhere, { method: 'POST', body: 'x' }).then(
      () => 'sent',
      () => 'refused',
    );
    navigator.sendBeacon(elsewhere, 'x');
    new Image().src = `${elsewhere}x.png`;
    const script = document.createElement('script');
    const unsafe = await Promise.resolve()
      .then(() => (script.src = `${elsewhere}x.js`))
      .catch((cause: unknown) => String(cause));
    const inline = document.createElement('script');
    inline.append('globalThis.ranInline = true');
    const style = document.createElement('style');
    style.textContent = 'body { color: red }';
    document.head.append(inline, style);
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    return { fetched, unsafe, ranInline: 'ranInline' in globalThis, refused: refused.toSorted() };
  });
  expect(outcome).toEqual({
    fetched: 'refused',
    unsafe: 'TypeError: This script is not one of Papel.',
    ranInline: false,
    refused: ['connect-src', 'connect-src', 'img-src', 'style-src-elem'],
  });
  await context.close();
});
