import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';

type Part = 'screens' | 'scan' | 'sheets' | 'import';

/** Files of the build that name the others' digests. */
const lists = new Set(['sw.js', 'offline-files.json']);

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** Waits until the service worker runs and the page has stored all files of these parts. */
export async function waitUntilKept(page: Page, parts: readonly Part[]): Promise<void> {
  await expect.poll(() => listMissing(page, parts), { timeout: 60_000 }).toEqual([]);
}

/** On the first screen, agrees to fetch what scanning and answer sheets need, and waits until it is there. */
export async function keepFromWelcome(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Keep for offline use' }).click();
  await waitUntilKept(page, ['screens', 'scan', 'sheets']);
}

/** Paths of the parts' files that the device lacks; everything while there is no service worker yet. */
export function listMissing(page: Page, parts: readonly Part[]): Promise<string[]> {
  return page.evaluate(async (wanted: readonly string[]) => {
    const all: { path: string; part: string; variant?: string }[] = await (await fetch('/offline-files.json')).json();
    // This browser runs every form of a runtime that its machine has the cores for, and keeps the last of them.
    const forms = ['wasm', 'wasm-simd', ...(navigator.hardwareConcurrency >= 4 ? ['wasm-threads'] : [])];
    const best = forms.findLast((form) => all.some(({ variant }) => variant === form));
    const files = all.filter(({ variant }) => variant === undefined || variant === best);
    const cache = await caches.open('papel-runtime');
    const stored = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
    const ready = navigator.serviceWorker.controller !== null;
    return files
      .filter(({ path, part }) => wanted.includes(part) && !(ready && stored.has(path)))
      .map(({ path }) => path);
  }, parts);
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
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
  const files = readdirSync(join(folder, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:js|css|html|json)$/.test(name))
    // The lists of digests come last, when the files are what they will be.
    .toSorted((a, b) => Number(lists.has(a)) - Number(lists.has(b)));
  const digests = new Map<string, string>();
  for (const file of files) {
    const path = join(folder, 'app', file);
    let text = readFileSync(path, 'utf8');
    for (const [from, to] of renamed) text = text.replaceAll(from, to);
    if (lists.has(file)) for (const [from, to] of digests) text = text.replaceAll(from, to);
    else digests.set(digestOf(readFileSync(path, 'utf8')), digestOf(text));
    // The revisions of files without a hash in their name follow the content, which is another one now.
    if (file === 'sw.js') text = text.replaceAll(/(revision:["`'])../g, `$1${mark}`);
    writeFileSync(path, text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
