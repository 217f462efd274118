/** Forms of one runtime, of which a device runs the last that it can. */
export const wasmVariants = ['wasm', 'wasm-simd', 'wasm-threads'] as const;
export type WasmVariant = (typeof wasmVariants)[number];

/** The least module that uses the instruction set: a function of SIMD, and one with an atomic operation. */
const simdModule = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);
const threadsModule = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1, 10, 11, 1, 9, 0, 65, 0, 254, 16, 2, 0,
  26, 11,
]);

/**
 * Cores from which on threads pay. On two, the camera's stream and the page need the other one: with two threads the live
 * outline fell from 14 to 8 frames a second.
 */
const fewestCores = 4;

/** The form that this page runs fastest. Threads need memory that is shared, too, which only isolated pages may have. */
export function deviceVariant(): WasmVariant {
  if (!WebAssembly.validate(simdModule)) return 'wasm';
  const hasThreads = globalThis.crossOriginIsolated && navigator.hardwareConcurrency >= fewestCores;
  return hasThreads && WebAssembly.validate(threadsModule) ? 'wasm-threads' : 'wasm-simd';
}

/** Multiplication of 8-bit integers as the processor has it (relaxed SIMD): what Tesseract's network is made of. */
const relaxedModule = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15,
  253, 146, 2, 11,
]);

/** The form of Tesseract that this page runs fastest. */
export function deviceTesseract(): 'plain' | 'simd' | 'relaxed-simd' {
  if (!WebAssembly.validate(simdModule)) return 'plain';
  return WebAssembly.validate(relaxedModule) ? 'relaxed-simd' : 'simd';
}

/** What the list of files calls them. */
export const tesseractForms = ['tesseract-plain', 'tesseract-simd', 'tesseract-relaxed-simd'] as const;
export type TesseractForm = (typeof tesseractForms)[number];

/** Leaves those files out that are for other devices: of each runtime's forms only one is ever run. */
export function filterForDevice<F extends { readonly variant?: WasmVariant | TesseractForm | undefined }>(
  files: readonly F[],
  device: WasmVariant,
): readonly F[] {
  const tesseract: TesseractForm = `tesseract-${deviceTesseract()}`;
  const runnable = wasmVariants.slice(0, wasmVariants.indexOf(device) + 1);
  const best = runnable.findLast((variant) => files.some((file) => file.variant === variant));
  return files.filter(({ variant }) => variant === undefined || variant === best || variant === tesseract);
}
