import type { DeliveredFile, DeliveryOptions } from './delivered-file.ts';
import { fetchFile } from './fetch-file.ts';

/**
 * A runtime, such as OpenCV's or TensorFlow's wasm, verified. Import its file with `?delivered` to get what is asked
 * for here.
 *
 * @throws CodedFailure `runtime-unavailable`, `cancelled`
 */
export function fetchRuntime(file: DeliveredFile, options: DeliveryOptions = {}): Promise<ArrayBuffer> {
  return fetchFile(file, { ...options, unavailable: 'runtime-unavailable' });
}
