import { useEffect, useSyncExternalStore } from 'react';
import { CodedFailure, asFailure, type Failure } from '#contract/failures.ts';
import { fetchMissing, findMissing, loadRuntimeFiles, openRuntimeCache } from './fetch-runtime.ts';
import { observe } from './observed.ts';
import { readChoice, runtimeParts, writeChoice, type RuntimePart } from './service-worker/runtime-files.ts';

/** Everything that Papel can do, kept on this device: what the settings screen shows of it. */
export interface OfflineFiles {
  /** `unavailable` where the browser has no service worker or refuses to store. */
  readonly status: 'unavailable' | 'measuring' | 'incomplete' | 'fetching' | 'kept';
  /** Bytes on the device so far, of `total`, without the shell itself. */
  readonly bytes: number;
  readonly total: number;
  /** Bytes that the browser would still give this app; `undefined` where it does not say. */
  readonly freeBytes: number | undefined;
  /** Why the last fetch stopped: `runtime-unavailable`, `storage-full`. */
  readonly failure: Failure | undefined;
}

const files = observe<OfflineFiles>({
  status: 'measuring',
  bytes: 0,
  total: 0,
  freeBytes: undefined,
  failure: undefined,
});

let running: AbortController | undefined;

function canKeep(): boolean {
  return 'serviceWorker' in navigator && 'caches' in globalThis && 'locks' in navigator;
}

async function readFreeBytes(): Promise<number | undefined> {
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage);
}

/** Looks what is there. While files are being fetched, the fetch itself counts. */
export async function measureOfflineFiles(): Promise<void> {
  if (running !== undefined) return;
  if (!canKeep()) {
    files.write({ status: 'unavailable' });
    return;
  }
  try {
    const list = await loadRuntimeFiles();
    const missing = await findMissing(await openRuntimeCache(), list);
    const total = sumBytes(list);
    const status = missing.length === 0 ? 'kept' : 'incomplete';
    files.write({ status, total, bytes: total - sumBytes(missing), freeBytes: await readFreeBytes() });
  } catch (cause) {
    // Private windows of some browsers refuse to open a cache; the development server has no list.
    files.write({ status: 'unavailable', failure: asFailure(cause) });
  }
}

function sumBytes(list: readonly { bytes: number }[]): number {
  return list.reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * Fetches the files of these parts that are not there, and notes the parts so that the next version brings them along.
 * What was stored stays when it stops half way; calling it again goes on from there.
 */
export async function fetchParts(
  parts: readonly RuntimePart[],
  signal: AbortSignal,
  onBytes?: (bytes: number) => void,
) {
  const cache = await openRuntimeCache();
  const choice = await readChoice(cache);
  await writeChoice(cache, {
    ...choice,
    parts: runtimeParts.filter((part) => [...choice.parts, ...parts].includes(part)),
  });
  const list = (await loadRuntimeFiles()).filter(({ part }) => parts.includes(part));
  await fetchMissing(list, signal, onBytes);
}

async function keepEverything(signal: AbortSignal): Promise<void> {
  const cache = await openRuntimeCache();
  await writeChoice(cache, { ...(await readChoice(cache)), wish: 'everything' });
  // Asks the browser not to clear this app's data when space is short; documents gain by it too.
  await navigator.storage.persist();
  const { bytes, total, freeBytes } = files.read();
  if (freeBytes !== undefined && total - bytes > freeBytes) {
    throw new CodedFailure('storage-full', `${total - bytes} bytes wanted, ${freeBytes} free`);
  }
  await fetchParts(runtimeParts, signal, (piece) =>
    files.write({ bytes: Math.min(total, files.read().bytes + piece) }),
  );
}

/** Fetches all that is missing. Goes on at the next start when the tab is closed in the middle. */
export async function startKeeping(): Promise<void> {
  if (running !== undefined || !canKeep()) return;
  await measureOfflineFiles();
  const controller = new AbortController();
  running = controller;
  files.write({ status: 'fetching', failure: undefined });
  try {
    await keepEverything(controller.signal);
  } catch (cause) {
    const failure = asFailure(cause);
    if (failure.code !== 'cancelled') files.write({ failure });
  } finally {
    running = undefined;
    await measureOfflineFiles();
  }
}

/** Stops fetching and does not go on by itself; what is there stays. */
async function cancelKeeping(): Promise<void> {
  running?.abort();
  const cache = await openRuntimeCache();
  await writeChoice(cache, { ...(await readChoice(cache)), wish: 'automatic' });
}

/** Gives the space back. Without a network, Papel then only opens; what it needs comes again with use. */
async function removeKept(): Promise<void> {
  running?.abort();
  const cache = await openRuntimeCache();
  await writeChoice(cache, { wish: 'nothing', parts: ['screens'] });
  for (const { path, part } of await loadRuntimeFiles()) if (part !== 'screens') await cache.delete(path);
  await measureOfflineFiles();
}

const actions = { start: startKeeping, cancel: cancelKeeping, remove: removeKept };

/** For the settings screen: the state of "keep for offline use", and what to do about it. */
export function useOfflineState(): OfflineFiles & { readonly kept: boolean } & typeof actions {
  const state = useSyncExternalStore(files.subscribe, files.read);
  useEffect(() => void measureOfflineFiles(), []);
  return { ...state, ...actions, kept: state.status === 'kept' };
}
