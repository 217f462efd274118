/**
 * `npm run models -- --update`: writes length and digest of each listed file into models/manifest.json, after a
 * training. Everything else in the list is written by hand, and checked by the build.
 *
 * `npm run models -- <model> [--from <file>]`: makes a model by its recipe, from what its publisher offers or from a file
 * that is here already.
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

/** Recipes that need no training: each module's `make` says what it has made. */
const recipes = {
  'face-detection': 'models/face-detection/recipe/make.ts',
  'face-detection-yunet': 'models/face-detection-yunet/recipe/make.ts',
};

const usage = `Usage: npm run models -- --update
       npm run models -- <${Object.keys(recipes).join('|')}> [--from <file>]
`;

/** @param {readonly string[]} args */
async function run([what, option, from, ...rest]) {
  if (what === '--update' && option === undefined) {
    const changed = updateManifest(join(root, 'models'));
    return changed.length === 0 ? 'Nothing has changed.\n' : `Updated:\n${changed.join('\n')}\n`;
  }
  const recipe = Object.entries(recipes).find(([name]) => name === what)?.[1];
  const isFrom = option === '--from' && from !== undefined;
  if (recipe === undefined || (option !== undefined && !isFrom) || rest.length > 0) return undefined;
  const { runnerImport } = await import('vite');
  /** @type {{ module: { make(folder: string, from: string | undefined): Promise<string> } }} */
  const { module } = await runnerImport(join(root, recipe), { root, logLevel: 'error', configFile: false });
  return `${await module.make(join(root, 'models'), from)}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const said = await run(process.argv.slice(2));
  if (said === undefined) {
    process.stderr.write(usage);
    process.exit(2);
  }
  process.stdout.write(said);
}
