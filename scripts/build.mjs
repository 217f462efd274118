/**
 * Builds for production into dist/: the app with its service worker and precompressed files, and the edge. Fails when
 * the shell outgrows its budget. Run by `npm run build`, and by `npm start` when the sources have changed.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { compressFiles } from './compress-files.mjs';
import { listLicences } from './list-licences.mjs';
import { listOfflineFiles } from './list-offline-files.mjs';
import { measureShell, printBudget } from './measure-shell.mjs';
import { digestModels } from './models-version.mjs';
import { root } from './root.mjs';
import { digestSources } from './sources.mjs';

const finished = join(root, 'dist');
/** Everything is made here first, so that a failed build leaves the last good one alone. */
const dist = join(root, '.cache', `build-${process.pid}`);
const appFolder = join(dist, 'app');
const stampName = 'sources';
const listName = 'offline-files.json';

async function buildApp() {
  await build({ root, logLevel: 'warn', build: { outDir: appFolder, emptyOutDir: true } });
  // Vite's manifest describes the build and is no part of the app.
  const manifestFile = join(appFolder, '.vite/manifest.json');
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  rmSync(join(appFolder, '.vite'), { recursive: true });
  return manifest;
}

/** @param {ReturnType<typeof listOfflineFiles>} files */
async function buildServiceWorker(files) {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: {
      'process.env.NODE_ENV': '"production"',
      __SHELL_FILES__: JSON.stringify(files.shell),
      __RUNTIME_FILES__: JSON.stringify(files.runtime),
    },
    build: {
      outDir: appFolder,
      emptyOutDir: false,
      target: 'es2023',
      // One classic script with workbox inside: `importScripts` would fetch more under a policy that may refuse it.
      lib: {
        entry: join(root, 'src/offline/service-worker/service-worker.ts'),
        formats: ['iife'],
        name: 'papel',
        fileName: () => 'sw.js',
      },
    },
  });
}

/**
 * The edge as one script. Native code stays where it is installed: libsql is found in node_modules above the folder.
 *
 * @param {string} outDir
 * @param {Record<string, string>} entries by the name of the script that each becomes
 */
export async function buildEdge(outDir, entries) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['libsql'] },
    define: {
      __MODELS_VERSION__: JSON.stringify(digestModels(join(root, 'models'))),
      __VERSION__: JSON.stringify(version),
    },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'node20',
      ssr: true,
      rolldownOptions: {
        input: entries,
        external: [/^libsql(?:\/|$)/],
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}

async function makeEverything() {
  const digest = digestSources();
  const manifest = await buildApp();
  const withinBudget = printBudget(measureShell(appFolder, manifest));
  writeFileSync(join(appFolder, 'licences.txt'), listLicences());
  // The list says what each file is on the line.
  await compressFiles(appFolder);
  const { runtime } = listOfflineFiles(appFolder, manifest);
  writeFileSync(join(appFolder, listName), JSON.stringify(runtime));
  // Listed again, as the list of runtime files is itself a file of the shell.
  await buildServiceWorker(listOfflineFiles(appFolder, manifest));
  await compressFiles(appFolder, (name) => name === listName || name === 'sw.js');
  await buildEdge(join(dist, 'edge'), {
    node: join(root, 'edge/adapters/node.ts'),
    maintain: join(root, 'edge/adapters/maintain.ts'),
  });
  if (!withinBudget) throw new Error('The shell is over its budget.');
  writeFileSync(join(dist, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(dist, stampName), digest);
  rmSync(finished, { recursive: true, force: true });
  renameSync(dist, finished);
}

export async function buildEverything() {
  process.stdout.write('Building …\n');
  try {
    await makeEverything();
  } finally {
    rmSync(dist, { recursive: true, force: true });
  }
}

export async function buildWhenChanged() {
  const stampFile = join(finished, stampName);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digestSources()) return;
  await buildEverything();
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await buildEverything();
