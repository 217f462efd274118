import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressible = /\.(?:js|css|html|json|svg|txt|wasm|webmanifest)$/;
/** Under one network packet there is nothing to win. */
const smallestBytes = 1_000;
const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** @param {string} file */
async function compressFile(file) {
  const content = readFileSync(file);
  if (content.length < smallestBytes) return;
  const [br, gz] = await Promise.all([
    brotli(content, {
      params: {
        // 11 takes 25 s for OpenCV's 7 MB of wasm and wins 9 % over 9, which takes 1 s.
        [constants.BROTLI_PARAM_QUALITY]: content.length > 1_000_000 ? 9 : 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        [constants.BROTLI_PARAM_LGWIN]: 22,
      },
    }),
    gzipped(content, { level: 9 }),
  ]);
  if (br.length < content.length) writeFileSync(`${file}.br`, br);
  if (gz.length < content.length) writeFileSync(`${file}.gz`, gz);
}

/**
 * Writes `.br` and `.gz` beside every file of the folder that they make smaller.
 *
 * @param {string} folder
 */
export async function compressFiles(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && compressible.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const take = async () => {
    for (let file = files.pop(); file !== undefined; file = files.pop()) await compressFile(file);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, take));
}
