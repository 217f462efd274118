import { bytes, url } from 'virtual:opencv-wasm';
import { CodedFailure } from '#contract/failures.ts';
import type { JobStage, Progress } from '#contract/jobs.ts';

/**
 * Downloads and compiles OpenCV's wasm, once for all workers. The browser compiles on its own threads while the bytes
 * come in, and keeps the machine code with the cached file.
 *
 * @throws CodedFailure `runtime-unavailable` where the file cannot be had, such as offline before it was ever loaded.
 */
export async function compileOpenCv(
  report: (progress: Progress<JobStage<'engine.start'>>) => void,
): Promise<WebAssembly.Module> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
    // Compiled from the response itself, as only that keeps the browser's code cache; a copy of it is counted.
    const counted = countBytes(response.clone(), (done) => report({ stage: 'download', done, total: bytes }));
    const [module] = await Promise.all([WebAssembly.compileStreaming(response), counted]);
    report({ stage: 'compile' });
    return module;
  } catch (cause) {
    throw new CodedFailure('runtime-unavailable', `OpenCV did not load: ${String(cause)}`, undefined, cause);
  }
}

async function countBytes({ body }: Response, count: (done: number) => void): Promise<void> {
  if (!body) return;
  let done = 0;
  const reader = body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    done += chunk.value.length;
    count(done);
  }
}
