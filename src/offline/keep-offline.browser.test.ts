/** "Keep for offline use", by capability, with a stand-in for the server; each test is a tab of its own. */
import { createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { digestOf } from '#src/delivery/digest.ts';
import { piecesCacheName, runtimeCacheName } from '#src/delivery/runtime-cache.ts';
import { readChoice, type RuntimeFile } from './service-worker/runtime-files.ts';

const bodies: Readonly<Record<string, string>> = {
  '/assets/library-aaaaaaaa.js': 'screen',
  '/assets/opencv-bbbbbbbb.wasm': 'wasm',
  '/assets/tfjs-simd-cccccccc.wasm': 'simd',
  '/assets/tfjs-plain-cccccccc.wasm': 'plain',
  '/assets/zxing_reader-eeeeeeee.wasm': 'codes',
  '/assets/open-tiff-dddddddd.js': 'tiff decoder',
};
const partOf = (path: string): RuntimeFile['part'] =>
  path.includes('library') ? 'screens' : path.includes('zxing') ? 'sheets' : path.includes('tiff') ? 'import' : 'scan';
const list: readonly RuntimeFile[] = await Promise.all(
  Object.entries(bodies).map(async ([path, body]) => {
    const content = new TextEncoder().encode(body);
    const variant = /simd/.test(path) ? 'wasm-simd' : /plain/.test(path) ? 'wasm' : undefined;
    return {
      path,
      bytes: content.length,
      // As if packed to half.
      lineBytes: Math.ceil(content.length / 2),
      sha256: await digestOf(content),
      part: partOf(path),
      ...(variant && { variant }),
    };
  }),
);

/** Answers with the list and its files; `intercept` may do otherwise. */
function serve(
  intercept: (path: string, signal?: AbortSignal | null) => Promise<Response> | undefined = () => undefined,
) {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const path = typeof input === 'string' ? input : '';
    if (path === '/offline-files.json') return Response.json(list);
    return (await intercept(path, init?.signal)) ?? new Response(bodies[path]);
  });
}

type KeepOffline = typeof import('./keep-offline.ts');
let root: Root | undefined;
let tabs = 0;

/** Opens the settings of a fresh tab. */
async function openTab(): Promise<{ keep: KeepOffline; shown: () => ReturnType<KeepOffline['useOfflineState']> }> {
  // Another address is another instance of the module: `vi.resetModules` does nothing in a browser.
  tabs += 1;
  const keep: KeepOffline = await import(/* @vite-ignore */ `./keep-offline.ts?tab=${tabs}`);
  let latest: ReturnType<KeepOffline['useOfflineState']> | undefined;
  const Probe = () => {
    latest = keep.useOfflineState();
    return undefined;
  };
  root = createRoot(document.createElement('div'));
  root.render(createElement(Probe));
  await expect.poll(() => latest?.status).toBe('measured');
  return {
    keep,
    shown: () => {
      if (latest === undefined) throw new Error('Nothing is shown yet.');
      return latest;
    },
  };
}

async function storedPaths(): Promise<readonly string[]> {
  const keys = await (await caches.open(runtimeCacheName)).keys();
  return keys.map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith('/assets/'));
}

async function choice() {
  return readChoice(await caches.open(runtimeCacheName));
}

async function clear() {
  await caches.delete(runtimeCacheName);
  await caches.delete(piecesCacheName);
}

beforeEach(async () => {
  await clear();
  vi.spyOn(navigator.storage, 'persist').mockResolvedValue(true);
});

afterEach(async () => {
  root?.unmount();
  vi.restoreAllMocks();
  await clear();
});

test('counts what each capability needs on this device, and not the forms for others', async () => {
  serve();
  const { shown } = await openTab();
  expect(shown().files.scan).toMatchObject({ status: 'incomplete', bytes: 0, total: 14, lineBytes: 7 });
  expect(shown().files.import).toMatchObject({ status: 'incomplete', bytes: 0, total: 12, lineBytes: 6 });
});

test('keeps one capability and leaves the other', async () => {
  serve();
  const { shown } = await openTab();
  await shown().start(['import']);
  await expect.poll(() => shown().files.import.status).toBe('kept');
  expect(shown().files.scan.status).toBe('incomplete');
  expect(await storedPaths()).toEqual(['/assets/open-tiff-dddddddd.js']);
  expect(await choice()).toMatchObject({ wishes: { import: 'keep' }, parts: ['import'] });
  expect(vi.mocked(navigator.storage.persist)).toHaveBeenCalledTimes(1);
});

test('keeps all, one after the other', async () => {
  let release = () => {};
  const held = new Promise<undefined>((resolve) => (release = () => resolve(undefined)));
  serve((path) => (path.includes('opencv') ? held.then(() => new Response(bodies[path])) : undefined));
  const { shown } = await openTab();
  const done = shown().start(['scan', 'import']);
  await expect.poll(() => shown().files.scan.status).toBe('fetching');
  expect(shown().files.import.status).toBe('waiting');
  release();
  await done;
  await expect.poll(() => shown().files.import.status).toBe('kept');
  expect(shown().files.scan).toMatchObject({ status: 'kept', bytes: 14, total: 14 });
  expect((await storedPaths()).some((path) => path.includes('plain'))).toBe(false);
});

test('says why it stopped, keeps what came, and goes on when asked', async () => {
  serve((path) => (path.includes('opencv') ? Promise.resolve(new Response('no', { status: 503 })) : undefined));
  const { shown } = await openTab();
  await shown().start(['scan']);
  await expect.poll(() => shown().files.scan.failure?.code).toBe('runtime-unavailable');
  expect(shown().files.scan).toMatchObject({ status: 'incomplete', bytes: 6 });
  serve();
  await shown().start(['scan']);
  await expect.poll(() => shown().files.scan).toMatchObject({ status: 'kept', failure: undefined });
});

test('what failed before the user waits for them; the background leaves it alone and shows what else it brings', async () => {
  serve((path) => (path.includes('opencv') ? Promise.resolve(new Response('no', { status: 503 })) : undefined));
  const { keep, shown } = await openTab();
  await shown().start(['scan']);
  await expect.poll(() => shown().files.scan.failure?.code).toBe('runtime-unavailable');
  serve();
  await keep.resumeKeeping();
  await keep.fetchInBackground(['screens', 'scan', 'sheets', 'import']);
  await expect.poll(() => shown().files.import.status).toBe('kept');
  expect(shown().files.scan).toMatchObject({ status: 'incomplete', failure: { code: 'runtime-unavailable' } });
  expect(await storedPaths()).not.toContain('/assets/opencv-bbbbbbbb.wasm');
  expect(await storedPaths()).not.toContain('/assets/zxing_reader-eeeeeeee.wasm');
});

test('says that it does not fit before anything is fetched', async () => {
  serve();
  vi.spyOn(navigator.storage, 'estimate').mockResolvedValue({ quota: 10, usage: 5 });
  const { shown } = await openTab();
  await shown().start(['scan']);
  await expect.poll(() => shown().files.scan.failure?.code).toBe('storage-full');
  expect(await storedPaths()).toEqual([]);
});

test('stops one and goes on with the other; the stopped one does not come back by itself', async () => {
  serve((path, signal) => {
    if (!path.includes('opencv')) return undefined;
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    });
  });
  const { shown } = await openTab();
  const done = shown().start(['scan', 'import']);
  await expect.poll(() => shown().files.scan.status).toBe('fetching');
  await shown().cancel('scan');
  await done;
  await expect.poll(() => shown().files.import.status).toBe('kept');
  expect(shown().files.scan).toMatchObject({ status: 'incomplete', failure: undefined });
  expect((await choice()).wishes).toEqual({ import: 'keep' });
});

test('a tab opened later goes on with what was wished for', async () => {
  serve(() => Promise.resolve(new Response('no', { status: 503 })));
  const first = await openTab();
  await first.shown().start(['import']);
  root?.unmount();
  serve();
  const { keep, shown } = await openTab();
  await keep.resumeKeeping();
  await expect.poll(() => shown().files.import.status).toBe('kept');
  expect(shown().files.scan.status).toBe('incomplete');
});

test('gives the space of one back, and notes that it is not to come by itself', async () => {
  serve();
  const { shown } = await openTab();
  await shown().start(['scan', 'import']);
  await shown().remove(['scan']);
  await expect.poll(() => shown().files.scan).toMatchObject({ status: 'incomplete', bytes: 6 });
  expect(await storedPaths()).toEqual(['/assets/library-aaaaaaaa.js', '/assets/open-tiff-dddddddd.js']);
  expect(await choice()).toMatchObject({ wishes: { scan: 'remove', import: 'keep' }, parts: ['screens', 'import'] });
});

test('answer sheets need the scanner too: it stays without them, they go with it', async () => {
  serve();
  const { shown } = await openTab();
  await shown().start(['sheets']);
  await expect.poll(() => shown().files.scan.status).toBe('kept');
  await shown().remove(['sheets']);
  expect(await storedPaths()).not.toContain('/assets/zxing_reader-eeeeeeee.wasm');
  await expect.poll(() => shown().files.scan.status).toBe('kept');
  await shown().start(['sheets']);
  await shown().remove(['scan']);
  await expect.poll(() => shown().files.sheets.status).toBe('incomplete');
  // Else the next start would fetch the scanner again.
  expect((await choice()).wishes).toMatchObject({ scan: 'remove', sheets: 'remove' });
});
