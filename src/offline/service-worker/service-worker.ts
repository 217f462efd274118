/**
 * The service worker, built into one file with its workbox runtime inside. It keeps the shell, answers every screen's
 * address with it, and keeps files with hashed names for good once they were asked for.
 *
 * [Note: Versions] A new version waits until a page asks it to take over (register.ts), because a page must not meet
 * files of another build in the middle of a scan. Before it counts as installed it fetches its own forms of what the
 * old version had for offline use, so that an update never takes scanning away from a phone without a network. Files of
 * the version before stay until the next one comes: a tab that is still open there finds its lazy chunks.
 */
import { clientsClaim } from 'workbox-core';
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { choicePath, readChoice, runtimeCacheName, type RuntimeFile } from './runtime-files.ts';

declare const self: ServiceWorkerGlobalScope;
declare const __SHELL_FILES__: { readonly url: string; readonly revision: string | null }[];
declare const __RUNTIME_FILES__: readonly RuntimeFile[];

const buildsCacheName = 'papel-builds';

precacheAndRoute(__SHELL_FILES__);

// Addresses with a file extension are files: a missing one has to fail as such, not to become the app's page.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/(?:health$|api\/)/, /\.[^/]*$/] }),
);

registerRoute(
  // `no-cache` is the page's own fetch of files to keep, which stores them itself once they are whole.
  ({ url, request, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/') && request.cache !== 'no-cache',
  new CacheFirst({ cacheName: runtimeCacheName, matchOptions: { ignoreVary: true } }),
);

/** Fetches this version's files of the parts that the device has chosen to keep. */
async function carryOverParts(): Promise<void> {
  const cache = await caches.open(runtimeCacheName);
  const { parts } = await readChoice(cache);
  for (const { path, part } of __RUNTIME_FILES__) {
    if (!parts.includes(part) || (await cache.match(path)) !== undefined) continue;
    const response = await fetch(path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await cache.put(path, response);
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
}

async function readPaths(response: Response | undefined): Promise<readonly string[]> {
  const paths: unknown = await response?.json();
  return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
}

self.addEventListener('install', (event) => event.waitUntil(carryOverParts()));
self.addEventListener('activate', (event) => event.waitUntil(dropOldFiles()));
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});
clientsClaim();
