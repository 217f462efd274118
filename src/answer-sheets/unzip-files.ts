import { Inflate } from 'fflate';

import { CodedFailure, type Failure, asFailure } from '#contract/failures.ts';
import { type ZipEntry, findContent, readZipDirectory } from './read-zip-directory.ts';

/** A file out of an archive, or why it is none. `name` is its path in the archive. */
export type UnzippedFile =
  | { readonly name: string; readonly file: Blob }
  | { readonly name: string; readonly failure: Failure };

/** What an archive may come to; there are some of a few kilobytes that would fill any device. */
export interface UnzipLimits {
  readonly mostFileBytes: number;
  /** Of all files. */
  readonly mostBytes: number;
  readonly mostFiles: number;
}

/** 500 photos of 8 MB, and names enough for four classes of such. */
export const usualUnzipLimits: UnzipLimits = { mostFileBytes: 50e6, mostBytes: 4e9, mostFiles: 2000 };

/** What is inflated at a time: at most a thousand times as much comes out of it. */
const partBytes = 65_536;

/** Tells by the first bytes. An archive without a file in it is none to us. */
export async function isZip(file: Blob): Promise<boolean> {
  const [p, k, three, four] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return p === 0x50 && k === 0x4b && three === 3 && four === 4;
}

/**
 * The files of an archive, one at a time in their order: no more than one of them is in memory. Folders and what systems
 * leave behind (`__MACOSX`, `.DS_Store`) are left out.
 *
 * @throws CodedFailure `damaged-file` where the archive breaks off or is none, `too-many-pages` where it has too many files,
 *   `file-too-big` where it comes to more than all may have: after the files before
 */
export async function* unzipFiles(
  zip: Blob,
  limits: UnzipLimits = usualUnzipLimits,
): AsyncGenerator<UnzippedFile, void, undefined> {
  const entries = (await readZipDirectory(zip)).filter(({ name }) => !isLeftOut(name));
  if (entries.length > limits.mostFiles)
    throw new CodedFailure('too-many-pages', `${entries.length} files`, {
      pages: entries.length,
      limit: limits.mostFiles,
    });
  let left = limits.mostBytes;
  for (const entry of entries) {
    const { name } = entry;
    let unzipped: UnzippedFile;
    try {
      const file = await unpack(zip, entry, Math.min(limits.mostFileBytes, left));
      left -= file.size;
      unzipped = { name, file };
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code === 'file-too-big' && left < limits.mostFileBytes) throw tooBig(limits.mostBytes);
      unzipped = { name, failure };
    }
    yield unzipped;
  }
}

/** Folders, and what systems leave in them. */
export function isLeftOut(path: string): boolean {
  const names = path.split(/[/\\]/);
  return (
    path.endsWith('/') || names.some((name) => name === '__MACOSX' || name === 'Thumbs.db' || name.startsWith('.'))
  );
}

async function unpack(zip: Blob, entry: ZipEntry, mostBytes: number): Promise<Blob> {
  if (entry.isEncrypted || (entry.method !== 0 && entry.method !== 8))
    throw new CodedFailure('unsupported-format', `Packed by method ${entry.method}, or with a password`);
  if (Math.max(entry.unpackedBytes, entry.method === 0 ? entry.packedBytes : 0) > mostBytes) throw tooBig(mostBytes);
  const start = await findContent(zip, entry);
  const packed = zip.slice(start, start + entry.packedBytes);
  if (packed.size < entry.packedBytes) throw new CodedFailure('damaged-file', 'The archive breaks off');
  return entry.method === 0 ? packed : inflate(packed, mostBytes);
}

/** The directory may say less than there is: it is counted. */
async function inflate(packed: Blob, mostBytes: number): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const inflater = new Inflate((part) => {
    bytes += part.length;
    // A copy: the inflater goes on with its buffer.
    if (bytes <= mostBytes) parts.push(new Uint8Array(part));
  });
  for (let at = 0; at < packed.size; at += partBytes) {
    const part = new Uint8Array(await packed.slice(at, at + partBytes).arrayBuffer());
    try {
      inflater.push(part, at + partBytes >= packed.size);
    } catch (cause) {
      throw new CodedFailure('damaged-file', 'The archive is damaged', undefined, cause);
    }
    if (bytes > mostBytes) throw tooBig(mostBytes);
  }
  return new Blob(parts);
}

function tooBig(limit: number): CodedFailure {
  return new CodedFailure('file-too-big', `More than ${limit} bytes unpacked`, {
    megabytes: Math.ceil(limit / 1e6),
    limit: Math.floor(limit / 1e6),
  });
}
