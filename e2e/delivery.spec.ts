/** Runtimes and models on their way: what is not whole and right is never run nor kept, and what breaks goes on. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expectNoAxeViolations } from './support/accessibility.ts';
import { makeHeic } from './support/make-base-media.ts';
import { makePdf, makeTiff, type Picture } from './support/make-files.ts';
import { makeNextVersion, waitUntilKept } from './support/offline.ts';
import { waitUntilScanned } from './support/pages.ts';
import { savePdf, scanFiles } from './support/scan.ts';
import { startServer } from './support/server.ts';
import { expect, offlineTest as test, withoutPickers } from './support/test.ts';
import { openLine, type UnsteadyLine } from './support/unsteady-line.ts';
import { watchContext } from './support/watch-page.ts';
import type { Page } from '@playwright/test';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const openCv = readdirSync(join(dist, 'app/assets')).find((name) => /^opencv-.*\.wasm$/.test(name)) ?? 'missing';

/** What the browser says of answers that the test breaks off or refuses. */
const brokenLine = /net::ERR_|status of 50\d/;

/** Paths in a cache of the page's origin. */
function listCache(page: Page, name: string): Promise<string[]> {
  return page.evaluate(async (cacheName) => {
    const keys = await (await caches.open(cacheName)).keys();
    return keys.map((request) => new URL(request.url).pathname);
  }, name);
}

async function expectOpenCvStored(page: Page): Promise<void> {
  const digest = await page.evaluate(async (path) => {
    const stored = await (await caches.open('papel-runtime')).match(path);
    const bytes = new Uint8Array(
      await crypto.subtle.digest('SHA-256', (await stored?.arrayBuffer()) ?? new ArrayBuffer()),
    );
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }, `/assets/${openCv}`);
  const content = readFileSync(join(dist, 'app/assets', openCv));
  expect(digest).toBe(createHash('sha256').update(content).digest('hex'));
}

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
    await waitUntilKept(again, ['screens', 'scan', 'import']);
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

test.describe('a chunk that the service worker brings', () => {
  let line: UnsteadyLine;

  test.use({
    baseURL: async ({ ownServer }, use) => {
      line = await openLine(ownServer.port);
      await use(line.url);
      await line.close();
    },
  });

  test('with another byte is not run; the file waits until it is right', async ({ page, watch }) => {
    watch.allow(/net::ERR_FAILED|dynamically imported module/);
    line.disturb = (path) => (/\/libheif-.*\.mjs$/.test(path) ? { tampers: true } : undefined);
    await page.goto('/');
    await waitUntilKept(page, ['screens', 'scan']);
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
    await page.goto('/');
    await waitUntilKept(page, ['screens', 'scan']);
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

test.describe('with a CDN', () => {
  /** The files of the CDN come from a server of their own, so that the app's own knows what was asked of it. */
  let cdn: UnsteadyLine;
  let origin: UnsteadyLine;

  test.use({
    baseURL: async ({ server }, use) => {
      cdn = await openLine(server.port, '127.0.0.1');
      const app = await startServer({ env: { PAPEL_CDN_BASE: cdn.url } });
      origin = await openLine(app.port);
      await use(origin.url);
      await origin.close();
      await app.stop();
      await cdn.close();
    },
  });

  test.beforeEach(({ watch }) => watch.allowReading(cdn.url));

  const askedFor = (line: UnsteadyLine, pattern: RegExp) => line.asked.filter(({ path }) => pattern.test(path));

  test('runtimes come from there, scripts from the app itself', async ({ page }) => {
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Keep for offline use' }).click();
    await waitUntilKept(page, ['screens', 'scan', 'import']);
    await expectOpenCvStored(page);
    expect(askedFor(cdn, /opencv-.*\.wasm$/).length).toBe(1);
    expect(askedFor(origin, /opencv-.*\.wasm$/)).toEqual([]);
    expect(askedFor(cdn, /\/weights-.*\.bin$/).length).toBe(1);
    // Of three forms, the one that this machine runs.
    const form = availableParallelism() > 1 ? 'threaded-simd' : 'simd';
    expect(askedFor(cdn, /tfjs-backend-wasm.*\.wasm$/).map(({ path }) => path)).toEqual([
      expect.stringContaining(`-${form}-`),
    ]);
    expect(askedFor(cdn, /\.m?js$/)).toEqual([]);
    expect(askedFor(cdn, /^(?!\/assets\/)/)).toEqual([]);
  });

  const faults = {
    'is down': { status: 503 },
    'breaks off': { cutAfter: 1_000_000 },
    'has another file': { tampers: true },
  };
  for (const [name, fault] of Object.entries(faults)) {
    test(`that ${name}, the app's own server has them`, async ({ page, watch, photograph }) => {
      watch.allow(brokenLine);
      cdn.disturb = (path, range) => {
        if (!path.endsWith('.wasm')) return undefined;
        return range === undefined || 'tampers' in fault ? fault : { status: 503 };
      };
      await page.goto('/settings');
      await page.getByRole('button', { name: 'Keep: Scanning with camera and photos' }).click();
      await waitUntilKept(page, ['screens', 'scan']);
      await expectOpenCvStored(page);
      expect(askedFor(cdn, /opencv-.*\.wasm$/)).not.toEqual([]);
      expect(askedFor(origin, /opencv-.*\.wasm$/)).not.toEqual([]);
      await scanFiles(page, [{ name: 'homework.jpg', mimeType: 'image/jpeg', buffer: (await photograph()).bytes }]);
    });
  }
});

test('refuses to start with a CDN that is no address', async () => {
  await expect(startServer({ env: { PAPEL_CDN_BASE: 'http://cdn.example/../' } })).rejects.toThrow('code 78');
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
    await waitUntilKept(first.page, ['screens', 'scan', 'import']);
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
