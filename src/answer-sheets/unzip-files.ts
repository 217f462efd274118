import { Unzip, UnzipInflate, type UnzipFile } from 'fflate';

import { CodedFailure, type Failure } from '#contract/failures.ts';

/** A file out of an archive, or why it is none. `name` is its path in the archive. */
export type UnzippedFile =
  | { readonly name: string; readonly file: Blob }
  | { readonly name: string; readonly failure: Failure };

/** What an archive may come to; there are some of a few kilobytes that would fill any device. */
export interface UnzipLimits {
  readonly mostFileBytes: number;
  /** 500 photos of 8 MB. */
  readonly mostBytes: number;
  readonly mostFiles: number;
}

export const usualUnzipLimits: UnzipLimits = { mostFileBytes: 50e6, mostBytes: 4e9, mostFiles: 2000 };

/** Tells by the first bytes. An archive without a file in it is none to us. */
export async function isZip(file: Blob): Promise<boolean> {
  const [p, k, three, four] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return p === 0x50 && k === 0x4b && three === 3 && four === 4;
}

/**
 * The files of an archive, one at a time in their order, while it is read: no more than one of them is in memory. Folders and
 * what systems leave behind (`__MACOSX`, `.DS_Store`) are left out.
 *
 * @throws CodedFailure `damaged-file` where the archive breaks off or is none, `file-too-big` where it comes to more than the
 *   limits: after the files before it
 */
export async function* unzipFiles(
  zip: Blob,
  limits: UnzipLimits = usualUnzipLimits,
): AsyncGenerator<UnzippedFile, void, undefined> {
  const reader = new ArchiveReader(limits);
  const bytes = zip.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await bytes.read();
      reader.push(value ?? new Uint8Array(), done);
      yield* reader.takeReady();
      if (done) break;
    }
  } finally {
    await bytes.cancel();
  }
}

class ArchiveReader {
  readonly #unzip = new Unzip((entry) => this.#begin(entry));
  readonly #limits: UnzipLimits;
  #ready: UnzippedFile[] = [];
  #files = 0;
  #bytes = 0;
  #open = 0;

  constructor(limits: UnzipLimits) {
    this.#limits = limits;
    this.#unzip.register(UnzipInflate);
  }

  push(chunk: Uint8Array, isLast: boolean): void {
    try {
      this.#unzip.push(chunk, isLast);
    } catch (cause) {
      if (cause instanceof CodedFailure) throw cause;
      throw new CodedFailure('damaged-file', 'The archive can not be read', undefined, cause);
    }
    if (isLast && this.#open > 0) throw new CodedFailure('damaged-file', 'The archive breaks off');
  }

  takeReady(): readonly UnzippedFile[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #begin(entry: UnzipFile): void {
    const { name } = entry;
    if (isLeftOut(name)) return;
    if (++this.#files > this.#limits.mostFiles) throw this.#tooBig();
    let parts: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    let isOver = false;
    const end = (file: UnzippedFile) => {
      if (isOver) return;
      isOver = true;
      this.#open--;
      this.#ready.push(file);
      parts = [];
    };
    entry.ondata = (error, chunk, isLast) => {
      if (isOver) return;
      if (error !== null) {
        end({ name, failure: { code: 'damaged-file', message: error.message } });
        return;
      }
      bytes += chunk.length;
      this.#bytes += chunk.length;
      if (this.#bytes > this.#limits.mostBytes) throw this.#tooBig();
      if (bytes > this.#limits.mostFileBytes) {
        end({ name, failure: tooBig(bytes, this.#limits.mostFileBytes).failure });
        return;
      }
      // A copy: the decoder goes on with its buffer.
      parts.push(new Uint8Array(chunk));
      if (isLast) end({ name, file: new Blob(parts) });
    };
    this.#open++;
    try {
      entry.start();
    } catch (cause) {
      end({ name, failure: { code: 'unsupported-format', message: String(cause) } });
    }
  }

  #tooBig(): CodedFailure {
    return tooBig(this.#bytes, this.#limits.mostBytes);
  }
}

function tooBig(bytes: number, limit: number): CodedFailure {
  return new CodedFailure('file-too-big', `More than ${bytes} bytes unpacked`, {
    megabytes: Math.ceil(bytes / 1e6),
    limit: Math.floor(limit / 1e6),
  });
}

/** Folders, and what systems leave in them. */
export function isLeftOut(path: string): boolean {
  const names = path.split(/[/\\]/);
  return (
    path.endsWith('/') || names.some((name) => name === '__MACOSX' || name === 'Thumbs.db' || name.startsWith('.'))
  );
}
