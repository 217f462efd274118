import { CodedFailure } from '#contract/failures.ts';
import { parseRuntimeFiles, runtimeCacheName, type RuntimeFile } from './service-worker/runtime-files.ts';

/** The list of this build's files. Precached with the shell, so that list and page are of one build. */
export async function loadRuntimeFiles(): Promise<readonly RuntimeFile[]> {
  const response = await fetch('/offline-files.json');
  if (!response.ok) throw new CodedFailure('runtime-unavailable', `offline-files.json: ${response.status}`);
  return parseRuntimeFiles(await response.json());
}

export function openRuntimeCache(): Promise<Cache> {
  return caches.open(runtimeCacheName);
}

/** Files of the list that the device does not have yet. */
export async function findMissing(cache: Cache, files: readonly RuntimeFile[]): Promise<readonly RuntimeFile[]> {
  const stored = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  return files.filter(({ path }) => !stored.has(path));
}

/**
 * Fetches one file and stores it once it is whole: as long as the list says. `onBytes` is told of each piece.
 *
 * @throws CodedFailure `runtime-unavailable` (no network, or not the file that the list names), `storage-full`,
 *   `cancelled`
 */
async function fetchFile(
  cache: Cache,
  file: RuntimeFile,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  let response: Response;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    // `no-cache` tells the service worker to leave this one alone (it would store it too), and lets the browser's own
    // cache answer what the server confirms.
    response = await fetch(file.path, { signal, cache: 'no-cache', priority: 'low' });
    if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
    const reader = response.body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      pieces.push(piece.value);
      length += piece.value.length;
      onBytes(piece.value.length);
    }
  } catch (cause) {
    if (signal.aborted) throw new CodedFailure('cancelled', `${file.path}: cancelled`, undefined, cause);
    throw new CodedFailure('runtime-unavailable', `${file.path}: ${String(cause)}`, undefined, cause);
  }
  if (length !== file.bytes) {
    throw new CodedFailure('runtime-unavailable', `${file.path}: ${length} bytes instead of ${file.bytes}`);
  }
  // The stored body is unpacked. The other headers stay: a worker's script brings its own content security policy.
  const headers = new Headers(response.headers);
  headers.delete('Content-Encoding');
  headers.set('Content-Length', String(length));
  try {
    await cache.put(file.path, new Response(new Blob(pieces), { headers }));
  } catch (cause) {
    throw new CodedFailure('storage-full', `${file.path}: ${String(cause)}`, undefined, cause);
  }
}

/**
 * Fetches the files of the list that the device lacks, one after the other so that a slow line finishes some of them.
 * Only one tab fetches at a time; another one waits and then finds them stored. Throws as `fetchFile` does.
 */
export async function fetchMissing(
  files: readonly RuntimeFile[],
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => {},
): Promise<void> {
  await navigator.locks.request('papel-offline-fetch', { signal }, async () => {
    const cache = await openRuntimeCache();
    for (const file of await findMissing(cache, files)) await fetchFile(cache, file, signal, onBytes);
  });
}
