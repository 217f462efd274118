import { CodedFailure } from '#contract/failures.ts';
import { keepFile } from '#src/delivery/fetch-file.ts';
import { runtimeCacheName } from '#src/delivery/runtime-cache.ts';
import { deviceVariant, filterForDevice } from '#src/delivery/wasm-variant.ts';
import { parseRuntimeFiles, type RuntimeFile } from './service-worker/runtime-files.ts';

/**
 * The list of this build's files, without those for other devices. Precached with the shell, so that list and page are
 * of one build.
 */
export async function loadRuntimeFiles(): Promise<readonly RuntimeFile[]> {
  const response = await fetch('/offline-files.json');
  if (!response.ok) throw new CodedFailure('runtime-unavailable', `offline-files.json: ${response.status}`);
  return filterForDevice(parseRuntimeFiles(await response.json()), deviceVariant());
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
 * Fetches the files of the list that the device lacks, one after the other so that a slow line finishes some of them.
 * Only one tab fetches at a time; another one waits and then finds them stored. `onBytes` is told of each piece, with
 * less than nothing when a file has to begin again.
 *
 * @throws CodedFailure `runtime-unavailable` (no network, or not the file that the list names), `storage-full`,
 *   `cancelled`
 */
export async function fetchMissing(
  files: readonly RuntimeFile[],
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => {},
): Promise<void> {
  await navigator.locks.request('papel-offline-fetch', { signal }, async () => {
    const cache = await openRuntimeCache();
    for (const file of await findMissing(cache, files)) {
      let before = 0;
      const report = (done: number): void => {
        onBytes(done - before);
        before = done;
      };
      await keepFile(file, { signal, report, priority: 'low' });
    }
  });
}
