/**
 * The service worker, built into one file with its workbox runtime inside. It keeps the shell, answers every screen's
 * address with it, and keeps files with hashed names for good once they were asked for.
 *
 * [Note: Versions] A new version waits until a page asks it to take over (register.ts), because a page must not meet
 * files of another build in the middle of a scan. Before it counts as installed it fetches its own forms of what the
 * old version had for offline use, so that an update never takes scanning away from a phone without a network. Files of
 * the version before stay until the next one comes: a tab that is still open there finds its lazy chunks.
 *
 * Where browsers have Background Sync, it also sends what waits of telemetry (src/telemetry/send-in-background.ts).
 */
import { clientsClaim } from 'workbox-core';
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { Strategy, type StrategyHandler } from 'workbox-strategies';
import { deliverFile } from '#src/delivery/deliver-file.ts';
import { openCache, piecesCacheName, runtimeCacheName } from '#src/delivery/runtime-cache.ts';
import { filterForDevice } from '#src/delivery/wasm-variant.ts';
import { sendFromServiceWorker, syncTag } from '#src/telemetry/send-in-background.ts';
import { choicePath, readChoice, type RuntimeFile } from './runtime-files.ts';

declare const self: ServiceWorkerGlobalScope;
/** Of Background Sync, which TypeScript does not know: https://wicg.github.io/background-sync/spec/ */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}
declare const __SHELL_FILES__: { readonly url: string; readonly revision: string | null }[];
declare const __RUNTIME_FILES__: readonly RuntimeFile[];

const buildsCacheName = 'papel-builds';

precacheAndRoute(__SHELL_FILES__);

// Addresses with a file extension are files: a missing one has to fail as such, not to become the app's page.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/(?:health$|api\/)/, /\.[^/]*$/] }),
);

/** From the origin alone: the page has told where a CDN is, but not us, and most of what comes here is scripts. */
function deliver(file: RuntimeFile) {
  return deliverFile(file, { sources: [file.path], unavailable: 'runtime-unavailable' });
}

/**
 * Answers from the device, else with a file of this version that has turned out to be whole and the right one. What
 * another version has is passed on and not kept: nobody here can tell what it should be.
 */
class VerifiedFirst extends Strategy {
  protected override async _handle(request: Request, handler: StrategyHandler): Promise<Response> {
    const { pathname } = new URL(request.url);
    const stored = await handler.cacheMatch(request);
    if (stored !== undefined) return stored;
    const file = __RUNTIME_FILES__.find(({ path }) => path === pathname);
    if (file === undefined) return handler.fetch(request);
    const { bytes, headers } = await deliver(file);
    return new Response(bytes, { headers });
  }
}

registerRoute(
  // `no-cache` and `reload` are the page's own fetches (deliver-file.ts), which verifies and stores by itself.
  ({ url, request, sameOrigin }) =>
    sameOrigin && url.pathname.startsWith('/assets/') && request.cache !== 'no-cache' && request.cache !== 'reload',
  new VerifiedFirst({ cacheName: runtimeCacheName, matchOptions: { ignoreVary: true } }),
);

/** Fetches this version's files of the parts that the device has chosen to keep. */
async function carryOverParts(): Promise<void> {
  const cache = await caches.open(runtimeCacheName);
  const { parts, variant = 'wasm-simd' } = await readChoice(cache);
  const wanted = filterForDevice(__RUNTIME_FILES__, variant).filter(({ part }) => parts.includes(part));
  for (const file of wanted) {
    // Names hold a hash: what is there under this one was verified when it was stored.
    if ((await cache.match(file.path, { ignoreVary: true })) === undefined) await deliver(file);
  }
}

/** Forgets what neither this version nor the one before it lists. */
async function dropOldFiles(): Promise<void> {
  const builds = await caches.open(buildsCacheName);
  const own = __RUNTIME_FILES__.map(({ path }) => path);
  const previous = await readPaths(await builds.match('/current'));
  const sameBuild = own.every((path) => previous.includes(path));
  const older = sameBuild ? await readPaths(await builds.match('/previous')) : previous;
  await builds.put('/previous', Response.json(older));
  await builds.put('/current', Response.json(own));
  const wanted = new Set([choicePath, ...own, ...older]);
  const cache = await caches.open(runtimeCacheName);
  for (const request of await cache.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
  }
  await dropOldPieces(own);
}

/** Nobody goes on with a download of a version before this one. */
async function dropOldPieces(own: readonly string[]): Promise<void> {
  const pieces = await openCache(piecesCacheName);
  for (const request of (await pieces?.keys()) ?? []) {
    if (!own.includes(new URL(request.url).pathname)) await pieces?.delete(request);
  }
}

async function readPaths(response: Response | undefined): Promise<readonly string[]> {
  const paths: unknown = await response?.json();
  return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
}

self.addEventListener('install', (event) => event.waitUntil(carryOverParts()));
self.addEventListener('activate', (event) => event.waitUntil(dropOldFiles()));
const isSync = (event: Event): event is SyncEvent => 'tag' in event && 'waitUntil' in event;
self.addEventListener('sync', (event) => {
  if (isSync(event) && event.tag === syncTag) event.waitUntil(sendFromServiceWorker());
});
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});
clientsClaim();
