import { useEffect, useSyncExternalStore } from 'react';
import { CodedFailure, asFailure, type Failure } from '#contract/failures.ts';
import { deviceVariant } from '#src/delivery/wasm-variant.ts';
import { fetchMissing, findMissing, loadRuntimeFiles, openRuntimeCache } from './kept-files.ts';
import { observe } from './observed.ts';
import {
  capabilities,
  capabilityParts,
  readChoice,
  runtimeParts,
  writeChoice,
  type Capability,
  type OfflineChoice,
  type RuntimeFile,
  type RuntimePart,
} from './service-worker/runtime-files.ts';

/** One thing that Papel can do, and how much of what it needs is on this device. */
export interface CapabilityFiles {
  /** `waiting`: asked for, and fetched after another one. */
  readonly status: 'incomplete' | 'waiting' | 'fetching' | 'kept';
  /** On the device so far, of `total`, without the shell itself. */
  readonly bytes: number;
  readonly total: number;
  /** What fetching the rest costs on the line, where files go compressed. */
  readonly lineBytes: number;
  /** Why the last fetch stopped: `runtime-unavailable`, `storage-full`. */
  readonly failure: Failure | undefined;
}

/** What the settings screen shows of the files for offline use. */
export interface OfflineFiles {
  /** `unavailable` where the browser has no service worker or refuses to store. */
  readonly status: 'unavailable' | 'measuring' | 'measured';
  readonly files: Readonly<Record<Capability, CapabilityFiles>>;
  /** Bytes that the browser would still give this app; `undefined` where it does not say. */
  readonly freeBytes: number | undefined;
}

const nothingYet: CapabilityFiles = { status: 'incomplete', bytes: 0, total: 0, lineBytes: 0, failure: undefined };
const state = observe<OfflineFiles>({
  status: 'measuring',
  files: { scan: nothingYet, sheets: nothingYet, text: nothingYet, faces: nothingYet, import: nothingYet },
  freeBytes: undefined,
});

/** The fetch under way, and the work through all that waits. */
let running:
  | { readonly capability: Capability; readonly controller: AbortController; readonly ended: Promise<void> }
  | undefined;
let work: Promise<void> | undefined;

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

function filesOf(list: readonly RuntimeFile[], capability: Capability): readonly RuntimeFile[] {
  const parts: readonly RuntimePart[] = capabilityParts[capability];
  return list.filter(({ part }) => parts.includes(part));
}

function change(capability: Capability, changed: Partial<CapabilityFiles>): void {
  const { files } = state.read();
  state.write({ files: { ...files, [capability]: { ...files[capability], ...changed } } });
}

/** Looks at what is there. What is being fetched counts for itself. */
async function measure(): Promise<void> {
  if (!canKeep()) {
    state.write({ status: 'unavailable' });
    return;
  }
  try {
    const list = await loadRuntimeFiles();
    const cache = await openRuntimeCache();
    for (const capability of capabilities) {
      const wanted = filesOf(list, capability);
      const missing = await findMissing(cache, wanted);
      const { status } = state.read().files[capability];
      if (status === 'waiting' || status === 'fetching') continue;
      const total = sumBytes(wanted);
      change(capability, {
        status: missing.length === 0 ? 'kept' : 'incomplete',
        total,
        bytes: total - sumBytes(missing),
        lineBytes: missing.reduce((sum, file) => sum + file.lineBytes, 0),
      });
    }
    state.write({ status: 'measured', freeBytes: await readFreeBytes() });
  } catch (cause) {
    // Private windows of some browsers refuse to open a cache; the development server has no list.
    console.warn('What is here for offline use cannot be told.', cause);
    state.write({ status: 'unavailable' });
  }
}

async function changeChoice(changed: (choice: OfflineChoice) => Partial<OfflineChoice>): Promise<void> {
  const cache = await openRuntimeCache();
  const choice = await readChoice(cache);
  await writeChoice(cache, { ...choice, ...changed(choice), variant: deviceVariant() });
}

async function changeWish(list: readonly Capability[], wish: 'keep' | 'remove' | undefined): Promise<void> {
  await changeChoice(({ wishes }) => ({
    wishes: { ...wishes, ...Object.fromEntries(list.map((capability) => [capability, wish])) },
  }));
}

/**
 * Fetches the files of these parts that are not there, and notes the parts so that the next version brings them along.
 * What was stored stays when it stops half way; calling it again goes on from there.
 */
async function fetchParts(
  parts: readonly RuntimePart[],
  signal: AbortSignal,
  onBytes?: (bytes: number) => void,
): Promise<void> {
  await changeChoice(({ parts: before }) => ({
    parts: runtimeParts.filter((part) => before.includes(part) || parts.includes(part)),
  }));
  const list = (await loadRuntimeFiles()).filter(({ part }) => parts.includes(part));
  await fetchMissing(list, signal, onBytes);
}

async function fetchCapability(capability: Capability, signal: AbortSignal): Promise<void> {
  try {
    const list = filesOf(await loadRuntimeFiles(), capability);
    const missing = sumBytes(await findMissing(await openRuntimeCache(), list));
    const total = sumBytes(list);
    change(capability, { status: 'fetching', total, bytes: total - missing });
    const freeBytes = await readFreeBytes();
    if (freeBytes !== undefined && missing > freeBytes) {
      throw new CodedFailure('storage-full', `${missing} bytes wanted, ${freeBytes} free`);
    }
    await fetchParts(capabilityParts[capability], signal, (piece) => {
      const { bytes } = state.read().files[capability];
      change(capability, { bytes: Math.max(0, Math.min(total, bytes + piece)) });
    });
    change(capability, { status: 'kept' });
  } catch (cause) {
    const failure = asFailure(cause);
    change(capability, { status: 'incomplete', failure: failure.code === 'cancelled' ? undefined : failure });
  }
}

/** Fetches what waits, one after the other. */
async function fetchWaiting(): Promise<void> {
  for (;;) {
    const { files } = state.read();
    const capability = capabilities.find((candidate) => files[candidate].status === 'waiting');
    if (capability === undefined) return;
    const controller = new AbortController();
    running = { capability, controller, ended: fetchCapability(capability, controller.signal) };
    await running.ended;
    running = undefined;
    await measure();
  }
}

async function fetchAll(wanted: readonly Capability[]): Promise<void> {
  for (const capability of wanted) {
    const { status } = state.read().files[capability];
    if (status === 'incomplete') change(capability, { status: 'waiting', failure: undefined });
  }
  work ??= fetchWaiting().finally(() => (work = undefined));
  await work;
}

/** What has just failed before the user's eyes: it waits for them, and no button changes under their finger. */
function hasFailed(capability: Capability): boolean {
  return state.read().files[capability].failure !== undefined;
}

/** Fetches what the user wished to keep, or goes on where a closed tab stopped. Ends when nothing is left to do. */
export async function resumeKeeping(): Promise<void> {
  await measure();
  const { wishes } = await readChoice(await openRuntimeCache());
  await fetchAll(capabilities.filter((capability) => wishes[capability] === 'keep' && !hasFailed(capability)));
}

/** Fetches what nobody asked for yet but is likely to be needed, and lets the settings screen know. */
export async function fetchInBackground(parts: readonly RuntimePart[]): Promise<void> {
  const failed = new Set<RuntimePart>(capabilities.filter(hasFailed).flatMap((name) => [...capabilityParts[name]]));
  // Of no use without the others that its capability needs.
  const isHindered = (part: RuntimePart) =>
    failed.has(part) ||
    capabilities.some((name) => name === part && capabilityParts[name].some((other) => failed.has(other)));
  try {
    await fetchParts(
      parts.filter((part) => !isHindered(part)),
      new AbortController().signal,
    );
  } finally {
    await measure();
  }
}

/** The user's wish to keep something: noted first, so that it outlives the tab. */
async function startKeeping(wanted: readonly Capability[]): Promise<void> {
  await changeWish(wanted, 'keep');
  // Asks the browser not to clear this app's data when space is short; documents gain by it too. Some browsers ask the
  // user, so it is done on this click only.
  await navigator.storage.persist();
  await fetchAll(wanted);
}

async function stopFetching(capability: Capability): Promise<void> {
  if (running?.capability === capability) {
    running.controller.abort();
    await running.ended;
  } else if (state.read().files[capability].status === 'waiting') {
    change(capability, { status: 'incomplete' });
  }
}

/** Stops fetching and does not go on by itself; what is there stays. */
async function cancelKeeping(capability: Capability): Promise<void> {
  await changeWish([capability], undefined);
  await stopFetching(capability);
}

/**
 * Gives the space back. Without a network, Papel then only opens; what it needs comes again with use. What a capability
 * shares with others stays, and so do the screens: a settings screen that removes itself helps nobody.
 */
async function removeKept(unwanted: readonly Capability[]): Promise<void> {
  const dropped = new Set<RuntimePart>(unwanted);
  const affected = capabilities.filter((name) => capabilityParts[name].some((part) => dropped.has(part)));
  await changeWish(affected, 'remove');
  for (const capability of affected) await stopFetching(capability);
  await changeChoice(({ parts }) => ({ parts: parts.filter((part) => !dropped.has(part)) }));
  const cache = await openRuntimeCache();
  for (const { path, part } of await loadRuntimeFiles()) if (dropped.has(part)) await cache.delete(path);
  await measure();
}

const actions = { start: startKeeping, cancel: cancelKeeping, remove: removeKept };

/** For the settings screen: the state of "keep for offline use", and what to do about it. */
export function useOfflineState(): OfflineFiles & typeof actions {
  const current = useSyncExternalStore(state.subscribe, state.read);
  useEffect(() => void measure(), []);
  return { ...current, ...actions };
}
