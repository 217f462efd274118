/** What page and service worker agree on about the files kept for offline use. */

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

/**
 * What this device keeps. `automatic`: what the warm-up may fetch; `everything` and `nothing` are the user's word.
 * `parts` are fetched or on their way.
 */
export interface OfflineChoice {
  readonly wish: 'automatic' | 'everything' | 'nothing';
  readonly parts: readonly RuntimePart[];
}

/** Entry of the runtime cache that holds the choice, because a service worker can read no localStorage. */
export const choicePath = '/offline-choice';

const wishes: readonly OfflineChoice['wish'][] = ['automatic', 'everything', 'nothing'];

function isRuntimePart(value: unknown): value is RuntimePart {
  return runtimeParts.some((part) => part === value);
}

export async function readChoice(cache: Cache): Promise<OfflineChoice> {
  const stored: unknown = await (await cache.match(choicePath))?.json();
  if (typeof stored !== 'object' || stored === null) return { wish: 'automatic', parts: [] };
  const wish = 'wish' in stored ? wishes.find((candidate) => candidate === stored.wish) : undefined;
  const parts = 'parts' in stored && Array.isArray(stored.parts) ? stored.parts.filter(isRuntimePart) : [];
  return { wish: wish ?? 'automatic', parts };
}

export async function writeChoice(cache: Cache, choice: OfflineChoice): Promise<void> {
  await cache.put(choicePath, Response.json(choice));
}

/** Reads the list of files that the build wrote; anything else in its place is an error. */
export function parseRuntimeFiles(value: unknown): readonly RuntimeFile[] {
  if (!Array.isArray(value)) throw new TypeError('The list of offline files is not a list.');
  return value.map((file: unknown) => {
    if (
      typeof file === 'object' &&
      file !== null &&
      'path' in file &&
      typeof file.path === 'string' &&
      'bytes' in file &&
      typeof file.bytes === 'number' &&
      'part' in file &&
      isRuntimePart(file.part)
    ) {
      return { path: file.path, bytes: file.bytes, part: file.part };
    }
    throw new TypeError('The list of offline files has an entry without path, bytes or part.');
  });
}
