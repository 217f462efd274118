import { bytes, sha256, url } from 'virtual:opencv-wasm';
import type { JobStage, Progress } from '#contract/jobs.ts';
import { fetchRuntime } from '#src/delivery/fetch-runtime.ts';
import { compileWasm } from './compile-wasm.ts';

/**
 * Gets and compiles OpenCV's wasm, once for all workers. The browser compiles on its own threads.
 *
 * @throws CodedFailure `runtime-unavailable` where the file cannot be had, such as offline before it was ever loaded.
 */
export async function compileOpenCv(
  report: (progress: Progress<JobStage<'engine.start'>>) => void,
): Promise<WebAssembly.Module> {
  const wasm = await fetchRuntime(
    { path: url, bytes, sha256 },
    { report: (done, total) => report({ stage: 'download', done, total }) },
  );
  report({ stage: 'compile' });
  return compileWasm(wasm, 'OpenCV');
}
