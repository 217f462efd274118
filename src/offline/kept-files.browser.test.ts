import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CodedFailure } from '#contract/failures.ts';
import { fetchMissing, findMissing, openRuntimeCache } from './kept-files.ts';
import { digestOf } from '#src/delivery/digest.ts';
import { piecesCacheName, runtimeCacheName } from '#src/delivery/runtime-cache.ts';
import type { RuntimeFile } from './service-worker/runtime-files.ts';

const sha256Of = (text: string) => digestOf(new TextEncoder().encode(text));
const files: readonly RuntimeFile[] = [
  { path: '/assets/one-aaaaaaaa.js', bytes: 3, lineBytes: 3, sha256: await sha256Of('one'), part: 'screens' },
  { path: '/assets/two-bbbbbbbb.wasm', bytes: 5, lineBytes: 5, sha256: await sha256Of('wasm!'), part: 'scan' },
  { path: '/assets/three-cccccccc.js', bytes: 4, lineBytes: 4, sha256: await sha256Of('tiff'), part: 'import' },
];

function pathOf(input: RequestInfo | URL): string {
  return typeof input === 'string' ? input : '';
}

/** What the server has: a body for a path, sent in pieces of one byte. */
function serve(bodies: Readonly<Record<string, string>>) {
  return vi.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    const body = bodies[pathOf(input)];
    if (body === undefined) return Promise.resolve(new Response('404', { status: 404 }));
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (const piece of new TextEncoder().encode(body)) controller.enqueue(Uint8Array.of(piece));
        controller.close();
      },
    });
    const headers = {
      'Content-Encoding': 'br',
      'Content-Length': '2',
      'Content-Security-Policy': "default-src 'self'",
    };
    return Promise.resolve(new Response(stream, { headers }));
  });
}

const everything = {
  '/assets/one-aaaaaaaa.js': 'one',
  '/assets/two-bbbbbbbb.wasm': 'wasm!',
  '/assets/three-cccccccc.js': 'tiff',
};

const never = new AbortController().signal;

async function failureOf(work: Promise<void>): Promise<string> {
  const cause: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return cause instanceof CodedFailure ? cause.failure.code : String(cause);
}

async function clear() {
  await caches.delete(runtimeCacheName);
  await caches.delete(piecesCacheName);
}

beforeEach(clear);

afterEach(async () => {
  vi.restoreAllMocks();
  await clear();
});

test('stores what is missing, counts its bytes, and asks for nothing twice', async () => {
  const fetched = serve(everything);
  let bytes = 0;
  await fetchMissing(files.slice(0, 1), never);
  await fetchMissing(files, never, (piece) => (bytes += piece));
  expect(bytes).toBe(9);
  expect(fetched.mock.calls.map(([path]) => path)).toEqual(files.map(({ path }) => path));
  expect(await findMissing(await openRuntimeCache(), files)).toEqual([]);
});

test('stores a file unpacked, with the headers that it needs as the script of a worker', async () => {
  serve(everything);
  await fetchMissing(files, never);
  const stored = await (await openRuntimeCache()).match('/assets/two-bbbbbbbb.wasm');
  expect(await stored?.text()).toBe('wasm!');
  expect(stored?.headers.get('Content-Security-Policy')).toBe("default-src 'self'");
  expect(stored?.headers.get('Content-Encoding')).toBeNull();
  expect(stored?.headers.get('Content-Length')).toBe('5');
});

test('does not store a file that is cut short, and keeps those before it', async () => {
  serve({ ...everything, '/assets/two-bbbbbbbb.wasm': 'was' });
  expect(await failureOf(fetchMissing(files, never))).toBe('runtime-unavailable');
  const missing = await findMissing(await openRuntimeCache(), files);
  expect(missing.map(({ path }) => path)).toEqual(['/assets/two-bbbbbbbb.wasm', '/assets/three-cccccccc.js']);
});

test('does not store a file of other content', async () => {
  serve({ ...everything, '/assets/two-bbbbbbbb.wasm': 'WASM!' });
  expect(await failureOf(fetchMissing(files, never))).toBe('runtime-unavailable');
  const missing = await findMissing(await openRuntimeCache(), files);
  expect(missing.map(({ path }) => path)).toEqual(['/assets/two-bbbbbbbb.wasm', '/assets/three-cccccccc.js']);
});

test('does not store an error page', async () => {
  serve({});
  expect(await failureOf(fetchMissing(files, never))).toBe('runtime-unavailable');
  expect(await findMissing(await openRuntimeCache(), files)).toEqual(files);
});

test('stops when it is cancelled, and goes on from there', async () => {
  const serveAll = serve(everything).getMockImplementation();
  const controller = new AbortController();
  // The second file is cancelled on its way, as the browser's own fetch would be.
  vi.mocked(fetch).mockImplementation(async (input, init) => {
    if (pathOf(input) === files[1]?.path) controller.abort();
    init?.signal?.throwIfAborted();
    return (await serveAll?.(input, init)) ?? Response.error();
  });
  expect(await failureOf(fetchMissing(files, controller.signal))).toBe('cancelled');
  expect(await findMissing(await openRuntimeCache(), files)).toEqual(files.slice(1));
  await fetchMissing(files, never);
  expect(await findMissing(await openRuntimeCache(), files)).toEqual([]);
});

test('says that the device is full', async () => {
  serve(everything);
  vi.spyOn(Cache.prototype, 'put').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
  expect(await failureOf(fetchMissing(files, never))).toBe('storage-full');
});

test('lets one tab fetch at a time', async () => {
  const fetched = serve(everything);
  await Promise.all([fetchMissing(files, never), fetchMissing(files, never)]);
  expect(fetched).toHaveBeenCalledTimes(3);
});
