/**
 * The only way by which runtimes, models and the chunks kept for offline use come to this device, in the page and in
 * the service worker.
 *
 * [Note: Delivery] A file counts only when it is as long as the build says and has the digest that the build says;
 * before that nobody sees it. What comes in is kept piece by piece, so that a later try goes on where this one broke.
 * What turns out to be another file is thrown away whole, and asked for once more past the browser's own cache, then at
 * the next source. decisions/0009-verified-delivery.md has the reasons.
 */
import { CodedFailure } from '#contract/failures.ts';
import type { DeliveredFile, DeliveryOptions } from './delivered-file.ts';
import { digestOf } from './digest.ts';
import { PartialFile } from './partial-file.ts';
import { openCache, runtimeCacheName } from './runtime-cache.ts';

export interface SourceOptions extends DeliveryOptions {
  /** Addresses to ask, in order. */
  readonly sources: readonly string[];
  /** What to call it when no source has the file. */
  readonly unavailable: 'runtime-unavailable' | 'model-unavailable' | 'language-unavailable';
  readonly priority?: RequestPriority | undefined;
}

export interface Delivery {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What it is to be answered with. */
  readonly headers: Headers;
  /** `undefined` when the file is on the device now; else why it could not be stored. */
  readonly notStored: Error | undefined;
}

/** A line on which nothing came for so long is dead. */
const silenceMs = 30_000;
/** A source that breaks off is asked again as long as each try brings something. */
const mostTries = 4;

/** The source answered with something that is not the file. */
class WrongContent extends Error {}

/**
 * Gets a file: from the device, else from the first source that has it, and stores it.
 *
 * @throws CodedFailure `unavailable` where no source has the file as the build knows it, `cancelled`
 */
export async function deliverFile(file: DeliveredFile, options: SourceOptions): Promise<Delivery> {
  const cache = await openCache(runtimeCacheName);
  const stored = await readStored(cache, file);
  if (stored !== undefined) return stored;

  const partial = await PartialFile.open(file);
  const reasons: unknown[] = [];
  for (const source of options.sources) {
    try {
      const bytes = await fetchVerified(source, file, partial, options);
      const headers = new Headers(partial.headers);
      headers.set('Content-Length', String(bytes.length));
      // First the pieces go, so that the file need not have room twice.
      await partial.discard();
      return { bytes, headers, notStored: await store(cache, file, bytes, headers) };
    } catch (cause) {
      if (options.signal?.aborted) throw new CodedFailure('cancelled', `${file.path}: cancelled`, undefined, cause);
      reasons.push(cause);
    }
  }
  const message = `${file.path}: ${reasons.map(String).join('; ')}`;
  throw new CodedFailure(options.unavailable, message, undefined, reasons.at(-1));
}

/** A stored file is verified again: what the device has may be of a time before this code, or damaged. */
async function readStored(cache: Cache | undefined, file: DeliveredFile): Promise<Delivery | undefined> {
  const response = await cache?.match(file.path, { ignoreVary: true });
  if (response === undefined) return undefined;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (await isWhole(file, bytes)) return { bytes, headers: response.headers, notStored: undefined };
  await cache?.delete(file.path);
  return undefined;
}

async function isWhole(file: DeliveredFile, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return bytes.length === file.bytes && (await digestOf(bytes)) === file.sha256;
}

/** Asks one source until it has given the whole file, or fails. */
async function fetchVerified(
  source: string,
  file: DeliveredFile,
  partial: PartialFile,
  options: SourceOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await fetchRest(source, file, partial, options, 'no-cache');
  } catch (cause) {
    if (!(cause instanceof WrongContent)) throw cause;
    // Earlier pieces may have been of something else, or the browser's own cache is damaged.
    await partial.discard();
    return await fetchRest(source, file, partial, options, 'reload').catch(async (again: unknown) => {
      if (again instanceof WrongContent) await partial.discard();
      throw again;
    });
  }
}

async function fetchRest(
  source: string,
  file: DeliveredFile,
  partial: PartialFile,
  options: SourceOptions,
  cache: RequestCache,
): Promise<Uint8Array<ArrayBuffer>> {
  for (let tries = 1; partial.length < file.bytes; tries += 1) {
    const before = partial.length;
    try {
      await receive(source, file, partial, options, cache);
    } catch (cause) {
      await partial.store();
      if (cause instanceof WrongContent || options.signal?.aborted) throw cause;
      if (partial.length <= before || tries >= mostTries) throw cause;
    }
  }
  const bytes = partial.join();
  if (!(await isWhole(file, bytes))) throw new WrongContent(`${source}: not the content that the build lists`);
  return bytes;
}

/** Takes in one answer. Resolves when it has ended, with the whole file or less. */
async function receive(
  source: string,
  file: DeliveredFile,
  partial: PartialFile,
  { signal, report, priority }: SourceOptions,
  cache: RequestCache,
): Promise<void> {
  const silence = new SilenceWatch(signal);
  try {
    const from = partial.length;
    const response = await fetch(source, {
      // Both tell the service worker to leave this one alone: it would store it too.
      cache,
      signal: silence.signal,
      credentials: 'same-origin',
      headers: from === 0 ? {} : { Range: `bytes=${from}-` },
      ...(priority === undefined ? {} : { priority }),
    });
    await checkAnswer(source, response, partial);
    const headers = storedHeaders(source, response.headers);
    const reader = response.body?.getReader();
    for (let chunk = await reader?.read(); chunk?.value !== undefined; chunk = await reader?.read()) {
      silence.restart();
      await partial.append(chunk.value, headers);
      if (partial.length > file.bytes) throw new WrongContent(`${source}: longer than ${file.bytes} bytes`);
      report?.(partial.length, file.bytes);
    }
    // A broken line makes most browsers' readers fail, but not all. If the file is that short, the next range is not there.
    if (partial.length < file.bytes) throw new Error(`${source}: ended after ${partial.length} of ${file.bytes} bytes`);
  } finally {
    silence.end();
  }
}

/** Says whether the answer's body goes on from where `partial` ends; begins again where the server does. */
async function checkAnswer(source: string, response: Response, partial: PartialFile): Promise<void> {
  if (response.status === 416) throw new WrongContent(`${source}: shorter than ${partial.length} bytes`);
  if (!response.ok) throw new Error(`${source}: status ${response.status}`);
  if (response.status !== 206) {
    if (partial.length > 0) await partial.discard();
    return;
  }
  // Other origins show this header only when they mean to; the digest proves the rest.
  const start = /^bytes (\d+)-/.exec(response.headers.get('Content-Range') ?? '')?.[1];
  if (start !== undefined && Number(start) !== partial.length) {
    throw new WrongContent(`${source}: a part from ${start} instead of ${partial.length}`);
  }
}

/**
 * The stored body is unpacked and whole. The app's own other headers stay: a worker's script brings its policy with it.
 * Of another origin nothing but the type is taken.
 */
function storedHeaders(source: string, received: Headers): Headers {
  if (!source.startsWith('/')) return new Headers({ 'Content-Type': received.get('Content-Type') ?? '' });
  const headers = new Headers(received);
  for (const name of ['Content-Encoding', 'Content-Range', 'Content-Length']) headers.delete(name);
  return headers;
}

/** @returns why the file could not be stored, if so. */
async function store(
  cache: Cache | undefined,
  file: DeliveredFile,
  bytes: Uint8Array<ArrayBuffer>,
  headers: Headers,
): Promise<Error | undefined> {
  if (cache === undefined) return new Error('This browser has no Cache Storage here.');
  try {
    await cache.put(file.path, new Response(new Blob([bytes]), { headers }));
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}

/** Ends a request on which nothing comes any more, and the one that its caller ends. */
class SilenceWatch {
  readonly #controller = new AbortController();
  readonly #callers: AbortSignal | undefined;
  readonly #stop = () => this.#controller.abort();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(callers: AbortSignal | undefined) {
    this.#callers = callers;
    if (callers?.aborted) this.#stop();
    callers?.addEventListener('abort', this.#stop);
    this.restart();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#stop, silenceMs);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#callers?.removeEventListener('abort', this.#stop);
  }
}
