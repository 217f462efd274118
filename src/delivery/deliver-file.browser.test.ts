/** The ways that a file comes, and does not come: a stand-in for the servers, the browser's own Cache Storage. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CodedFailure } from '#contract/failures.ts';
import { deliverFile } from './deliver-file.ts';
import type { DeliveredFile } from './delivered-file.ts';
import { digestOf } from './digest.ts';
import { fetchFile, keepFile } from './fetch-file.ts';
import { piecesCacheName, runtimeCacheName } from './runtime-cache.ts';
import { setCdnBase } from './sources.ts';

const content = Uint8Array.from({ length: 1_300_000 }, (_byte, at) => (at * 31) ^ (at >> 8));
const file: DeliveredFile = {
  path: '/assets/weights-AbCd1234.bin',
  bytes: content.length,
  sha256: await digestOf(content),
};
const tampered = content.slice();
tampered[700_000] = (tampered[700_000] ?? 0) ^ 1;
const cdn = 'https://cdn.test/papel';

/** How a source behaves: it may hold other bytes, ignore ranges, or break off after so many bytes of an answer. */
interface Source {
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly ignoresRanges?: boolean;
  readonly breaksAfter?: number;
  readonly endsEarly?: boolean;
  readonly status?: number;
  readonly hidesContentRange?: boolean;
}

interface Asked {
  readonly url: string;
  readonly range: string | null;
  readonly cache: RequestCache | undefined;
}

function answer(range: string | null, source: Source, signal?: AbortSignal | null): Response {
  const { body = content, ignoresRanges = false, status, breaksAfter, endsEarly, hidesContentRange } = source;
  if (status !== undefined) return new Response('no', { status });
  const from = ignoresRanges ? 0 : Number(/\d+/.exec(range ?? '0')?.[0]);
  if (from >= body.length) return new Response(null, { status: 416 });
  const rest = body.subarray(from, breaksAfter === undefined ? undefined : from + breaksAfter);
  let at = 0;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      // Pieces come one at a time, as from a line.
      await new Promise((resolve) => setTimeout(resolve));
      if (signal?.aborted) controller.error(signal.reason);
      else if (at < rest.length) controller.enqueue(rest.slice(at, (at += 100_000)));
      else if (from + rest.length < body.length && !endsEarly) controller.error(new TypeError('network error'));
      else controller.close();
    },
  });
  const part = from > 0 || (range !== null && !ignoresRanges);
  const headers = new Headers({
    'Content-Type': 'application/octet-stream',
    'X-From': 'test',
    'Content-Encoding': 'br',
  });
  if (part && !hidesContentRange) headers.set('Content-Range', `bytes ${from}-${body.length - 1}/${body.length}`);
  return new Response(stream, { status: part ? 206 : 200, headers });
}

/** Answers by the origin's and the CDN's behaviour; a list is one per request, the last for all that follow. */
function serve(origin: Source | readonly Source[], atCdn: Source | readonly Source[] = {}): Asked[] {
  const asked: Asked[] = [];
  const queues = { origin: [origin].flat(), cdn: [atCdn].flat() };
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    init?.signal?.throwIfAborted();
    const url = addressOf(input);
    const range = new Headers(init?.headers).get('Range');
    asked.push({ url, range, cache: init?.cache });
    const queue = url.startsWith(cdn) ? queues.cdn : queues.origin;
    const source = queue.length > 1 ? queue.shift() : queue[0];
    return answer(range, source ?? {}, init?.signal);
  });
  return asked;
}

function addressOf(input: RequestInfo | URL): string {
  return typeof input === 'string' ? input : '';
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const cause: unknown = await work.then(
    () => 'no failure',
    (reason: unknown) => reason,
  );
  return cause instanceof CodedFailure ? cause.failure.code : String(cause);
}

async function stored(name = runtimeCacheName): Promise<string[]> {
  const keys = await (await caches.open(name)).keys();
  return keys.map(({ url }) => url.slice(new URL(url).origin.length));
}

async function clear() {
  setCdnBase(undefined);
  await caches.delete(runtimeCacheName);
  await caches.delete(piecesCacheName);
}

async function expectWhole(work: Promise<ArrayBuffer>) {
  expect(await digestOf(new Uint8Array(await work))).toBe(file.sha256);
}

beforeEach(clear);
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await clear();
});

test('comes from the server once, with progress, and from the device ever after', async () => {
  const asked = serve({});
  const heard: number[] = [];
  await expectWhole(fetchFile(file, { report: (done, total) => heard.push(done / total) }));
  expect(heard.length).toBe(13);
  expect(heard.at(-1)).toBe(1);
  await expectWhole(fetchFile(file));
  expect(asked).toEqual([{ url: file.path, range: null, cache: 'no-cache' }]);
  const entry = await (await caches.open(runtimeCacheName)).match(file.path);
  expect(entry?.headers.get('X-From')).toBe('test');
  expect(entry?.headers.get('Content-Encoding')).toBeNull();
  expect(entry?.headers.get('Content-Length')).toBe(String(content.length));
  expect(await stored(piecesCacheName)).toEqual([]);
});

test('goes on with a range where the line broke, within one call', async () => {
  const asked = serve([{ breaksAfter: 600_000 }, {}]);
  await expectWhole(fetchFile(file));
  expect(asked.map(({ range }) => range)).toEqual([null, 'bytes=600000-']);
});

test('goes on where an earlier call stopped, with all that had come', async () => {
  serve([{ breaksAfter: 700_000 }, { status: 503 }]);
  expect(await codeOf(fetchFile(file))).toBe('runtime-unavailable');
  expect(await stored()).toEqual([]);
  expect(await stored(piecesCacheName)).not.toEqual([]);
  const asked = serve({});
  const heard: number[] = [];
  await expectWhole(fetchFile(file, { report: (done) => heard.push(done) }));
  expect(asked.map(({ range }) => range)).toEqual(['bytes=700000-']);
  expect(heard[0]).toBeGreaterThan(700_000);
  expect(await stored(piecesCacheName)).toEqual([]);
});

test('stores a piece at least every 600 kB, so that a closed tab loses no more', async () => {
  const controller = new AbortController();
  serve({});
  let onDevice: string[] = [];
  const looks: Promise<void>[] = [];
  const report = (done: number) => {
    if (done === 1_200_000) looks.push(stored(piecesCacheName).then((keys) => void (onDevice = keys)));
  };
  await fetchFile(file, { signal: controller.signal, report });
  await Promise.all(looks);
  expect(onDevice[0]).toContain('?piece=0&');
});

test('begins again where the server knows no ranges', async () => {
  serve([{ breaksAfter: 700_000 }, { status: 503 }]);
  await codeOf(fetchFile(file));
  const asked = serve({ ignoresRanges: true });
  await expectWhole(fetchFile(file));
  expect(asked.map(({ range }) => range)).toEqual(['bytes=700000-']);
});

test('takes a range whose header another origin does not show', async () => {
  setCdnBase(cdn);
  const asked = serve({}, [{ breaksAfter: 600_000 }, { hidesContentRange: true }]);
  await expectWhole(fetchFile(file));
  expect(asked.map(({ url }) => url)).toEqual([`${cdn}${file.path}`, `${cdn}${file.path}`]);
});

test('begins again where a server sends another part than it was asked for', async () => {
  serve([{ breaksAfter: 700_000 }, { status: 503 }]);
  await codeOf(fetchFile(file));
  const asked: (string | null)[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation((_input, init) => {
    const range = new Headers(init?.headers).get('Range');
    asked.push(range);
    return Promise.resolve(answer(range === null ? null : 'bytes=5-', {}));
  });
  await expectWhole(fetchFile(file));
  expect(asked).toEqual(['bytes=700000-', null]);
});

test('a slow line is no dead one', async () => {
  const wait = globalThis.setTimeout;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let piece = 0;
    vi.spyOn(globalThis, 'fetch').mockImplementation((_input, init) => {
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 20_000));
          if (init?.signal?.aborted) controller.error(init.signal.reason);
          else if (piece < 4) controller.enqueue(content.slice(piece * 325_000, (piece += 1) * 325_000));
          else controller.close();
        },
      });
      return Promise.resolve(new Response(body));
    });
    const work = fetchFile(file);
    for (let seconds = 0; seconds < 120; seconds += 5) {
      await vi.advanceTimersByTimeAsync(5_000);
      // Storing the pieces takes time of the clock on the wall.
      await new Promise((resolve) => wait(resolve, 50));
    }
    await expectWhole(work);
    expect(vi.mocked(fetch)).toHaveBeenCalledTimes(1);
  } finally {
    vi.useRealTimers();
  }
});

test('is never returned nor stored when a byte is another one', async () => {
  const asked = serve({ body: tampered });
  expect(await codeOf(fetchFile(file))).toBe('runtime-unavailable');
  expect(await stored()).toEqual([]);
  expect(await stored(piecesCacheName)).toEqual([]);
  expect(asked.map(({ cache }) => cache)).toEqual(['no-cache', 'reload']);
});

test.each<[string, Source]>([
  ['shorter', { body: content.slice(0, 900_000) }],
  ['shorter, from a server without ranges', { body: content.slice(0, 900_000), ignoresRanges: true }],
  ['a page that says something else', { body: new TextEncoder().encode('<!doctype html>') }],
])('is never returned nor stored when it is %s', async (_what, source) => {
  serve(source);
  expect(await codeOf(fetchFile(file))).toBe('runtime-unavailable');
  expect(await stored()).toEqual([]);
  serve({});
  await expectWhole(fetchFile(file));
});

test('is refused as soon as it is longer than listed', async () => {
  const longer = new Uint8Array(3_000_000);
  longer.set(content);
  const heard: number[] = [];
  serve({ body: longer });
  expect(await codeOf(fetchFile(file, { report: (done) => heard.push(done) }))).toBe('runtime-unavailable');
  expect(Math.max(...heard)).toBeLessThanOrEqual(content.length);
});

test('an answer that ends early without an error is gone on with', async () => {
  const asked = serve([{ breaksAfter: 600_000, endsEarly: true }, {}]);
  await expectWhole(fetchFile(file));
  expect(asked.map(({ range }) => range)).toEqual([null, 'bytes=600000-']);
});

test('is fetched anew where the device has it damaged', async () => {
  const cache = await caches.open(runtimeCacheName);
  await cache.put(file.path, new Response(tampered));
  const asked = serve({});
  await expectWhole(fetchFile(file));
  expect(asked.length).toBe(1);
  expect(new Uint8Array((await (await cache.match(file.path))?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(content);
});

test('is not spoilt by pieces that were of something else', async () => {
  serve([{ body: tampered, breaksAfter: 800_000 }, { status: 503 }]);
  await codeOf(fetchFile(file));
  const asked = serve({});
  await expectWhole(fetchFile(file));
  expect(asked.map(({ range }) => range)).toEqual(['bytes=800000-', null]);
});

test('comes from the CDN first', async () => {
  setCdnBase(cdn);
  const asked = serve({});
  await expectWhole(fetchFile(file));
  expect(asked.map(({ url }) => url)).toEqual([`${cdn}${file.path}`]);
  const entry = await (await caches.open(runtimeCacheName)).match(file.path);
  expect(entry?.headers.get('X-From'), 'headers of another origin are not taken over').toBeNull();
  expect(entry?.headers.get('Content-Type')).toBe('application/octet-stream');
});

test.each<[string, Source]>([
  ['is down', { status: 500 }],
  ['has not the file', { status: 404 }],
  ['has it tampered with', { body: tampered }],
  ['has it cut', { body: content.slice(0, 1000) }],
])('comes from the own origin when the CDN %s', async (_what, atCdn) => {
  setCdnBase(cdn);
  const asked = serve({}, atCdn);
  await expectWhole(fetchFile(file));
  expect(asked[0]?.url).toBe(`${cdn}${file.path}`);
  expect(asked.at(-1)?.url).toBe(file.path);
});

test('goes on at the own origin where the CDN broke off', async () => {
  setCdnBase(cdn);
  const asked = serve({}, [{ breaksAfter: 500_000 }, { status: 500 }]);
  await expectWhole(fetchFile(file));
  expect(asked.at(-1)).toMatchObject({ url: file.path, range: 'bytes=500000-' });
});

test('a script comes from the own origin only, with the headers that it runs under', async () => {
  setCdnBase(cdn);
  const asked = serve({});
  await fetchFile({ ...file, path: '/assets/worker-AbCd1234.js' });
  expect(asked.map(({ url }) => url)).toEqual(['/assets/worker-AbCd1234.js']);
});

test('a source on which nothing comes any more is given up', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const asked: string[] = [];
    vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
      asked.push(addressOf(input));
      if (!addressOf(input).startsWith(cdn)) return Promise.resolve(new Response(content));
      return new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      });
    });
    const work = deliverFile(file, { sources: [`${cdn}${file.path}`, file.path], unavailable: 'model-unavailable' });
    await vi.waitFor(() => expect(asked.length).toBe(1));
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await work).bytes.length).toBe(file.bytes);
    expect(asked).toEqual([`${cdn}${file.path}`, file.path]);
  } finally {
    vi.useRealTimers();
  }
});

test('is shared by all who want it at once; each has a buffer of its own and hears of the progress', async () => {
  const asked = serve({});
  let heard = 0;
  const [first, second] = await Promise.all([fetchFile(file), fetchFile(file, { report: () => (heard += 1) })]);
  expect(asked.length).toBe(1);
  expect(heard).toBeGreaterThan(0);
  structuredClone(first, { transfer: [first] });
  expect(first.byteLength).toBe(0);
  expect(second.byteLength).toBe(file.bytes);
});

test('one of two may leave; the download ends when both have left, and keeps what came', async () => {
  const controllers = [new AbortController(), new AbortController(), new AbortController()];
  const [one, two, three] = controllers;
  const asked = serve([{}, {}]);
  const left = codeOf(fetchFile(file, { signal: one?.signal }));
  const stays = fetchFile(file, { signal: two?.signal });
  one?.abort();
  expect(await left).toBe('cancelled');
  await expectWhole(stays);
  expect(asked.length).toBe(1);

  await clear();
  const report = (done: number) => {
    if (done >= 600_000) three?.abort();
  };
  expect(await codeOf(fetchFile(file, { signal: three?.signal, report }))).toBe('cancelled');
  await expect.poll(() => stored(piecesCacheName)).not.toEqual([]);
  const again = serve({});
  await expectWhole(fetchFile(file));
  expect(Number(/\d+/.exec(again[0]?.range ?? '')?.[0])).toBeGreaterThanOrEqual(600_000);
});

test('a signal that has ended before asks for nothing', async () => {
  const asked = serve({});
  expect(await codeOf(fetchFile(file, { signal: AbortSignal.abort() }))).toBe('cancelled');
  expect(asked).toEqual([]);
  const options = { sources: [file.path], unavailable: 'model-unavailable' } as const;
  expect(await codeOf(deliverFile(file, { ...options, signal: AbortSignal.abort() }))).toBe('cancelled');
});

test('is returned where nothing can be stored, and refused to who has to keep it', async () => {
  serve({});
  vi.spyOn(Cache.prototype, 'put').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
  await expectWhole(fetchFile(file));
  expect(await codeOf(keepFile(file))).toBe('storage-full');
});

test('is returned where there is no Cache Storage, no lock and no digest of the browser', async () => {
  serve({});
  vi.spyOn(caches, 'open').mockRejectedValue(new DOMException('no', 'SecurityError'));
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('crypto', {});
  const bytes = await fetchFile(file);
  serve({ body: tampered });
  expect(await codeOf(fetchFile(file))).toBe('runtime-unavailable');
  vi.unstubAllGlobals();
  expect(await digestOf(new Uint8Array(bytes))).toBe(file.sha256);
});

test('has the code of a model where it is one', async () => {
  serve({ status: 404 });
  expect(await codeOf(fetchFile(file, { unavailable: 'model-unavailable' }))).toBe('model-unavailable');
});
