import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?delivered';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?delivered';
import threadsWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?delivered';
import { asFailure, type FailureCode } from '#contract/failures.ts';
import type { NetworkName, SuppliedModel, SuppliedTfjs, TfjsVariant } from '#contract/supplies.ts';
import { fetchModel } from '#src/delivery/fetch-model.ts';
import { fetchRuntime } from '#src/delivery/fetch-runtime.ts';
import { deviceVariant } from '#src/delivery/wasm-variant.ts';
import { readBackendChoice } from './backend-choice.ts';
import { compileCodeReader } from './compile-code-reader.ts';
import { compileOpenCv } from './compile-open-cv.ts';
import type { Suppliers } from './engine-worker.ts';
import { shareStart } from './share-start.ts';
import { createTextSuppliers } from './supply-text.ts';

const tfjsFiles = { wasm: plainWasm, 'wasm-simd': simdWasm, 'wasm-threads': threadsWasm };

async function supplyTfjs(variant: TfjsVariant): Promise<SuppliedTfjs> {
  return { variant, wasm: await fetchRuntime(tfjsFiles[variant]) };
}

/**
 * What workers may ask for, each fetched and checked once for all of them.
 *
 * @param noteUnmeasured told of a model for which no backend was chosen on this device yet
 * @param noteStart told how long OpenCV took to come and to be compiled, once, or whenever that failed
 */
export function createSuppliers(
  noteUnmeasured: (name: NetworkName, digest: string) => void,
  noteStart: (startedAt: number, failure: FailureCode | undefined) => void,
): Suppliers {
  const supplyModel = async (name: NetworkName): Promise<SuppliedModel> => {
    const { version, files, digest } = await fetchModel(name);
    const choice = readBackendChoice(name, digest);
    if (choice === undefined) noteUnmeasured(name, digest);
    return { version, files, backend: choice?.backend ?? 'wasm', evenInSoftware: false };
  };
  const supplyOpenCv = async (report: Parameters<typeof compileOpenCv>[0]) => {
    const startedAt = performance.now();
    try {
      const module = await compileOpenCv(report);
      noteStart(startedAt, undefined);
      return module;
    } catch (cause) {
      noteStart(startedAt, asFailure(cause).code);
      throw cause;
    }
  };
  return {
    opencv: shareStart(supplyOpenCv),
    'code-reader': shareStart(compileCodeReader),
    tfjs: shareStart(() => supplyTfjs(deviceVariant())),
    'tfjs-one-thread': shareStart(() => supplyTfjs(deviceVariant() === 'wasm' ? 'wasm' : 'wasm-simd')),
    // Not shared: the choice of backend may have changed since, and the files lie in the cache.
    'document-detection': () => supplyModel('document-detection'),
    // A row of boxes is too little work for a graphics processor to be worth starting.
    handwriting: async () => {
      const { version, files } = await fetchModel('handwriting');
      return { version, files, backend: 'wasm', evenInSoftware: false };
    },
    'face-detection': () => supplyModel('face-detection'),
    'face-detection-yunet': () => supplyModel('face-detection-yunet'),
    ...createTextSuppliers(),
  };
}
