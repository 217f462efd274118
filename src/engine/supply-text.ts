import { languageFiles } from 'virtual:languages';
import plainWasm from 'tesseract.js-core/tesseract-core-lstm.wasm?delivered';
import relaxedWasm from 'tesseract.js-core/tesseract-core-relaxedsimd-lstm.wasm?delivered';
import simdWasm from 'tesseract.js-core/tesseract-core-simd-lstm.wasm?delivered';
import type { LanguageSupplyName, SuppliedTesseract, TesseractVariant } from '#contract/supplies.ts';
import { textLanguages, type TextLanguage } from '#contract/text.ts';
import type { DeliveredFile } from '#src/delivery/delivered-file.ts';
import { fetchFile } from '#src/delivery/fetch-file.ts';
import { fetchRuntime } from '#src/delivery/fetch-runtime.ts';
import { deviceTesseract } from '#src/delivery/wasm-variant.ts';
import { compileWasm } from './compile-wasm.ts';
import type { Suppliers } from './engine-worker.ts';
import { shareStart } from './share-start.ts';

const builds: Readonly<Record<TesseractVariant, DeliveredFile>> = {
  plain: plainWasm,
  simd: simdWasm,
  'relaxed-simd': relaxedWasm,
};

/** Where whoever runs the app, or its CDN, has the languages that do not come with it. */
const languagesPath = '/languages/';

type TextSuppliers = Pick<Suppliers, 'tesseract' | LanguageSupplyName>;
type Report = Parameters<Suppliers['tesseract']>[0];

/** What workers need to read print: Tesseract, compiled once for all of them, and languages as they are asked for. */
export function createTextSuppliers(): TextSuppliers {
  return {
    tesseract: shareStart(supplyTesseract),
    'language-eng': supplyLanguage('eng'),
    'language-fil': supplyLanguage('fil'),
    'language-ceb': supplyLanguage('ceb'),
    'language-spa': supplyLanguage('spa'),
    'language-fra': supplyLanguage('fra'),
    'language-deu': supplyLanguage('deu'),
    'language-ita': supplyLanguage('ita'),
    'language-por': supplyLanguage('por'),
    'language-nld': supplyLanguage('nld'),
    'language-pol': supplyLanguage('pol'),
    'language-cym': supplyLanguage('cym'),
    'language-vie': supplyLanguage('vie'),
  };
}

/** Not shared: each worker gets a buffer of its own, and the file lies in the cache. */
function supplyLanguage(code: TextLanguage) {
  return (report: Report): Promise<ArrayBuffer> =>
    fetchFile(fileOf(code), {
      unavailable: 'language-unavailable',
      report: (done, total) => report({ stage: 'download', done, total }),
    });
}

async function supplyTesseract(report: Report): Promise<SuppliedTesseract> {
  const variant = deviceTesseract();
  const wasm = await fetchRuntime(builds[variant], {
    report: (done, total) => report({ stage: 'download', done, total }),
  });
  return { variant, module: await compileWasm(wasm, 'Tesseract') };
}

function fileOf(code: TextLanguage): DeliveredFile {
  const language = textLanguages[code];
  if (language.delivered) return languageFiles[language.code];
  const { bytes, sha256 } = language;
  return { path: `${languagesPath}${code}.traineddata`, bytes, sha256 };
}
