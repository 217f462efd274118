import { trustScript } from '#src/delivery/trust-script.ts';
import { fetchInBackground, resumeKeeping } from './keep-offline.ts';
import { findMissing, loadRuntimeFiles, openRuntimeCache } from './kept-files.ts';
import { readChoice } from './service-worker/runtime-files.ts';
import { watchUpdates } from './update.ts';
import { chooseParts } from './warm-up.ts';

export interface OfflineOptions {
  /** True in the middle of a scan, or while something is not stored yet: no update, no fetching in the background. */
  readonly isBusy: () => boolean;
}

/** Time for the first screen to be drawn and used before its line is shared with the background. */
const restMs = 2_000;

/** Runtimes, networks and languages: only looking at a screen is no use of what does the work behind it. */
const engine = /\.(?:wasm|bin|traineddata)$/;

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

async function warmUp({ isBusy }: OfflineOptions): Promise<void> {
  do await wait(restMs);
  while (isBusy());
  const cache = await openRuntimeCache();
  const choice = await readChoice(cache);
  await resumeKeeping();
  const engines = (await loadRuntimeFiles()).filter(({ path }) => engine.test(path));
  const missing = new Set(await findMissing(cache, engines));
  const used = engines.filter((file) => !missing.has(file)).map(({ part }) => part);
  await fetchInBackground(chooseParts(choice, used));
}

/**
 * Makes Papel work without a network: registers the service worker and, once it runs and the page is at rest, fetches
 * what the device is to keep. Call once, when the first screen stands. A browser that refuses (a private window, no
 * HTTPS) goes on without.
 */
export async function startOffline(options: OfflineOptions): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    // `none`: the script and all that it stands for are asked for anew, whatever a proxy in between believes.
    const registration = await navigator.serviceWorker.register(trustScript('/sw.js'), { updateViaCache: 'none' });
    watchUpdates(registration, options.isBusy);
    await navigator.serviceWorker.ready;
    await warmUp(options);
  } catch (cause) {
    // Nothing is lost: it is tried again at the next start.
    console.warn('Papel is not ready for offline use yet.', cause);
  }
}
