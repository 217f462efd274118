/** A file of the build that is too large or too seldom used to be part of the shell: a runtime, a model, a chunk. */
export interface DeliveredFile {
  /** On the app's own origin, from its root; in a build it holds a hash of the content. */
  readonly path: string;
  /** Length when unpacked. */
  readonly bytes: number;
  /** Digest of the unpacked content, 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface DeliveryOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told in bytes while a file comes in; never where it is on the device already. */
  readonly report?: ((done: number, total: number) => void) | undefined;
}
