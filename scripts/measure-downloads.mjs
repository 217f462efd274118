/**
 * What a device downloads and keeps, from the files of the build: the table of the README.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { measureLine, outsideOffline } from './list-offline-files.mjs';

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
  return { line: measureLine(file), kept: statSync(file).size };
}

/**
 * In the order of the table.
 *
 * @type {Record<import('./list-offline-files.mjs').Part, readonly [what: string, when: string]>}
 */
const parts = {
  screens: ['Its other screens', 'two seconds later'],
  scan: ['First scan', 'when one is made, or kept from the first screen'],
  sheets: ['First answer sheet', 'likewise'],
  import: ['First PDF, TIFF or HEIC', 'when one is opened'],
  text: ['First text that is read', 'when it is wanted'],
  faces: ['First faces that are looked for', 'when it is wanted'],
};

/**
 * Of files that come in several forms, of which a device keeps one: the largest, to be on the safe side.
 *
 * @param {readonly import('./list-offline-files.mjs').RuntimeFile[]} files
 * @param {(file: import('./list-offline-files.mjs').RuntimeFile) => Size} measure
 */
function addParts(files, measure) {
  /** @type {Map<string, Size>} */
  const forms = new Map();
  for (const file of files.filter(({ variant }) => variant !== undefined)) {
    const family = file.variant?.split('-')[0] ?? '';
    const [size, largest] = [measure(file), forms.get(family)];
    if (largest === undefined || size.line > largest.line) forms.set(family, size);
  }
  return add([...files.filter(({ variant }) => variant === undefined).map(measure), ...forms.values()]);
}

/**
 * @param {string} appFolder of a build
 * @returns {Download[]}
 */
export function measureDownloads(appFolder) {
  /** @type {import('./list-offline-files.mjs').RuntimeFile[]} */
  const runtime = JSON.parse(readFileSync(join(appFolder, 'offline-files.json'), 'utf8'));
  const unknown = runtime.find(({ part }) => !(part in parts));
  if (unknown !== undefined) throw new Error(`Say in measure-downloads.mjs what the part "${unknown.part}" is.`);
  const listed = new Set(runtime.map(({ path }) => path.slice(1)));
  const shell = readdirSync(appFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(?:br|gz)$/.test(entry.name))
    .map((entry) => relative(appFolder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !listed.has(path) && (path === 'sw.js' || !outsideOffline.test(path)));
  const first = add(shell.map((path) => sizeOf(join(appFolder, path))));
  const later = Object.entries(parts).map(([part, [what, when]]) => {
    const files = runtime.filter((file) => file.part === part);
    return { what, when, size: addParts(files, ({ path }) => sizeOf(join(appFolder, path))) };
  });
  const all = add([first, ...later.map(({ size }) => size)]);
  return [
    { what: 'First visit', when: 'at once: from here on the app opens without internet', size: first },
    ...later.filter(({ size }) => size.line > 0),
    { what: '“Keep for offline use”', when: 'all of it, whenever asked', size: all },
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
