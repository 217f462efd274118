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
  let text = readFileSync(manifestFile, 'utf8');
  /** @type {{ models: { files: { path: string, bytes: number, sha256: string }[] }[] }} */
  const { models } = JSON.parse(text);
  const changed = [];
  for (const file of models.flatMap(({ files }) => files)) {
    const content = readFileSync(join(folder, file.path));
    const sha256 = createHash('sha256').update(content).digest('hex');
    if (file.bytes === content.length && file.sha256 === sha256) continue;
    changed.push(file.path);
    // In the text, as people wrote it: how it is set is theirs.
    const { before, after } = splitAt(text, JSON.stringify(file.path));
    text =
      before + after.replace(/("bytes":\s*)\d+/, `$1${content.length}`).replace(/("sha256":\s*")[^"]*/, `$1${sha256}`);
  }
  if (changed.length > 0) writeFileSync(manifestFile, text);
  return changed;
}

/**
 * @param {string} text
 * @param {string} found where the second part begins
 */
function splitAt(text, found) {
  const at = text.indexOf(found);
  if (at === -1) throw new Error(`models/manifest.json does not spell ${found} like this.`);
  return { before: text.slice(0, at), after: text.slice(at) };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv[2] !== '--update') {
    process.stderr.write('Usage: npm run models -- --update\n');
    process.exit(2);
  }
  const changed = updateManifest(join(root, 'models'));
  process.stdout.write(changed.length === 0 ? 'Nothing has changed.\n' : `Updated:\n${changed.join('\n')}\n`);
}
