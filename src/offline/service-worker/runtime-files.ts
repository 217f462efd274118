/** What page and service worker agree on about files kept for offline use. */

/** `screens`: other screens and languages. `scan`: worker and OpenCV. `import`: decoders of PDF, TIFF and HEIC. */
export const runtimeParts = ['screens', 'scan', 'import'] as const;
export type RuntimePart = (typeof runtimeParts)[number];

/** A file with a hashed name that the shell does not need. `bytes` is its length when unpacked, as it is stored. */
export interface RuntimeFile {
  readonly path: string;
  readonly bytes: number;
  readonly part: RuntimePart;
}

export const runtimeCacheName = 'papel-runtime';

/** Entry of the runtime cache that names the parts which this device keeps; the service worker can read no other store. */
export const choicesPath = '/offline-choices';

export function isRuntimePart(value: unknown): value is RuntimePart {
  return runtimeParts.some((part) => part === value);
}

/** Parts that the device has chosen to keep, whole or on their way. */
export async function keptPartsOf(cache: Cache): Promise<readonly RuntimePart[]> {
  const response = await cache.match(choicesPath);
  const parts: unknown = await response?.json();
  return Array.isArray(parts) ? parts.filter(isRuntimePart) : [];
}
