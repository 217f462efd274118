/** The parts of `navigator` that tell how strong the device is. */
export interface Device {
  readonly hardwareConcurrency?: number;
  /** Gigabytes, rounded down to a power of two and at most 8; Chromium only. */
  readonly deviceMemory?: number;
}

/** A worker in the middle of a 12-megapixel scan holds about 400 MB: pixels in and out, and OpenCV's heap. */
const gigabytesPerWorker = 1.5;

/** How many workers for jobs this device carries, 1 to 4. Unknown memory counts as 4 GB, a usual phone. */
export function poolSize({ hardwareConcurrency = 2, deviceMemory = 4 }: Device): number {
  return Math.max(1, Math.min(4, hardwareConcurrency, Math.floor(deviceMemory / gigabytesPerWorker)));
}
