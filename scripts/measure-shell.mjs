import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** From the issue: what a first visit may load before the first screen stands, gzipped. 1 kB = 1000 bytes. */
const budgetKb = { js: 240, css: 40 };

/**
 * @typedef {{ file: string, css?: string[], imports?: string[], dynamicImports?: string[], isEntry?: boolean }} Chunk
 * @typedef {Record<string, Chunk>} Manifest as Vite writes it
 */

/**
 * Files that the page loads before it runs: the entry, its static imports and their styles.
 *
 * @param {Manifest} manifest
 * @param {string[]} roots keys of chunks to start from
 */
export function followImports(manifest, roots) {
  const seen = new Set();
  const files = new Set();
  const waiting = [...roots];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const chunk = manifest[key];
    if (chunk === undefined || seen.has(key)) continue;
    seen.add(key);
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    waiting.push(...(chunk.imports ?? []));
  }
  return [...files];
}

/**
 * What stands between a first visit and its first screen: the page's entry and the lazy chunks that this screen waits
 * for. A name that the build no longer has is an error, so that the list cannot rot.
 */
const firstScreenModules = ['index.html', 'src/app/welcome-screen.tsx', 'src/ui/translations/en/texts.ts'];

/**
 * @param {Manifest} manifest
 * @returns {string[]}
 */
export function firstScreenChunks(manifest) {
  for (const name of firstScreenModules) {
    if (manifest[name] === undefined) throw new Error(`The first screen's ${name} is not in Vite's manifest.`);
  }
  return firstScreenModules;
}

/**
 * @param {string} appFolder
 * @param {Manifest} manifest
 */
export function measureShell(appFolder, manifest) {
  return followImports(manifest, firstScreenChunks(manifest))
    .filter((file) => /\.(?:js|css)$/.test(file))
    .map((file) => ({ file, bytes: gzipSync(readFileSync(join(appFolder, file)), { level: 9 }).length }))
    .toSorted((a, b) => b.bytes - a.bytes);
}

/**
 * Prints the table and says whether the shell keeps to its budget.
 *
 * @param {{ file: string, bytes: number }[]} files
 */
export function printBudget(files) {
  for (const { file, bytes } of files) process.stdout.write(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}\n`);
  let kept = true;
  for (const kind of /** @type {const} */ (['js', 'css'])) {
    const kb = files.filter(({ file }) => file.endsWith(`.${kind}`)).reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
    const verdict = kb <= budgetKb[kind] ? 'within' : 'OVER';
    if (kb > budgetKb[kind]) kept = false;
    process.stdout.write(
      `${kb.toFixed(1).padStart(8)} kB  first load, ${kind}: ${verdict} ${budgetKb[kind]} kB gzipped\n`,
    );
  }
  return kept;
}
