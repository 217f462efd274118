import createOpenCv from 'virtual:opencv-glue';
import { CodedFailure } from '#contract/failures.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';

/** A started OpenCV. Wrapped, because the module object itself is thenable while it starts. */
export interface RunningOpenCv {
  readonly cv: OpenCv;
  /** Length of its heap, which grows with the pictures it has held and never shrinks. */
  heapBytes(): number;
}

/** Pages of 64 KiB that the wasm imports: 128 MB to begin with, 1 GB at most. Both are fixed in the published wasm. */
const heapPages = { initial: 2048, maximum: 16_384 } as const;

/** Instantiates the compiled wasm. Takes about 50 ms. */
export async function startOpenCv(module: WebAssembly.Module): Promise<RunningOpenCv> {
  const wasmMemory = allocateHeap();
  const hooks = await new Promise<object>((resolve, reject) => {
    const created = createOpenCv({
      wasmMemory,
      instantiateWasm(imports, receive) {
        WebAssembly.instantiate(module, imports).then(receive).catch(reject);
        return {};
      },
      onRuntimeInitialized() {
        Reflect.deleteProperty(created, 'then');
        resolve(created);
      },
      onAbort: (reason) => reject(new Error(`OpenCV did not start: ${String(reason)}`)),
    });
  });
  if (!isOpenCv(hooks)) throw new CodedFailure('runtime-unavailable', 'OpenCV started without its bindings');
  return { cv: hooks, heapBytes: () => wasmMemory.buffer.byteLength };
}

function allocateHeap(): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory(heapPages);
  } catch (cause) {
    throw new CodedFailure('out-of-memory', 'No room for the heap of OpenCV', undefined, cause);
  }
}

function isOpenCv(candidate: object): candidate is OpenCv {
  return 'Mat' in candidate && 'exceptionFromPtr' in candidate;
}
