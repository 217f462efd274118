/**
 * `npm run languages -- <code>… [--into <folder>]`: puts languages of printed text that do not come with the app where the
 * app asks for them, `languages/<code>.traineddata` below its files (dist/app) or those of a CDN. Each is what
 * contract/text.ts lists, by length and digest, or it is not written.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { compressFiles } from './compress-files.mjs';
import { root } from './root.mjs';

const { runnerImport } = await import('vite');
/** @type {{ module: { textLanguages: Record<string, { delivered: boolean, bytes?: number, sha256?: string }> } }} */
const contract = await runnerImport(join(root, 'contract/text.ts'), { root, logLevel: 'error', configFile: false });
const known = contract.module.textLanguages;
const ordered = Object.keys(known).filter((code) => known[code]?.delivered === false);

/**
 * The unpacked file from its npm package.
 *
 * @param {string} code
 */
function fetchLanguage(code) {
  const folder = mkdtempSync(join(tmpdir(), 'papel-language-'));
  try {
    run('npm', ['pack', `@tesseract.js-data/${code}@1.0.0`, '--silent', '--pack-destination', folder], folder);
    const [archive = ''] = readdirSync(folder);
    run('tar', ['-xzf', archive], folder);
    return gunzipSync(readFileSync(join(folder, `package/4.0.0_best_int/${code}.traineddata.gz`)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} command @param {string[]} args @param {string} cwd */
function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed; see above.`);
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { into: { type: 'string' } } });
const unknown = positionals.filter((code) => !ordered.includes(code));
if (positionals.length === 0 || unknown.length > 0) {
  process.stderr.write(`Languages to choose from: ${ordered.join(', ')}\n`);
  process.exit(2);
}
const folder = join(values.into ?? join(root, 'dist/app'), 'languages');
mkdirSync(folder, { recursive: true });
for (const code of positionals) {
  const content = fetchLanguage(code);
  const digest = createHash('sha256').update(content).digest('hex');
  if (known[code]?.sha256 !== digest) throw new Error(`${code} is not the file that contract/text.ts lists.`);
  writeFileSync(join(folder, `${code}.traineddata`), content);
  process.stdout.write(`${join(folder, `${code}.traineddata`)}\n`);
}
await compressFiles(folder);
