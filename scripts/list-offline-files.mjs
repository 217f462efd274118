import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { firstScreenChunks, followImports } from './measure-shell.mjs';

/**
 * The files that the service worker and the page keep on the device:
 *
 * - the shell is precached when the service worker installs: page, entry, first screen, icons;
 * - `screens` are the other screens and languages: small, fetched as soon as the page is idle;
 * - `scan` is what a scan by camera or from a JPEG needs: worker and OpenCV; fetched when idle, unless data is dear;
 * - `import` are the decoders of formats that browsers cannot read: first use, or "keep for offline use".
 *
 * @typedef {{ path: string, bytes: number, part: 'screens' | 'scan' | 'import' }} RuntimeFile
 * @typedef {{ url: string, revision: string | null }} ShellFile
 */

/** Names of the chunks and runtimes that only an imported PDF, TIFF or HEIC needs. */
const importNames = /heif|heic|pdf\b|pdfjs|pdf[._-]worker|utif|tiff/i;
/** Served by the edge only: the error page, licences, robots, and the service worker itself. */
const outsideOffline = /^(?:404\.(?:html|css)|robots\.txt|licences\.txt|sw\.js)$/;

/** Anything larger is a runtime, and has to be named here or above: nobody gets megabytes by accident. */
const largestScreenBytes = 200_000;
const scanNames = /opencv|worker/i;

/**
 * @param {string} path
 * @param {number} bytes
 */
function choosePart(path, bytes) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (importNames.test(name)) return 'import';
  if (scanNames.test(name)) return 'scan';
  if (bytes > largestScreenBytes) {
    throw new Error(`${path} has ${bytes} bytes: say in list-offline-files.mjs which part it belongs to.`);
  }
  return 'screens';
}

/**
 * @param {string} appFolder
 * @param {import('./measure-shell.mjs').Manifest} manifest
 * @returns {{ shell: ShellFile[], runtime: RuntimeFile[] }}
 */
export function listOfflineFiles(appFolder, manifest) {
  const firstScreen = new Set(followImports(manifest, firstScreenChunks(manifest)));
  /** @type {ShellFile[]} */
  const shell = [];
  /** @type {RuntimeFile[]} */
  const runtime = [];
  const files = readdirSync(appFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of files) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(appFolder, file).split(sep).join('/');
    const content = readFileSync(file);
    if (!path.startsWith('assets/')) {
      if (outsideOffline.test(path)) continue;
      shell.push({ url: `/${path}`, revision: createHash('sha256').update(content).digest('hex').slice(0, 16) });
    } else if (firstScreen.has(path)) {
      // The name holds the content's hash.
      shell.push({ url: `/${path}`, revision: null });
    } else {
      runtime.push({ path: `/${path}`, bytes: content.length, part: choosePart(path, content.length) });
    }
  }
  return { shell, runtime };
}
