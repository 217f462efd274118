import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, it, vi } from 'vitest';
import { startTesseract } from './start-tesseract.ts';

/* The real wasm, with an allocation that really fails. */

const here = createRequire(import.meta.url);
const packed = here.resolve('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz');
const wasm = here.resolve('tesseract.js-core/tesseract-core-simd-lstm.wasm');

afterEach(() => {
  vi.restoreAllMocks();
});

it('says that it ran out of memory where the device gives no more', async () => {
  const tesseract = await startTesseract({
    variant: 'simd',
    module: await WebAssembly.compile(readFileSync(wasm)),
  });
  tesseract.useLanguages(['eng'], [{ code: 'eng', content: gunzipSync(readFileSync(packed)) }]);
  const small = { width: 200, height: 100, values: new Uint8Array(200 * 100).fill(255) };
  expect(tesseract.recognise(small, { segmentation: 'block' })).toEqual([]);
  vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
    throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
  });
  const page = { width: 5000, height: 4000, values: new Uint8Array(5000 * 4000).fill(255) };
  expect(() => tesseract.recognise(page, { segmentation: 'block' })).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'out-of-memory' }) }),
  );
});
