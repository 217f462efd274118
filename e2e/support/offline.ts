import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';

type Part = 'screens' | 'scan' | 'import';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** Waits until the service worker runs and the page has stored all files of these parts. */
export async function waitUntilKept(page: Page, parts: readonly Part[]): Promise<void> {
  await expect.poll(() => listMissing(page, parts), { timeout: 60_000 }).toEqual([]);
}

/** Paths of the parts' files that the device lacks; everything while there is no service worker yet. */
export function listMissing(page: Page, parts: readonly Part[]): Promise<string[]> {
  return page.evaluate(async (wanted: readonly string[]) => {
    const files: { path: string; part: string }[] = await (await fetch('/offline-files.json')).json();
    const cache = await caches.open('papel-runtime');
    const stored = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
    const ready = navigator.serviceWorker.controller !== null;
    return files
      .filter(({ path, part }) => wanted.includes(part) && !(ready && stored.has(path)))
      .map(({ path }) => path);
  }, parts);
}

/**
 * Makes a later version of the built app: the same code under other hashed names, as if every source had changed.
 *
 * @param mark two characters that the version's names carry
 * @returns a folder to start a server from, and how to remove it
 */
export function makeNextVersion(mark: string): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'papel-version-'));
  cpSync(dist, folder, { recursive: true, filter: (path) => !/\.(?:br|gz)$/.test(path) });
  const assets = join(folder, 'app/assets');
  const renamed = readdirSync(assets).map((name) => [name, name.replace(/..(\.\w+)$/, `${mark}$1`)] as const);
  for (const [from, to] of renamed) renameSync(join(assets, from), join(assets, to));
  const files = readdirSync(join(folder, 'app'), { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => /\.(?:js|css|html|json)$/.test(name))) {
    const path = join(folder, 'app', file);
    let text = readFileSync(path, 'utf8');
    for (const [from, to] of renamed) text = text.replaceAll(from, to);
    // The revisions of files without a hash in their name follow the content, which is another one now.
    if (file === 'sw.js') text = text.replaceAll(/(revision:["`'])../g, `$1${mark}`);
    writeFileSync(path, text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
