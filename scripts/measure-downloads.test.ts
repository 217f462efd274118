import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { measureDownloads } from './measure-downloads.mjs';
import { root } from './root.mjs';

const folder = mkdtempSync(join(tmpdir(), 'papel-downloads-'));
afterAll(() => rmSync(folder, { recursive: true }));

function put(path: string, bytes: number) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), new Uint8Array(bytes));
}

test('downloads are what is sent, and of a runtime that comes in several forms the largest one', () => {
  put('index.html', 2_000);
  put('index.html.br', 500);
  put('index.html.gz', 700);
  put('sw.js', 1_000);
  put('404.html', 4_000);
  put('assets/entry.js', 3_000);
  put('assets/entry.js.br', 1_000);
  const parts = { screens: 10, scan: 20, sheets: 30, import: 40, text: 50 };
  const runtime = Object.entries(parts).map(([part, bytes]) => {
    put(`assets/${part}.js`, bytes);
    return { path: `/assets/${part}.js`, bytes, sha256: '', part };
  });
  const forms = [5, 7].map((bytes) => {
    put(`assets/tfjs-${bytes}.wasm`, bytes);
    return { path: `/assets/tfjs-${bytes}.wasm`, bytes, sha256: '', part: 'scan', variant: `wasm-${bytes}` };
  });
  put('assets/tesseract.wasm', 3);
  forms.push({ path: '/assets/tesseract.wasm', bytes: 3, sha256: '', part: 'text', variant: 'tesseract-simd' });
  writeFileSync(join(folder, 'offline-files.json'), JSON.stringify([...runtime, ...forms]));
  const list = statSync(join(folder, 'offline-files.json')).size;
  expect(measureDownloads(folder).map(({ size }) => [size.line, size.kept])).toEqual([
    // The page, its entry, the service worker and the list; the page for what is not there is never kept.
    [500 + 1_000 + 1_000 + list, 2_000 + 3_000 + 1_000 + list],
    [10, 10],
    [27, 27],
    [30, 30],
    [40, 40],
    [53, 53],
    [2_500 + list + 160, 6_000 + list + 160],
  ]);
});

test('icons are small: every first visit has them', () => {
  const icons = join(root, 'public/icons');
  const bytes = readdirSync(icons).reduce((sum, name) => sum + statSync(join(icons, name)).size, 0);
  // A palette in place of true colours took them from 36.9 to 17.9 kB, and nobody sees it.
  expect(bytes).toBeLessThan(20_000);
});

const assets = join(root, 'dist/app/assets');

test.skipIf(!existsSync(assets))('runtimes are files of their own, which nobody gets with the first screen', () => {
  const names = readdirSync(assets).filter((name) => !/\.(?:br|gz)$/.test(name));
  for (const runtime of [
    /^opencv-.*\.wasm$/,
    /^tfjs-backend-wasm-threaded-simd-.*\.wasm$/,
    /^webgl-backend-.*\.js$/,
    /^libheif-bundle-.*\.mjs$/,
    /^open-pdf-.*\.js$/,
    /^zxing_reader-.*\.wasm$/,
  ]) {
    expect(
      names.filter((name) => runtime.test(name)),
      String(runtime),
    ).toHaveLength(1);
  }
  const page = readFileSync(join(root, 'dist/app/index.html'), 'utf8');
  const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(first.length).toBeGreaterThan(0);
  for (const path of first) {
    const text = readFileSync(join(root, 'dist/app', path), 'utf8');
    expect(text, path).not.toMatch(/opencv_js|libheif|registerBackend|PDFDocument/);
  }
});
