/**
 * What a device downloads and keeps, from the files of the build: the table of the README. Sizes over the line are those of
 * brotli, as every server of ours sends them.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { outsideOffline } from './list-offline-files.mjs';

/**
 * @typedef {{ line: number, kept: number }} Size in bytes: over the line, and on the device
 * @typedef {{ what: string, when: string, size: Size }} Download
 */

/** @param {readonly Size[]} sizes */
function add(sizes) {
  return sizes.reduce((sum, { line, kept }) => ({ line: sum.line + line, kept: sum.kept + kept }), {
    line: 0,
    kept: 0,
  });
}

/**
 * @param {string} file
 * @returns {Size}
 */
function sizeOf(file) {
  const kept = statSync(file).size;
  return { line: existsSync(`${file}.br`) ? statSync(`${file}.br`).size : kept, kept };
}

/**
 * @param {string} appFolder of a build
 * @returns {Download[]}
 */
export function measureDownloads(appFolder) {
  /** @type {import('./list-offline-files.mjs').RuntimeFile[]} */
  const runtime = JSON.parse(readFileSync(join(appFolder, 'offline-files.json'), 'utf8'));
  const listed = new Set(runtime.map(({ path }) => path.slice(1)));
  const shell = readdirSync(appFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(?:br|gz)$/.test(entry.name))
    .map((entry) => relative(appFolder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !listed.has(path) && (path === 'sw.js' || !outsideOffline.test(path)));
  /** @param {import('./list-offline-files.mjs').Part} part */
  const part = (part) => {
    const files = runtime.filter((file) => file.part === part);
    const plain = files.filter(({ variant }) => variant === undefined);
    // A device keeps one form of those that come in several: the largest, to be on the safe side.
    const forms = files.filter(({ variant }) => variant !== undefined).map(({ path }) => sizeOf(join(appFolder, path)));
    const largest = forms.toSorted((a, b) => b.line - a.line).slice(0, 1);
    return add([...plain.map(({ path }) => sizeOf(join(appFolder, path))), ...largest]);
  };
  const first = add(shell.map((path) => sizeOf(join(appFolder, path))));
  const [screens, scan, sheets, others] = [part('screens'), part('scan'), part('sheets'), part('import')];
  return [
    { what: 'First visit', when: 'at once: from here on the app opens without internet', size: first },
    { what: 'Its other screens', when: 'two seconds later', size: screens },
    { what: 'First scan', when: 'two seconds later too; where data is dear, with the first scan', size: scan },
    { what: 'First answer sheet', when: 'likewise', size: sheets },
    { what: 'First PDF, TIFF or HEIC', when: 'when one is opened', size: others },
    {
      what: '“Keep for offline use”',
      when: 'all of it, whenever asked',
      size: add([first, screens, scan, sheets, others]),
    },
  ];
}

/** @param {number} bytes */
function writeSize(bytes) {
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** @param {Download[]} downloads */
export function listRows(downloads) {
  return [
    ['', 'when', 'over the line, at most', 'on the device'],
    ...downloads.map(({ what, when, size }) => [what, when, writeSize(size.line), writeSize(size.kept)]),
  ];
}
