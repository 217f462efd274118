import { CodedFailure } from '#contract/failures.ts';
import { deliverFile, type Delivery, type SourceOptions } from './deliver-file.ts';
import type { DeliveredFile, DeliveryOptions } from './delivered-file.ts';
import { SharedDownloads } from './shared-downloads.ts';
import { sourcesOf } from './sources.ts';

export interface FileOptions extends DeliveryOptions {
  /** The code of the failure when the file cannot be had. */
  readonly unavailable?: SourceOptions['unavailable'];
  readonly priority?: RequestPriority;
}

const downloads = new SharedDownloads<Delivery>();

/**
 * A file of the build, verified: from this device, else from the CDN, else from the app's own origin; then it is on
 * this device, where that is possible. All who want the same file, in other tabs too, share one download. The buffer is
 * the caller's own, to be transferred if it likes.
 *
 * @throws CodedFailure `unavailable` (`runtime-unavailable` unless told otherwise), `cancelled`
 */
export async function fetchFile(file: DeliveredFile, options: FileOptions = {}): Promise<ArrayBuffer> {
  const { bytes } = await deliver(file, options);
  return bytes.slice().buffer;
}

/**
 * As `fetchFile`, for files that have to be on this device afterwards.
 *
 * @throws CodedFailure `storage-full` too
 */
export async function keepFile(file: DeliveredFile, options: FileOptions = {}): Promise<void> {
  const { notStored } = await deliver(file, options);
  if (notStored !== undefined) {
    throw new CodedFailure('storage-full', `${file.path}: ${String(notStored)}`, undefined, notStored);
  }
}

function deliver(file: DeliveredFile, options: FileOptions): Promise<Delivery> {
  const { unavailable = 'runtime-unavailable', priority } = options;
  const start = (shared: DeliveryOptions) =>
    inOneTab(file.path, shared.signal, () =>
      deliverFile(file, { ...shared, sources: sourcesOf(file.path), unavailable, priority }),
    );
  return downloads.join(`${file.path} ${file.sha256}`, start, options);
}

/** Another tab that fetches the same file is waited for, and the file is on the device then. */
async function inOneTab<T>(path: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  // Types promise locks everywhere; addresses without https do not have them, nor has Node.
  const locks: LockManager | undefined = globalThis.navigator?.locks;
  if (locks === undefined) return work();
  const options: LockOptions = signal === undefined ? {} : { signal };
  return await locks.request(`papel-delivery ${path}`, options, work);
}
