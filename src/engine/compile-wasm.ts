import { CodedFailure } from '#contract/failures.ts';

/**
 * Compiles a runtime for workers, on the browser's own threads.
 *
 * @param name for the log
 * @throws CodedFailure `runtime-unavailable` where it is no module that this browser can run
 */
export async function compileWasm(wasm: ArrayBuffer, name: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(wasm);
  } catch (cause) {
    throw new CodedFailure('runtime-unavailable', `${name} did not compile: ${String(cause)}`, undefined, cause);
  }
}
