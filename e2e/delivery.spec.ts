/** Runtimes and models on their way: what is not whole and right is never run nor kept, and what breaks goes on. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectNoAxeViolations } from './support/accessibility.ts';
import { makeHeic } from './support/make-base-media.ts';
import { brokenLine, dist, expectOpenCvStored, listCache, openCv } from './support/delivered-files.ts';
import { makePdf, makeTiff, type Picture } from './support/make-files.ts';
import { keepFromWelcome, makeNextVersion, waitUntilKept } from './support/offline.ts';
import { waitUntilScanned } from './support/pages.ts';
import { savePdf, scanFiles } from './support/scan.ts';
import { startServer } from './support/server.ts';
import { expect, offlineTest as test, withoutPickers } from './support/test.ts';
import { openLine, type UnsteadyLine } from './support/unsteady-line.ts';
import { watchContext } from './support/watch-page.ts';
import type { Page } from '@playwright/test';

async function addPhoto(page: Page, bytes: Buffer): Promise<void> {
  await page.getByRole('link', { name: 'Library' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add photos or files' }).first().click();
  await (await chooser).setFiles([{ name: 'homework.jpg', mimeType: 'image/jpeg', buffer: bytes }]);
}

/** What may have happened to a file on a server. */
const spoilers = {
  'with another byte': (content: Buffer) => {
    const changed = Buffer.from(content);
    const middle = changed.length >> 1;
    changed[middle] = (changed[middle] ?? 0) ^ 1;
    return changed;
  },
  'cut short': (content: Buffer) => content.subarray(0, content.length - 1000),
};

test.describe('a runtime that the server has', () => {
  for (const [name, spoil] of Object.entries(spoilers)) {
    test(`${name} is never run nor kept; the photo waits until it is right`, async ({
      page,
      ownServer,
      photograph,
      watch,
    }) => {
      // Asked for the rest of a file that is cut short, the server says that there is none; then there is no server.
      watch.allow(/status of 416|net::ERR_/);
      const folder = mkdtempSync(join(tmpdir(), 'papel-spoilt-'));
      cpSync(dist, folder, { recursive: true, filter: (path) => !path.includes(`${openCv}.`) });
      const file = join(folder, 'app/assets', openCv);
      writeFileSync(file, spoil(readFileSync(file)));
      await ownServer.stop();
      const spoilt = await startServer({ port: ownServer.port, folder });
      const compiled: unknown[] = [];
      await page.exposeFunction('noteCompiled', () => compiled.push(1));
      await page.addInitScript(`
        const { compile } = WebAssembly;
        WebAssembly.compile = (...input) => (noteCompiled(), compile(...input));
      `);
      try {
        await page.goto('/');
        await addPhoto(page, (await photograph()).bytes);
        await expect(page.getByText('Your photos wait here. Connect to the internet once, then go on.')).toBeVisible();
        await page.getByRole('button', { name: 'Go on' }).click();
        await expect(page.getByText('Your photos wait here. Connect to the internet once, then go on.')).toBeVisible();
        expect(await listCache(page, 'papel-runtime')).not.toContain(`/assets/${openCv}`);
        expect(await listCache(page, 'papel-pieces')).toEqual([]);
        expect(compiled).toEqual([]);
      } finally {
        await spoilt.stop();
        rmSync(folder, { recursive: true });
      }

      const server = await startServer({ port: ownServer.port });
      try {
        await page.getByRole('button', { name: 'Go on' }).click();
        await expect(page.getByText('Your photos wait here.')).toBeHidden();
        expect((await savePdf(page)).subarray(0, 5).toString()).toBe('%PDF-');
        await expectOpenCvStored(page);
      } finally {
        await server.stop();
      }
    });
  }
});

test.describe('over a line that breaks', () => {
  let line: UnsteadyLine;

  test.use({
    baseURL: async ({ ownServer }, use) => {
      line = await openLine(ownServer.port);
      await use(line.url);
      await line.close();
    },
  });

  test('a download goes on where it broke, after the page was closed too', async ({ page, context, watch }) => {
    watch.allow(brokenLine);
    const isOpenCv = (path: string) => path === `/assets/${openCv}`;
    // After a while nothing comes through any more.
    line.disturb = (path, range) => {
      if (!isOpenCv(path)) return undefined;
      return range === undefined ? { cutAfter: 1_500_000 } : { status: 503 };
    };
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Keep for offline use' }).click();
    await expect(page.getByText('Not everything could be fetched.').first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Try again: Scanning with camera and photos' })).toBeVisible();
    expect(await listCache(page, 'papel-runtime')).not.toContain(`/assets/${openCv}`);
    expect(await listCache(page, 'papel-pieces')).toContain(`/assets/${openCv}`);
    await page.close();

    line.disturb = () => undefined;
    const before = line.asked.length;
    const again = await context.newPage();
    await again.goto('/settings');
    await waitUntilKept(again, ['screens', 'scan', 'sheets', 'import']);
    await expectOpenCvStored(again);
    const later = line.asked.slice(before).filter(({ path }) => isOpenCv(path));
    expect(later.length).toBe(1);
    const from = Number(/^bytes=(\d+)-$/.exec(later[0]?.range ?? '')?.[1]);
    expect(from).toBeGreaterThanOrEqual(512_000);
    expect(later[0]?.sentBytes).toBe(readFileSync(join(dist, 'app/assets', openCv)).length - from);
    expect(await listCache(again, 'papel-pieces')).toEqual([]);
  });

  const faults = {
    'a runtime does not come': (path: string) => (path.endsWith('.wasm') ? { status: 503 } : undefined),
    'a model has another byte': (path: string) => (/\/weights-.*\.bin$/.test(path) ? { tampers: true } : undefined),
  };
  for (const [name, disturb] of Object.entries(faults)) {
    test(`the user is told when ${name}, and tries again`, async ({ page, watch }) => {
      watch.allow(brokenLine);
      line.disturb = disturb;
      await page.goto('/settings');
      await page.getByRole('button', { name: 'Keep: Scanning with camera and photos' }).click();
      await expect(page.getByText('Not everything could be fetched.')).toBeVisible();
      await expectNoAxeViolations(page);
      expect((await listCache(page, 'papel-runtime')).filter((path) => disturb(path) !== undefined)).toEqual([]);
      line.disturb = () => undefined;
      await page.getByRole('button', { name: 'Try again: Scanning with camera and photos' }).click();
      await expect(page.getByText('Not everything could be fetched.')).toBeHidden();
      await waitUntilKept(page, ['screens', 'scan']);
      expect((await listCache(page, 'papel-runtime')).filter((path) => disturb(path) !== undefined)).not.toEqual([]);
      await expect(page.getByRole('button', { name: 'Remove: Scanning with camera and photos' })).toBeVisible();
      // The other capability is left as it was.
      await expect(page.getByRole('button', { name: 'Keep: PDF, TIFF and HEIC files' })).toBeVisible();
    });
  }
});

test.describe('what the line changes', () => {
  let line: UnsteadyLine;

  test.use({
    baseURL: async ({ ownServer }, use) => {
      line = await openLine(ownServer.port);
      await use(line.url);
      await line.close();
    },
  });

  test('a model with another byte is neither run nor kept; photos are scanned without it', async ({
    page,
    photograph,
  }) => {
    const isModel = (path: string) => /\/weights-.*\.bin$/.test(path);
    const photo = { name: 'homework.jpg', mimeType: 'image/jpeg', buffer: (await photograph()).bytes };
    line.disturb = (path) => (isModel(path) ? { tampers: true } : undefined);
    const refused = page.waitForEvent('console', (message) =>
      /without the document detector.*not the content/s.test(message.text()),
    );
    await page.goto('/');
    await scanFiles(page, [photo]);
    await refused;
    expect((await listCache(page, 'papel-runtime')).filter(isModel)).toEqual([]);

    line.disturb = () => undefined;
    await page.reload();
    await scanFiles(page, [photo]);
    await expect.poll(async () => (await listCache(page, 'papel-runtime')).filter(isModel).length).toBe(1);
  });

  test('a chunk of the service worker is not run; the file waits until it is right', async ({ page, watch }) => {
    watch.allow(/net::ERR_FAILED|dynamically imported module/);
    line.disturb = (path) => (/\/libheif-.*\.mjs$/.test(path) ? { tampers: true } : undefined);
    await keepFromWelcome(page);
    await page.getByRole('link', { name: 'Library' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Add photos or files' }).first().click();
    const sheet: Picture = { width: 640, height: 480, colourAt: sheetColour };
    await (await chooser).setFiles([{ name: 'phone.heic', mimeType: 'image/heic', buffer: makeHeic(sheet) }]);
    await expect(page.getByText('Your photos wait here. Connect to the internet once, then go on.')).toBeVisible();
    const isDecoder = (path: string) => /\/libheif-.*\.mjs$/.test(path);
    expect((await listCache(page, 'papel-runtime')).filter(isDecoder)).toEqual([]);

    line.disturb = () => undefined;
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(page.getByText('Your photos wait here.')).toBeHidden();
    await expect.poll(async () => (await listCache(page, 'papel-runtime')).filter(isDecoder).length).toBe(1);
    await waitUntilScanned(page, { ready: 1 });
  });
});

test.describe('a new version', () => {
  /** Looks for one and waits until it is installed, or given up. */
  function install(page: Page): Promise<string> {
    return page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      const { installing } = registration;
      return new Promise((resolve) => {
        const settle = () => {
          if (installing?.state !== 'installing') resolve(installing?.state ?? 'none');
        };
        installing?.addEventListener('statechange', settle);
        settle();
      });
    });
  }

  test('with another runtime than it lists is not installed; when it is right, it drops what is left of old downloads', async ({
    page,
    ownServer,
    watch,
  }) => {
    watch.allow(/net::ERR_CONNECTION_REFUSED/);
    const next = makeNextVersion('V2');
    const nextOpenCv = openCv.replace(/..(\.wasm)$/, 'V2$1');
    const file = join(next.folder, 'app/assets', nextOpenCv);
    const content = readFileSync(file);
    writeFileSync(file, spoilers['with another byte'](content));
    await keepFromWelcome(page);
    await page.evaluate(async () => {
      await (await caches.open('papel-pieces')).put('/assets/left-AbCd1234.wasm?piece=0', new Response('left'));
    });
    await ownServer.stop();
    let server = await startServer({ port: ownServer.port, folder: next.folder });
    try {
      expect(await install(page)).toBe('redundant');
      await expect(page.getByText('A new version of Papel is ready.')).toBeHidden();
      expect(await listCache(page, 'papel-runtime')).not.toContain(`/assets/${nextOpenCv}`);

      await server.stop();
      writeFileSync(file, content);
      server = await startServer({ port: ownServer.port, folder: next.folder });
      expect(await install(page)).toBe('installed');
      await page.getByRole('button', { name: 'Load it now' }).click();
      await expect(page.locator('head > script[type=module]')).toHaveAttribute('src', /V2/);
      await expect.poll(() => listCache(page, 'papel-runtime')).toContain(`/assets/${nextOpenCv}`);
      await expect.poll(() => listCache(page, 'papel-pieces')).toEqual([]);
    } finally {
      await server.stop();
      next.remove();
    }
  });
});

test('after "keep for offline use", everything works with the server ended and the browser restarted', async ({
  playwright,
  launchOptions,
  ownServer,
  photograph,
}) => {
  test.setTimeout(180_000);
  const profile = mkdtempSync(join(tmpdir(), 'papel-profile-'));
  const open = async () => {
    const context = await playwright.chromium.launchPersistentContext(profile, {
      ...launchOptions,
      baseURL: ownServer.url,
      locale: 'en-US',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    });
    await withoutPickers(context);
    return { context, watch: watchContext(context), page: context.pages()[0] ?? (await context.newPage()) };
  };
  try {
    const first = await open();
    await first.page.goto('/settings');
    await first.page.getByRole('button', { name: 'Keep for offline use' }).click();
    await waitUntilKept(first.page, ['screens', 'scan', 'sheets', 'import']);
    await expect(first.page.getByRole('button', { name: 'Give the space back' })).toBeVisible();
    expect(first.watch.problems).toEqual([]);
    await first.context.close();
    await ownServer.stop();

    const { context, page, watch } = await open();
    watch.allow(/net::ERR_CONNECTION_REFUSED/);
    await page.goto('/');
    const sheet: Picture = { width: 640, height: 480, colourAt: sheetColour };
    const kinds = [
      { name: 'homework.jpg', mimeType: 'image/jpeg', buffer: (await photograph()).bytes },
      { name: 'letter.pdf', mimeType: 'application/pdf', buffer: await makePdf({ pages: 2 }) },
      { name: 'sheet.tiff', mimeType: 'image/tiff', buffer: makeTiff([sheet]) },
      { name: 'phone.heic', mimeType: 'image/heic', buffer: makeHeic(sheet) },
    ];
    for (const file of kinds) {
      await scanFiles(page, [file]);
      const pages = file.name === 'letter.pdf' ? 2 : 1;
      await expect(page.getByRole('row', { name: /^Page \d/ }), file.name).toHaveCount(pages);
      expect((await savePdf(page)).subarray(0, 5).toString(), file.name).toBe('%PDF-');
      await page.keyboard.press('Escape');
    }
    expect(watch.problems).toEqual([]);
    await context.close();
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});

/** A page with ruled lines on a dark desk. */
function sheetColour(x: number, y: number): readonly [number, number, number] {
  if (x < 160 || x > 480 || y < 40 || y > 440) return [110, 80, 50];
  return y % 30 < 3 && x > 200 && x < 440 ? [30, 30, 40] : [240, 238, 230];
}
