/** Runtimes and models from a CDN: another origin, whose files are of the same content or are refused. */
import { availableParallelism } from 'node:os';
import { brokenLine, expectOpenCvStored } from './support/delivered-files.ts';
import { waitUntilKept } from './support/offline.ts';
import { scanFiles } from './support/scan.ts';
import { startServer } from './support/server.ts';
import { expect, offlineTest as test } from './support/test.ts';
import { openLine, type UnsteadyLine } from './support/unsteady-line.ts';

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
    await waitUntilKept(page, ['screens', 'scan', 'sheets', 'import']);
    await expectOpenCvStored(page);
    expect(askedFor(cdn, /opencv-.*\.wasm$/).length).toBe(1);
    expect(askedFor(origin, /opencv-.*\.wasm$/)).toEqual([]);
    expect(askedFor(cdn, /\/weights-.*\.bin$/)).not.toEqual([]);
    expect(askedFor(origin, /\/weights-.*\.bin$/)).toEqual([]);
    // Of three forms, the one that this machine runs.
    const form = availableParallelism() >= 4 ? 'threaded-simd' : 'simd';
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
