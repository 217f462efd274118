import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { root } from './root.mjs';

const compressible = /\.(?:js|mjs|css|html|json|svg|traineddata|txt|wasm|webmanifest)$/;
/** Under one network packet there is nothing to win. */
const smallestBytes = 1_000;
/** OpenCV's 8 MB of wasm take 14 s at brotli's level 11, for 1.82 MB instead of 2.08 MB at level 9: worth it, once. */
const cacheFolder = join(root, '.cache/compressed');

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** @param {Buffer} content */
async function compressWithBrotli(content) {
  const cached = join(cacheFolder, `${createHash('sha256').update(content).digest('hex')}.br`);
  if (existsSync(cached)) return readFileSync(cached);
  const compressed = await brotli(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });
  writeFileSync(cached, compressed);
  return compressed;
}

/** @param {string} file */
async function compressFile(file) {
  const content = readFileSync(file);
  if (content.length < smallestBytes) return;
  const [br, gz] = await Promise.all([compressWithBrotli(content), gzipped(content, { level: 9 })]);
  if (br.length < content.length) writeFileSync(`${file}.br`, br);
  if (gz.length < content.length) writeFileSync(`${file}.gz`, gz);
}

/**
 * Writes `.br` and `.gz` beside every file of the folder that they make smaller.
 *
 * @param {string} folder
 * @param {(name: string) => boolean} [isWanted] for what has come to the folder since
 */
export async function compressFiles(folder, isWanted = () => true) {
  mkdirSync(cacheFolder, { recursive: true });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && compressible.test(entry.name) && isWanted(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const take = async () => {
    for (let file = files.pop(); file !== undefined; file = files.pop()) await compressFile(file);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, take));
}
