import { CodedFailure } from '#contract/failures.ts';
import type { SuppliedTesseract, TesseractVariant } from '#contract/supplies.ts';
import { Tesseract, type TesseractHooks } from '#worker/text/tesseract.ts';

/** Each build has a glue of its own, for its wasm's imports are named differently. */
const glues = {
  plain: () => import('tesseract.js-core/tesseract-core-lstm.js'),
  simd: () => import('tesseract.js-core/tesseract-core-simd-lstm.js'),
  'relaxed-simd': () => import('tesseract.js-core/tesseract-core-relaxedsimd-lstm.js'),
} as const satisfies Record<TesseractVariant, unknown>;

/**
 * Starts Tesseract on its compiled wasm, in this worker: it needs none of its own, so that ending the worker cancels it.
 *
 * @throws CodedFailure `runtime-unavailable`
 */
export async function startTesseract({ variant, module }: SuppliedTesseract): Promise<Tesseract> {
  if (!(module instanceof WebAssembly.Module)) {
    throw new CodedFailure('internal', 'The page sent something else than a wasm module');
  }
  const hooks: TesseractHooks = { progress: () => {} };
  try {
    const { default: createCore } = await glues[variant]();
    const core = await new Promise<Awaited<ReturnType<typeof createCore>>>((resolve, reject) => {
      createCore({
        // Without this hook it would look for its wasm beside the script.
        instantiateWasm(imports, receive) {
          WebAssembly.instantiate(module, imports).then(receive).catch(reject);
          return {};
        },
        TesseractProgress: (percent) => hooks.progress(percent),
        // Remarks on every small or faint line of print.
        print: () => {},
        printErr: () => {},
      }).then(resolve, reject);
    });
    return new Tesseract(core, hooks, variant);
  } catch (cause) {
    throw new CodedFailure('runtime-unavailable', 'Tesseract did not start', undefined, cause);
  }
}
