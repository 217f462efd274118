/** Files as they come from a picker, a drop or a folder, as photos to keep: inspected, and told apart by what is in them. */
import { CodedFailure, asFailure } from '#contract/failures.ts';
import type { PhotoKind } from '#contract/jobs.ts';
import { digestOf } from '#src/delivery/digest.ts';
import type { IncomingSheet } from '#src/store/sheet-records.ts';
import type { SheetRefusal } from './create-exam-flow.ts';
import { type UnzipLimits, isLeftOut, isZip, unzipFiles } from './unzip-files.ts';

export interface TakeInSettings {
  /** Reads a file's header; throws a CodedFailure where the file is refused. */
  readonly inspect: (file: Blob, name: string) => Promise<{ readonly kind: PhotoKind }>;
  readonly unzipLimits: () => UnzipLimits;
}

type TakenFile = { readonly photo: IncomingSheet } | { readonly refusal: SheetRefusal };

/** One after the other, so that of a ZIP with hundreds of photos one is in memory at a time. */
export async function* takeInFiles(
  files: readonly File[],
  settings: TakeInSettings,
): AsyncGenerator<TakenFile, void, undefined> {
  for (const file of files) {
    if (isLeftOut(file.name)) continue;
    if (await startsAsZip(file)) yield* takeInZip(file, settings);
    else yield await takeInFile(file, file.name, settings);
  }
}

async function startsAsZip(file: File): Promise<boolean> {
  try {
    return await isZip(file);
  } catch {
    // What can't be read is refused as any other file, by its name.
    return false;
  }
}

async function* takeInZip(zip: File, settings: TakeInSettings): AsyncGenerator<TakenFile, void, undefined> {
  const refusals: SheetRefusal[] = [];
  let photos = 0;
  try {
    for await (const entry of unzipFiles(zip, settings.unzipLimits())) {
      const taken: TakenFile =
        'failure' in entry ? { refusal: entry } : await takeInFile(entry.file, entry.name, settings);
      if ('refusal' in taken) refusals.push(taken.refusal);
      else {
        photos++;
        yield taken;
      }
    }
  } catch (error) {
    refusals.push({ name: zip.name, failure: asFailure(error) });
  }
  // Documents of an office are ZIPs, too: their dozens of parts are not what the teacher picked.
  const isNoArchiveOfPhotos = photos === 0 && refusals.every(({ failure }) => failure.code === 'unsupported-format');
  if (isNoArchiveOfPhotos)
    yield {
      refusal: { name: zip.name, failure: { code: 'unsupported-format', message: 'No photos are in the archive' } },
    };
  else for (const refusal of refusals) yield { refusal };
}

async function takeInFile(file: Blob, name: string, { inspect }: TakeInSettings): Promise<TakenFile> {
  try {
    const { kind } = await inspect(file, name);
    const digest = await digestOf(new Uint8Array(await readAll(file)));
    // Formats that hold several pictures or that browsers do not decode go through a converter.
    const needsConversion = kind === 'pdf' || kind === 'tiff' || kind === 'heic';
    return { photo: { file, name, kind, digest, needsConversion, ...(kind === 'heic' ? { index: 0 } : {}) } };
  } catch (error) {
    return { refusal: { name, failure: asFailure(error) } };
  }
}

/** A file of a picker may be gone, renamed or changed by the time that it is read. */
async function readAll(file: Blob): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch (cause) {
    throw new CodedFailure('damaged-file', 'The file can no longer be read', undefined, cause);
  }
}
