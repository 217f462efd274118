import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { root } from './root.mjs';
import { firstScreenChunks, followImports } from './measure-shell.mjs';

/**
 * The files that the service worker and the page keep on the device:
 *
 * - the shell is precached when the service worker installs: page, entry, first screen, every language, icons;
 * - `screens` are the other screens: small, fetched as soon as the page is idle;
 * - `scan` is what a scan by camera or from a JPEG needs: worker, OpenCV, networks and their models; it comes with the
 *   first use, or with the user's wish to keep it, as do all that follow;
 * - `sheets` are the screens of answer sheets and the reader of their codes;
 * - `text` is what reads print, with the languages of the app, and the writer of Word files;
 * - `faces` are the networks that find faces;
 * - `import` are the decoders of formats that browsers cannot read.
 *
 * `lineBytes` are those of the form that compress-files.mjs has put beside the file: what a download costs.
 * Of a runtime that comes in several forms, each names its `variant`, and a device keeps one of them.
 *
 * @typedef {'screens' | 'scan' | 'sheets' | 'text' | 'faces' | 'import'} Part
 * @typedef {'wasm' | 'wasm-simd' | 'wasm-threads' | `tesseract-${string}`} Variant
 * @typedef {{ path: string, bytes: number, lineBytes: number, sha256: string, part: Part, variant?: Variant }} RuntimeFile
 * @typedef {{ url: string, revision: string | null }} ShellFile
 */

/** Where the worker's world begins: its entry, and the runtimes that the page fetches for it. */
const scanRoots = /^(?:worker|opencv|tfjs-backend-wasm)-/;
/** Forms of TensorFlow's runtime, with the hash that Vite puts behind the name. */
const variants = /^tfjs-backend-wasm(?<threads>-threaded)?(?<simd>-simd)?-[\w-]{8}\.wasm$/;
/** What reads print, in several forms, and its languages; the writer of Word files. They lead to screens only. */
const textFiles = /^(?:tesseract-core|write-docx)-|\.traineddata$/;
const tesseractForms = /^tesseract-core-(?:(?<form>simd|relaxedsimd)-)?lstm-[\w-]{8}\.(?:wasm|js)$/;
/** Chunks that open a format; what only they lead to is for imports. */
const importRoots = /^(?:open-(?:heic|pdf|tiff)|libheif)/;
/** The reader of codes: its script in the worker, and its wasm. */
const sheetRoots = /^(?:code-reader|zxing_reader)-/;
/** Anything larger is a runtime, and has to be reached from one of the above: nobody gets megabytes by accident. */
const largestScreenBytes = 200_000;

/** Served by the edge only: the error pages, licences, robots, and the service worker itself. */
export const outsideOffline = /^(?:404\.(?:html|css)|500\.html|robots\.txt|licences\.txt|sw\.js)$/;

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
 * What only the screens of answer sheets lead to: who never marks a sheet, on a line that is paid by the megabyte, does
 * not fetch it.
 *
 * @param {import('./measure-shell.mjs').Manifest} manifest
 * @param {Map<string, Buffer>} scripts all of the app, by name
 * @param {string[]} shell names of those that come first
 * @returns {Set<string>}
 */
function findSheetScreens(manifest, scripts, shell) {
  const screens = Object.entries(manifest)
    .filter(([source]) => /^src\/answer-sheets\/[\w-]+-screen\.tsx$/.test(source))
    .map(([, { file }]) => file.replace('assets/', ''));
  const gates = new RegExp(`^(?:${screens.map((name) => name.replaceAll('.', '\\.')).join('|')})$`);
  const others = screens.length === 0 ? new Set() : followNames(shell, scripts, gates);
  return new Set([...followNames(screens, scripts)].filter((name) => !others.has(name)));
}

/**
 * @param {string} name
 * @returns {Variant | undefined}
 */
function variantOf(name) {
  const tesseract = tesseractForms.exec(name);
  if (tesseract !== null)
    return `tesseract-${tesseract.groups?.form?.replace('relaxedsimd', 'relaxed-simd') ?? 'plain'}`;
  const found = variants.exec(name)?.groups;
  if (found === undefined) return undefined;
  if (found.threads !== undefined) return 'wasm-threads';
  return found.simd === undefined ? 'wasm' : 'wasm-simd';
}

/** @param {Buffer} content */
function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * Bytes over the line for this file: of its brotli form, as every server of ours sends it.
 *
 * @param {string} file
 */
export function measureLine(file) {
  return statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size;
}

/**
 * Parts of the models' files by their digest: Vite names them after the files, which are called alike in each model.
 *
 * @param {string} manifestFile
 * @returns {Map<string, Part>}
 */
function readModelParts(manifestFile) {
  const manifests = [manifestFile, join(dirname(manifestFile), 'local-manifest.json')].filter((file) =>
    existsSync(file),
  );
  const models = manifests.flatMap((file) => {
    /** @type {{ models: { capability: Part, files: { sha256: string }[] }[] }} checked by check-models.ts */
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    return manifest.models;
  });
  return new Map(models.flatMap(({ capability, files }) => files.map((file) => [file.sha256, capability])));
}

/**
 * @param {Map<string, Buffer>} assets by name
 * @param {Map<string, Part>} modelParts by digest
 * @param {Set<string>} sheetScreens
 * @returns {(name: string) => Part}
 */
function chooseParts(assets, modelParts, sheetScreens) {
  const names = [...assets.keys()];
  const workerRoots = names.filter((name) => scanRoots.test(name));
  const imports = followNames(
    names.filter((name) => importRoots.test(name)),
    assets,
  );
  const sheets = followNames(
    names.filter((name) => sheetRoots.test(name)),
    assets,
  );
  const scan = followNames(
    workerRoots,
    assets,
    new RegExp(`${importRoots.source}|${sheetRoots.source}|${textFiles.source}`),
  );
  return (name) => {
    const modelPart = modelParts.get(sha256(assets.get(name) ?? Buffer.alloc(0)));
    if (modelPart !== undefined) return modelPart;
    if (scan.has(name)) return 'scan';
    if (sheets.has(name)) return 'sheets';
    if (textFiles.test(name)) return 'text';
    if (imports.has(name)) return 'import';
    const bytes = assets.get(name)?.length ?? 0;
    if (bytes <= largestScreenBytes) return sheetScreens.has(name) ? 'sheets' : 'screens';
    throw new Error(`${name} has ${bytes} bytes: say in list-offline-files.mjs which part it belongs to.`);
  };
}

/**
 * @param {string} appFolder
 * @param {import('./measure-shell.mjs').Manifest} manifest
 * @param {string} [modelManifest]
 * @returns {{ shell: ShellFile[], runtime: RuntimeFile[] }}
 */
export function listOfflineFiles(appFolder, manifest, modelManifest = join(root, 'models/manifest.json')) {
  // Every language: the page starts with the user's, which the build cannot know.
  const languages = Object.keys(manifest).filter((name) => name.startsWith('src/ui/translations/'));
  const firstScreen = new Set(followImports(manifest, [...firstScreenChunks(manifest), ...languages]));
  /** @type {ShellFile[]} */
  const shell = [];
  /** @type {Map<string, Buffer>} */
  const assets = new Map();
  /** @type {Map<string, Buffer>} */
  const shellScripts = new Map();
  const files = readdirSync(appFolder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/\.(?:br|gz)$/.test(entry.name),
  );
  for (const entry of files) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(appFolder, file).split(sep).join('/');
    const content = readFileSync(file);
    if (firstScreen.has(path)) {
      // The name holds the content's hash.
      shell.push({ url: `/${path}`, revision: null });
      shellScripts.set(path.replace('assets/', ''), content);
    } else if (path.startsWith('assets/')) {
      assets.set(path.slice('assets/'.length), content);
    } else if (!outsideOffline.test(path)) {
      shell.push({ url: `/${path}`, revision: sha256(content).slice(0, 16) });
    }
  }
  const scripts = new Map([...shellScripts, ...assets]);
  const sheetScreens = findSheetScreens(manifest, scripts, [...shellScripts.keys()]);
  const partOf = chooseParts(assets, readModelParts(modelManifest), sheetScreens);
  const runtime = [...assets].map(([name, content]) => {
    const variant = variantOf(name);
    return {
      path: `/assets/${name}`,
      bytes: content.length,
      lineBytes: measureLine(join(appFolder, 'assets', name)),
      sha256: sha256(content),
      part: partOf(name),
      ...(variant === undefined ? {} : { variant }),
    };
  });
  return { shell, runtime };
}
