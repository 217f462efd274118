/**
 * `npm run models -- --update`: writes length and digest of each listed file into models/manifest.json, after a
 * training. Everything else in the list is written by hand, and checked by the build.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

/**
 * @param {string} folder
 * @returns {string[]} paths of files that were not as the list said
 */
export function updateManifest(folder) {
  const manifestFile = join(folder, 'manifest.json');
  /** @type {{ models: { files: { path: string, bytes: number, sha256: string }[] }[] }} */
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const changed = [];
  for (const file of manifest.models.flatMap(({ files }) => files)) {
    const content = readFileSync(join(folder, file.path));
    const sha256 = createHash('sha256').update(content).digest('hex');
    if (file.bytes !== content.length || file.sha256 !== sha256) changed.push(file.path);
    Object.assign(file, { bytes: content.length, sha256 });
  }
  if (changed.length > 0) writeFileSync(manifestFile, `${JSON.stringify(manifest, undefined, 2)}\n`);
  return changed;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv[2] !== '--update') {
    process.stderr.write('Usage: npm run models -- --update\n');
    process.exit(2);
  }
  const changed = updateManifest(join(root, 'models'));
  process.stdout.write(changed.length === 0 ? 'Nothing has changed.\n' : `Updated:\n${changed.join('\n')}\n`);
}
