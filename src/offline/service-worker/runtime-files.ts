/** What page and service worker agree on about the files kept for offline use. */
import * as v from 'valibot';
import type { DeliveredFile } from '#src/delivery/delivered-file.ts';
import { tesseractForms, wasmVariants, type TesseractForm, type WasmVariant } from '#src/delivery/wasm-variant.ts';

/**
 * `screens`: other screens and languages. `scan`: worker, OpenCV, models. `sheets`: screens of answer sheets and the reader of
 * their codes. `text`: the reader of print, its languages, and the writer of Word files. `faces`: networks that find faces. `import`: decoders of PDF, TIFF and
 * HEIC.
 */
export const runtimeParts = ['screens', 'scan', 'sheets', 'text', 'faces', 'import'] as const;
export type RuntimePart = (typeof runtimeParts)[number];

/** What a user can keep on the device, and the parts that it needs; the last has its name and goes when it is given up. */
export const capabilityParts = {
  scan: ['screens', 'scan'],
  sheets: ['screens', 'scan', 'sheets'],
  text: ['screens', 'scan', 'text'],
  faces: ['screens', 'scan', 'faces'],
  import: ['import'],
} as const satisfies Record<string, readonly RuntimePart[]>;
export type Capability = keyof typeof capabilityParts;
export const capabilities = ['scan', 'sheets', 'text', 'faces', 'import'] as const satisfies readonly Capability[];

/** A file with a hashed name that the shell does not need. */
export interface RuntimeFile extends DeliveredFile {
  readonly part: RuntimePart;
  /** Of the compressed file: what fetching it costs. */
  readonly lineBytes: number;
  /** Only devices that run this form of a runtime want the file. */
  readonly variant?: WasmVariant | TesseractForm | undefined;
}

const byteCount = v.pipe(v.number(), v.integer(), v.minValue(0));

const runtimeFilesSchema = v.array(
  v.object({
    path: v.pipe(v.string(), v.startsWith('/assets/')),
    bytes: byteCount,
    lineBytes: byteCount,
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    part: v.picklist(runtimeParts),
    variant: v.optional(v.picklist([...wasmVariants, ...tesseractForms])),
  }),
);

/**
 * Reads the list of files that the build wrote.
 *
 * @throws Error where something else is in its place
 */
export function parseRuntimeFiles(value: unknown): readonly RuntimeFile[] {
  return v.parse(runtimeFilesSchema, value);
}

/** What this device keeps. */
export interface OfflineChoice {
  /** The user's word; for what is not named, the warm-up decides. */
  readonly wishes: Readonly<Partial<Record<Capability, 'keep' | 'remove' | undefined>>>;
  /** Fetched or on their way. */
  readonly parts: readonly RuntimePart[];
  /** What the page has found the device to run; a service worker cannot tell. */
  readonly variant?: WasmVariant | undefined;
}

/** Entry of the runtime cache that holds the choice, because a service worker can read no localStorage. */
export const choicePath = '/offline-choice';

const wish = v.optional(v.picklist(['keep', 'remove']));
const choiceSchema = v.object({
  wishes: v.object({ scan: wish, sheets: wish, text: wish, faces: wish, import: wish }),
  parts: v.array(v.picklist(runtimeParts)),
  variant: v.optional(v.picklist(wasmVariants)),
});

export async function readChoice(cache: Cache): Promise<OfflineChoice> {
  const stored: unknown = await (await cache.match(choicePath))?.json();
  const parsed = v.safeParse(choiceSchema, stored);
  return parsed.success ? parsed.output : { wishes: {}, parts: [] };
}

export async function writeChoice(cache: Cache, choice: OfflineChoice): Promise<void> {
  await cache.put(choicePath, Response.json(choice));
}
