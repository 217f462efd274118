import type { DeliveredFile } from './delivered-file.ts';
import { openCache, piecesCacheName } from './runtime-cache.ts';

/** What a closed tab or a dead battery loses at most. Each piece is one entry, so not much smaller. */
const pieceBytes = 512_000;

/**
 * A file on its way: what has come so far is in memory and, piece by piece, in Cache Storage, from where the next try
 * goes on. Cache Storage takes no answers of status 206, so pieces are stored as whole answers under addresses of
 * their own. Where nothing can be stored, memory serves until the page is closed.
 */
export class PartialFile {
  readonly #file: DeliveredFile;
  readonly #cache: Cache | undefined;
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #length = 0;
  /** Where the first byte that is not stored yet lies, and the chunk that it begins. */
  #storedLength = 0;
  #storedChunks = 0;
  #headers = new Headers();

  private constructor(file: DeliveredFile, cache: Cache | undefined) {
    this.#file = file;
    this.#cache = cache;
  }

  /** What earlier tries have left of this file, without gaps; anything that does not fit is dropped. */
  static async open(file: DeliveredFile): Promise<PartialFile> {
    const partial = new PartialFile(file, await openCache(piecesCacheName));
    for (;;) {
      const stored = await partial.#cache?.match(partial.#pieceKey());
      if (stored === undefined) break;
      const piece = new Uint8Array(await stored.arrayBuffer());
      if (piece.length === 0 || partial.#length + piece.length > file.bytes) {
        await partial.discard();
        break;
      }
      partial.#take(piece);
      partial.#markStored();
      partial.#headers = stored.headers;
    }
    return partial;
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  /** Of the answer that the last bytes came with. */
  get headers(): Headers {
    return this.#headers;
  }

  /** @param headers of the answer that the bytes belong to */
  async append(chunk: Uint8Array<ArrayBuffer>, headers: Headers): Promise<void> {
    this.#headers = headers;
    this.#take(chunk);
    if (this.#length - this.#storedLength >= pieceBytes) await this.store();
  }

  /** Stores what is only in memory so far. */
  async store(): Promise<void> {
    if (this.#cache === undefined || this.#length === this.#storedLength) return;
    const piece = new Response(new Blob(this.#chunks.slice(this.#storedChunks)), { headers: this.#headers });
    try {
      await this.#cache.put(this.#pieceKey(), piece);
      this.#markStored();
    } catch {
      // The device is full: the file may still come whole in one go, and whoever has to keep it hears of it then.
    }
  }

  /** Begins again with nothing. */
  async discard(): Promise<void> {
    this.#chunks = [];
    this.#length = 0;
    this.#markStored();
    for (const request of (await this.#cache?.keys(this.#file.path, { ignoreSearch: true })) ?? []) {
      await this.#cache?.delete(request);
    }
  }

  /** All bytes so far, as one. */
  join(): Uint8Array<ArrayBuffer> {
    const content = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      content.set(chunk, at);
      at += chunk.length;
    }
    return content;
  }

  /** The digest keeps apart what had the same path at different times, as in development. */
  #pieceKey(): string {
    return `${this.#file.path}?piece=${this.#storedLength}&of=${this.#file.sha256.slice(0, 16)}`;
  }

  #take(chunk: Uint8Array<ArrayBuffer>): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  #markStored(): void {
    this.#storedLength = this.#length;
    this.#storedChunks = this.#chunks.length;
  }
}
