import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

import { CodedFailure } from '#contract/failures.ts';

/** Sizes and places in a plain ZIP have 32 bits. */
const mostBytes = 4e9;

/** Writes a ZIP file by file. What is written goes into Blobs, which a browser may keep outside of memory. */
export class ArchiveWriter {
  readonly #parts: Blob[] = [];
  #bytes = 0;
  readonly #zip = new Zip((error, part) => {
    if (error !== null) throw error;
    this.#bytes += part.length;
    this.#parts.push(new Blob([part]));
  });

  /** Pictures are packed as they are: they are compressed already. Returns the name. */
  async add(name: string, file: Blob): Promise<string> {
    const content = new Uint8Array(await file.arrayBuffer());
    if (this.#bytes + content.length > mostBytes)
      throw new CodedFailure('file-too-big', `More than ${mostBytes} bytes`, {
        megabytes: Math.ceil((this.#bytes + content.length) / 1e6),
        limit: mostBytes / 1e6,
      });
    const entry = new ZipPassThrough(name);
    this.#zip.add(entry);
    entry.push(content, true);
    return name;
  }

  addText(name: string, text: string): void {
    const entry = new ZipDeflate(name);
    this.#zip.add(entry);
    entry.push(new TextEncoder().encode(text), true);
  }

  end(): Blob {
    this.#zip.end();
    return new Blob(this.#parts, { type: examFileType });
  }
}

const examFileType = 'application/vnd.papel.exam+zip';
