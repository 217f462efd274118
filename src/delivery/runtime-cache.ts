/** Whole files, each verified before it was stored, by their path. */
export const runtimeCacheName = 'papel-runtime';
/** Pieces of files that are on their way: partial-file.ts. */
export const piecesCacheName = 'papel-pieces';

/**
 * A cache of this device; `undefined` where the browser has none (addresses without https) or refuses (some private
 * windows).
 */
export async function openCache(name: string): Promise<Cache | undefined> {
  if (!('caches' in globalThis)) return undefined;
  try {
    return await caches.open(name);
  } catch {
    return undefined;
  }
}
