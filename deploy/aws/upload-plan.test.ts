import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFolderAssets } from '../../edge/adapters/folder-assets.ts';
import { listInvalidations, planUpload } from './upload-plan.mjs';

const extensions = 'bcmap bin css html jpg js json mjs png svg traineddata ttf txt wasm webmanifest woff2'.split(' ');

test('files say of themselves what the edge says of them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'papel-plan-'));
  try {
    mkdirSync(join(folder, 'assets'));
    const paths = extensions.map((extension) => `assets/file-1.${extension}`);
    for (const path of paths) writeFileSync(join(folder, path), 'x');
    const assets = await openFolderAssets(folder);
    for (const { key, source, contentType } of planUpload(paths)) {
      expect(contentType, key).toBe((await assets.find(`/${source}`))?.type);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('forms that the build made go up packed, and where it made none, the plain file stands in', () => {
  const plan = planUpload(['assets/a-1.js', 'assets/a-1.js.br', 'assets/a-1.js.gz', 'assets/b-2.css', 'icons/192.png']);
  const shown = plan.map(({ key, source, contentEncoding }) => [key, source, contentEncoding]);
  expect(shown).toEqual([
    ['assets/a-1.js.br', 'assets/a-1.js.br', 'br'],
    ['assets/a-1.js.gz', 'assets/a-1.js.gz', 'gzip'],
    ['assets/a-1.js', 'assets/a-1.js', undefined],
    ['assets/b-2.css.br', 'assets/b-2.css', undefined],
    ['assets/b-2.css.gz', 'assets/b-2.css', undefined],
    ['assets/b-2.css', 'assets/b-2.css', undefined],
    ['icons/192.png', 'icons/192.png', undefined],
  ]);
});

test('hashed files are kept for good and go first; the shell is asked for anew, and goes last', () => {
  const plan = planUpload(['index.html', 'sw.js', 'offline-files.json', '404.html', 'assets/a-1.bin']);
  const plain = plan.filter(({ key }) => !/\.(?:br|gz)$/.test(key));
  expect(plain.map(({ key }) => key)).toEqual([
    'assets/a-1.bin',
    '404.html',
    'offline-files.json',
    'sw.js',
    'index.html',
  ]);
  expect(plain.map(({ cacheControl }) => cacheControl)).toEqual([
    'public, max-age=31536000, immutable',
    ...Array.from({ length: 4 }, () => 'no-cache'),
  ]);
});

test('CloudFront forgets the shell in each of its forms, and nothing else', () => {
  const paths = listInvalidations(planUpload(['index.html', 'assets/a-1.js', 'icons/192.png']));
  expect(paths).toEqual(['/icons/192.png', '/index.html.br', '/index.html.gz', '/index.html']);
});

test('the function before the cache, the plan and the build pack the same files', () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
  const lists = ['functions/viewer-request.js', 'upload-plan.mjs', '../../scripts/compress-files.mjs'].map(
    (path) => /ompress(?:ed|ible) = \/(.+)\/;/.exec(read(path))?.[1],
  );
  expect(lists[0]).toContain('wasm');
  expect(new Set(lists).size).toBe(1);
});
