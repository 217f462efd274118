import { useEffect, useSyncExternalStore } from 'react';
import { CodedFailure, asFailure, type Failure } from '#contract/failures.ts';
import { fetchMissing, findMissing, loadRuntimeFiles, openRuntimeCache } from './fetch-runtime.ts';
import { observe } from './observed.ts';
import {
  readChoice,
  runtimeParts,
  writeChoice,
  type OfflineChoice,
  type RuntimePart,
} from './service-worker/runtime-files.ts';

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

/** The fetch under way, to be stopped and waited for. */
let running: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;

function canKeep(): boolean {
  return 'serviceWorker' in navigator && 'caches' in globalThis && 'locks' in navigator;
}

async function readFreeBytes(): Promise<number | undefined> {
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage);
}

function sumBytes(list: readonly { bytes: number }[]): number {
  return list.reduce((sum, { bytes }) => sum + bytes, 0);
}

async function measure(): Promise<void> {
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

async function changeChoice(change: Partial<OfflineChoice>): Promise<void> {
  const cache = await openRuntimeCache();
  await writeChoice(cache, { ...(await readChoice(cache)), ...change });
}

/**
 * Fetches the files of these parts that are not there, and notes the parts so that the next version brings them along.
 * What was stored stays when it stops half way; calling it again goes on from there.
 */
export async function fetchParts(
  parts: readonly RuntimePart[],
  signal: AbortSignal,
  onBytes?: (bytes: number) => void,
): Promise<void> {
  const { parts: before } = await readChoice(await openRuntimeCache());
  await changeChoice({ parts: runtimeParts.filter((part) => before.includes(part) || parts.includes(part)) });
  const list = (await loadRuntimeFiles()).filter(({ part }) => parts.includes(part));
  await fetchMissing(list, signal, onBytes);
}

async function fetchEverything(signal: AbortSignal): Promise<void> {
  await measure();
  const { status, bytes, total, freeBytes } = files.read();
  if (status === 'unavailable' || status === 'kept') return;
  try {
    files.write({ status: 'fetching', failure: undefined });
    if (freeBytes !== undefined && total - bytes > freeBytes) {
      throw new CodedFailure('storage-full', `${total - bytes} bytes wanted, ${freeBytes} free`);
    }
    const count = (piece: number) => files.write({ bytes: Math.min(total, files.read().bytes + piece) });
    await fetchParts(runtimeParts, signal, count);
  } catch (cause) {
    const failure = asFailure(cause);
    if (failure.code !== 'cancelled') files.write({ failure });
  }
  await measure();
}

/** Fetches all that is missing, or goes on where a closed tab stopped. Ends when nothing is left to do. */
export async function resumeKeeping(): Promise<void> {
  if (running === undefined) {
    const controller = new AbortController();
    running = { controller, ended: fetchEverything(controller.signal) };
  }
  await running.ended;
  running = undefined;
}

/** The user's wish to keep everything: noted first, so that it outlives the tab. */
async function startKeeping(): Promise<void> {
  await changeChoice({ wish: 'everything' });
  // Asks the browser not to clear this app's data when space is short; documents gain by it too. Some browsers ask the
  // user, so it is done on this click only.
  await navigator.storage.persist();
  await resumeKeeping();
}

async function stopFetching(): Promise<void> {
  running?.controller.abort();
  await running?.ended;
}

/** Stops fetching and does not go on by itself; what is there stays. */
async function cancelKeeping(): Promise<void> {
  await stopFetching();
  await changeChoice({ wish: 'automatic' });
}

/** Gives the space back. Without a network, Papel then only opens; what it needs comes again with use. */
async function removeKept(): Promise<void> {
  await stopFetching();
  await changeChoice({ wish: 'nothing', parts: ['screens'] });
  const cache = await openRuntimeCache();
  for (const { path, part } of await loadRuntimeFiles()) if (part !== 'screens') await cache.delete(path);
  await measure();
}

/** Looks at what is there, unless a fetch is counting it. */
async function refresh(): Promise<void> {
  if (running === undefined) await measure();
}

const actions = { start: startKeeping, cancel: cancelKeeping, remove: removeKept };

/** For the settings screen: the state of "keep for offline use", and what to do about it. */
export function useOfflineState(): OfflineFiles & { readonly kept: boolean } & typeof actions {
  const state = useSyncExternalStore(files.subscribe, files.read);
  useEffect(() => void refresh(), []);
  return { ...state, ...actions, kept: state.status === 'kept' };
}
