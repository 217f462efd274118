import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { firstScreenChunks, followImports } from './measure-shell.mjs';

/**
 * The files that the service worker and the page keep on the device:
 *
 * - the shell is precached when the service worker installs: page, entry, first screen, every language, icons;
 * - `screens` are the other screens: small, fetched as soon as the page is idle;
 * - `scan` is what a scan by camera or from a JPEG needs: worker and OpenCV; fetched when idle, unless data is dear;
 * - `import` are the decoders of formats that browsers cannot read: first use, or "keep for offline use".
 *
 * @typedef {{ path: string, bytes: number, part: 'screens' | 'scan' | 'import' }} RuntimeFile
 * @typedef {{ url: string, revision: string | null }} ShellFile
 */

/** Where the worker's world begins: its entry, and OpenCV, which the page compiles for it. */
const scanRoots = /^(?:worker|opencv)-/;
/** Chunks that open a format; what only they lead to is for imports. */
const importRoots = /^(?:open-(?:heic|pdf|tiff)|libheif)/;
/** Anything larger is a runtime, and has to be reached from one of the above: nobody gets megabytes by accident. */
const largestScreenBytes = 200_000;

/** Served by the edge only: the error page, licences, robots, and the service worker itself. */
const outsideOffline = /^(?:404\.(?:html|css)|robots\.txt|licences\.txt|sw\.js)$/;

/**
 * Names of the files that these files lead to, themselves included. Vite's manifest does not look into workers, so the
 * names are read from the scripts: they hold a hash and occur nowhere by chance.
 *
 * @param {string[]} roots
 * @param {Map<string, Buffer>} assets
 * @param {RegExp} [gates] files that are not entered
 */
function followNames(roots, assets, gates) {
  const seen = new Set(roots);
  for (const name of seen) {
    const content = assets.get(name);
    if (content === undefined || !/\.m?js$/.test(name)) continue;
    const text = content.toString();
    for (const other of assets.keys()) if (!gates?.test(other) && text.includes(other)) seen.add(other);
  }
  return seen;
}

/**
 * @param {Map<string, Buffer>} assets by name
 * @returns {(name: string) => RuntimeFile['part']}
 */
function chooseParts(assets) {
  const names = [...assets.keys()];
  const workerRoots = names.filter((name) => scanRoots.test(name));
  const imports = followNames(
    names.filter((name) => importRoots.test(name)),
    assets,
  );
  const scan = followNames(workerRoots, assets, importRoots);
  return (name) => {
    if (scan.has(name)) return 'scan';
    if (imports.has(name)) return 'import';
    const bytes = assets.get(name)?.length ?? 0;
    if (bytes <= largestScreenBytes) return 'screens';
    throw new Error(`${name} has ${bytes} bytes: say in list-offline-files.mjs which part it belongs to.`);
  };
}

/**
 * @param {string} appFolder
 * @param {import('./measure-shell.mjs').Manifest} manifest
 * @returns {{ shell: ShellFile[], runtime: RuntimeFile[] }}
 */
export function listOfflineFiles(appFolder, manifest) {
  // Every language: the page starts with the user's, which the build cannot know.
  const languages = Object.keys(manifest).filter((name) => name.startsWith('src/ui/translations/'));
  const firstScreen = new Set(followImports(manifest, [...firstScreenChunks(manifest), ...languages]));
  /** @type {ShellFile[]} */
  const shell = [];
  /** @type {Map<string, Buffer>} */
  const assets = new Map();
  const files = readdirSync(appFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of files) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(appFolder, file).split(sep).join('/');
    const content = readFileSync(file);
    if (firstScreen.has(path)) {
      // The name holds the content's hash.
      shell.push({ url: `/${path}`, revision: null });
    } else if (path.startsWith('assets/')) {
      assets.set(path.slice('assets/'.length), content);
    } else if (!outsideOffline.test(path)) {
      shell.push({ url: `/${path}`, revision: createHash('sha256').update(content).digest('hex').slice(0, 16) });
    }
  }
  const partOf = chooseParts(assets);
  const runtime = [...assets].map(([name, { length }]) => ({
    path: `/assets/${name}`,
    bytes: length,
    part: partOf(name),
  }));
  return { shell, runtime };
}
