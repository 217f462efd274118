import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import { CodedFailure } from '#contract/failures.ts';
import type { RgbaImage } from '#contract/images.ts';
import type { ReadCodes } from '#worker/answer-sheets/read-code.ts';

/** Codes are black on white, and a photo shows the sheet's and perhaps those of sheets beside it. */
const options: ReaderOptions = { formats: ['QRCode'], tryInvert: false, maxNumberOfSymbols: 4, textMode: 'Plain' };

const efforts: Readonly<Record<Parameters<ReadCodes>[1], ReaderOptions>> = {
  quick: { ...options, tryHarder: false, tryRotate: false, tryDownscale: false },
  thorough: { ...options, tryHarder: true, tryDenoise: true },
};

/**
 * Starts zxing-cpp (ISO/IEC 18004 and more) on its compiled wasm.
 *
 * @throws CodedFailure `runtime-unavailable`
 */
export async function startCodeReader(module: WebAssembly.Module): Promise<ReadCodes> {
  try {
    await new Promise<unknown>((resolve, reject) => {
      // Without this hook, the library would ask a CDN for its wasm.
      const overrides = {
        instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void): object {
          WebAssembly.instantiate(module, imports).then(receive).catch(reject);
          return {};
        },
      };
      prepareZXingModule({ overrides, fireImmediately: true }).then(resolve, reject);
    });
  } catch (cause) {
    throw new CodedFailure('runtime-unavailable', 'The reader of codes did not start', undefined, cause);
  }
  return async (picture, effort) => readTexts(picture, efforts[effort]);
}

async function readTexts({ width, height, data }: RgbaImage, settings: ReaderOptions): Promise<readonly string[]> {
  const results = await readBarcodes(new ImageData(data, width, height), settings);
  return results.filter(({ isValid }) => isValid).map(({ text }) => text);
}
