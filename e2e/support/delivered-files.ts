import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';

/** What `npm run build` made. */
export const dist = fileURLToPath(new URL('../../dist', import.meta.url));
/** Name of OpenCV's wasm in the build. */
export const openCv = readdirSync(join(dist, 'app/assets')).find((name) => /^opencv-.*\.wasm$/.test(name)) ?? 'missing';

/** What the browser says of answers that the test breaks off or refuses. */
export const brokenLine = /net::ERR_|status of 50\d/;

/** Paths in a cache of the page's origin. */
export function listCache(page: Page, name: string): Promise<string[]> {
  return page.evaluate(async (cacheName) => {
    const keys = await (await caches.open(cacheName)).keys();
    return keys.map((request) => new URL(request.url).pathname);
  }, name);
}

/** Expects that OpenCV is on the device, byte for byte. */
export async function expectOpenCvStored(page: Page): Promise<void> {
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
