import type { TfjsVariant } from '#contract/supplies.ts';

/** A module of one function that uses v128: valid only where there is SIMD (wasm-feature-detect, Apache-2.0). */
const simdModule = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** The build of tfjs' WebAssembly that this device runs fastest. Threads need memory that the page may share. */
export function chooseTfjsVariant({ crossOriginIsolated }: { readonly crossOriginIsolated: boolean }): TfjsVariant {
  if (!WebAssembly.validate(simdModule)) return 'wasm';
  return crossOriginIsolated && navigator.hardwareConcurrency > 1 ? 'wasm-threads' : 'wasm-simd';
}
