import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Both sides of the boundary between page and worker, and what runs in the workers. */
const folders = ['contract', 'src/engine', 'worker'];

/**
 * Names the code on both sides of the page-worker boundary: a cached page and a new worker tell by it that they are not
 * of one build. A fingerprint of the sources, not a date, so that the same sources give the same hashed files again.
 */
export function buildId(): string {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const hash = createHash('sha256');
  for (const folder of folders) {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .toSorted();
    for (const file of files) hash.update(file).update(readFileSync(join(root, folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
