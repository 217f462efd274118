import zxingWasm from 'zxing-wasm/reader/zxing_reader.wasm?delivered';
import { fetchRuntime } from '#src/delivery/fetch-runtime.ts';
import { compileWasm } from './compile-wasm.ts';

/**
 * Gets and compiles the wasm of the reader of QR codes, once for all workers.
 *
 * @throws CodedFailure `runtime-unavailable` where the file cannot be had
 */
export async function compileCodeReader(): Promise<WebAssembly.Module> {
  return compileWasm(await fetchRuntime(zxingWasm), 'The reader of codes');
}
