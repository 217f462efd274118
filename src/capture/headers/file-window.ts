import { CodedFailure } from '#contract/failures.ts';

/** One read of a file brings this much: most headers lie in the first read, however many small fields they have. */
const windowBytes = 64 * 1024;

/** A header of more fields than this was made to keep its reader busy. */
const mostReads = 20_000;

/**
 * Reads small parts anywhere in a file without loading it. What lies behind the end is `damaged-file`: a header that
 * points there belongs to a file that was cut off, or to none.
 */
export class FileWindow {
  readonly #file: Blob;
  #start = 0;
  #bytes = new Uint8Array();
  #reads = 0;

  constructor(file: Blob) {
    this.#file = file;
  }

  get size(): number {
    return this.#file.size;
  }

  /** `length` bytes from `at`. @throws CodedFailure `damaged-file` where the file ends before. */
  async view(at: number, length: number): Promise<DataView> {
    if (at < 0 || !(at + length <= this.#file.size))
      throw new CodedFailure('damaged-file', 'The file ends in its header');
    if (++this.#reads > mostReads) throw new CodedFailure('damaged-file', 'The header does not end');
    if (at < this.#start || at + length > this.#start + this.#bytes.length) {
      const end = at + Math.max(length, windowBytes);
      this.#bytes = new Uint8Array(await this.#file.slice(at, end).arrayBuffer());
      this.#start = at;
    }
    return new DataView(this.#bytes.buffer, at - this.#start, length);
  }

  /** Four characters, as many formats name their parts. */
  async tag(at: number): Promise<string> {
    return tagAt(await this.view(at, 4), 0);
  }
}

export function tagAt(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}
