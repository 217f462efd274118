/**
 * `node scripts/copy-edge-dist.mjs <folder>`: copies what was built (dist/) for an image whose edge serves the app alone. Of each
 * file that the build has packed only brotli's form goes along: the edge makes the others from it
 * (edge/adapters/folder-assets.ts), and the image is 50 MB smaller. Other servers get all forms, from dist/ itself.
 */
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** @param {string} path */
const canBeMade = (path) => existsSync(`${path.replace(/\.gz$/, '')}.br`);

/** @param {string} target */
export function copyEdgeDist(target) {
  cpSync(join(root, 'dist'), target, { recursive: true, filter: (path) => !canBeMade(path) });
}

const [target] = process.argv.slice(2);
if (process.argv[1] === import.meta.filename && target !== undefined) copyEdgeDist(target);
