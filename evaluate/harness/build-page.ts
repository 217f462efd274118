import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { buildId } from '../../scripts/build-id.ts';
import { delivered } from '../../scripts/vite-delivered.ts';
import { languageFiles } from '../../scripts/vite-languages.ts';
import { openCv } from '../../scripts/vite-opencv.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where the page's files are served, apart from those of the app. */
export const pageBase = '/evaluate/';

/**
 * Builds the page that drives the app's built worker. Only the page is built here: worker and wasm are those of `dist`.
 *
 * @param peers whether to bundle the peers, which have to be installed then.
 * @returns the folder of the built page; the caller removes it.
 */
export async function buildPage(peers: boolean): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'papel-evaluate-'));
  const libraries = {
    'jscanify-browser': here('../peers/node_modules/jscanify/src/jscanify.js'),
    'scanic-browser': here('../peers/node_modules/scanic/dist/scanic.js'),
  };
  const none = here('../page/no-peer.ts');
  const alias = peers ? libraries : { 'jscanify-browser': none, 'scanic-browser': none };
  await build({
    root: here('../page'),
    base: pageBase,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    resolve: { alias },
    define: { __BUILD_ID__: JSON.stringify(buildId()) },
    plugins: [openCv(), languageFiles(), delivered()],
    worker: { format: 'es', plugins: () => [openCv(), languageFiles(), delivered()] },
    build: { outDir: folder, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, minify: false },
  });
  return folder;
}
