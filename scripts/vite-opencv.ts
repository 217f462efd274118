import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { splitOpenCv } from './split-opencv.ts';

/**
 * Serves OpenCV in two parts, in development, tests and builds alike:
 * `virtual:opencv-glue` (the module's script, for workers) and `virtual:opencv-wasm` (`url`, `bytes` and `sha256` of the wasm,
 * for the page, which downloads and compiles it once for all workers). Register it for the app and for its workers.
 *
 * The parts are ordinary files in a cache folder, so Vite hashes, serves and copies them as it does any other.
 */
export function openCv(): Plugin {
  return {
    name: 'papel:opencv',
    enforce: 'pre',
    resolveId(id) {
      if (id === 'virtual:opencv-glue') return splitFiles().glue;
      if (id === 'virtual:opencv-wasm') return '\0virtual:opencv-wasm';
      return undefined;
    },
    load(id) {
      if (id !== '\0virtual:opencv-wasm') return undefined;
      const { wasm, bytes, sha256 } = splitFiles();
      return `export { default as url } from ${JSON.stringify(`${wasm}?url`)};
export const bytes = ${bytes};
export const sha256 = ${JSON.stringify(sha256)};
`;
    },
  };
}

let split: { glue: string; wasm: string; bytes: number; sha256: string } | undefined;

function splitFiles() {
  split ??= writeSplit();
  return split;
}

function writeSplit() {
  const source = readFileSync(createRequire(import.meta.url).resolve('@techstark/opencv-js'));
  const splitter = readFileSync(fileURLToPath(new URL('./split-opencv.ts', import.meta.url)));
  const version = createHash('sha256').update(source).update(splitter).digest('hex').slice(0, 16);
  const cache = fileURLToPath(new URL('../node_modules/.cache/papel', import.meta.url));
  const folder = join(cache, `opencv-${version}`);
  const files = { glue: join(folder, 'opencv.js'), wasm: join(folder, 'opencv.wasm') };
  if (!existsSync(folder)) {
    const { glue, wasm } = splitOpenCv(source.toString('utf8'));
    // Written aside and renamed, so that two runs at once never see half a file.
    const aside = `${folder}.${process.pid}`;
    mkdirSync(aside, { recursive: true });
    writeFileSync(join(aside, 'opencv.js'), glue);
    writeFileSync(join(aside, 'opencv.wasm'), wasm);
    try {
      renameSync(aside, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error;
    }
  }
  const wasm = readFileSync(files.wasm);
  return { ...files, bytes: wasm.length, sha256: createHash('sha256').update(wasm).digest('hex') };
}
