import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { compressFiles } from './compress-files.mjs';
import { listOfflineFiles } from './list-offline-files.mjs';
import { measureShell, printBudget } from './measure-shell.mjs';

const manifest = {
  'index.html': {
    file: 'assets/index-aaaaaaaa.js',
    isEntry: true,
    css: ['assets/index-bbbbbbbb.css'],
    imports: ['_shared.js'],
    dynamicImports: ['src/scan.tsx'],
  },
  '_shared.js': { file: 'assets/shared-cccccccc.js', imports: ['index.html'] },
  'src/app/welcome-screen.tsx': { file: 'assets/welcome-nnnnnnnn.js', imports: ['index.html'] },
  'src/ui/translations/en/texts.ts': { file: 'assets/texts-oooooooo.js' },
  'src/ui/translations/fil/texts.ts': { file: 'assets/texts-pppppppp.js' },
  'src/scan.tsx': { file: 'assets/scan-dddddddd.js', imports: ['_shared.js'] },
};

let folder = '';

function put(path: string, content: string | Uint8Array) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'papel-build-'));
  put('index.html', '<!doctype html>');
  put('404.html', '<!doctype html>');
  put('icons/papel.svg', '<svg/>');
  put('assets/index-aaaaaaaa.js', 'entry();'.repeat(1000));
  put('assets/index-bbbbbbbb.css', 'a{color:red}');
  put('assets/shared-cccccccc.js', 'shared();');
  put('assets/welcome-nnnnnnnn.js', 'welcome();');
  put('assets/texts-oooooooo.js', 'hello');
  put('assets/texts-pppppppp.js', 'kumusta');
  put('assets/scan-dddddddd.js', 'scan();');
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe('the first load', () => {
  test('is the entry, the first screen, what they import and their styles, without other screens and languages', () => {
    expect(new Set(measureShell(folder, manifest).map(({ file }) => file))).toEqual(
      new Set([
        'assets/index-aaaaaaaa.js',
        'assets/index-bbbbbbbb.css',
        'assets/shared-cccccccc.js',
        'assets/welcome-nnnnnnnn.js',
        'assets/texts-oooooooo.js',
      ]),
    );
  });

  test('cannot be measured without its first screen', () => {
    const { 'src/app/welcome-screen.tsx': _welcome, ...rest } = manifest;
    expect(() => measureShell(folder, rest)).toThrow('welcome-screen.tsx');
  });

  test('counts gzipped bytes', () => {
    const [entry] = measureShell(folder, manifest);
    expect(entry?.bytes).toBeLessThan(200);
  });

  test.each([
    [240_000, 40_000, true],
    [240_001, 40_000, false],
    [240_000, 40_001, false],
  ])('with %i bytes of JS and %i of CSS keeps to the budget: %s', (js, css, kept) => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const files = [
      { file: 'a.js', bytes: js - 1000 },
      { file: 'b.js', bytes: 1000 },
      { file: 'c.css', bytes: css },
    ];
    expect(printBudget(files)).toBe(kept);
    expect(write.mock.calls.join('')).toContain(kept ? 'within 240 kB' : 'OVER');
  });
});

describe('the files kept for offline use', () => {
  test('are the shell, with a revision where the name has no hash', () => {
    const { shell } = listOfflineFiles(folder, manifest);
    expect(shell.map(({ url }) => url).toSorted()).toEqual([
      '/assets/index-aaaaaaaa.js',
      '/assets/index-bbbbbbbb.css',
      '/assets/shared-cccccccc.js',
      '/assets/texts-oooooooo.js',
      '/assets/texts-pppppppp.js',
      '/assets/welcome-nnnnnnnn.js',
      '/icons/papel.svg',
      '/index.html',
    ]);
    for (const { url, revision } of shell) expect(revision === null, url).toBe(url.startsWith('/assets/'));
  });

  test('follow the content, so that a changed page is a new version', () => {
    const revision = () => listOfflineFiles(folder, manifest).shell.find(({ url }) => url === '/index.html')?.revision;
    const before = revision();
    put('index.html', '<!doctype html><p>');
    expect(revision()).not.toBe(before);
  });

  test('are grouped by what needs them', () => {
    put(
      'assets/worker-eeeeeeee.js',
      'import("./open-pdf-jjjjjjjj.js"); import("./export-pdf-kkkkkkkk.js"); import("./code-reader-oooooooo.js"); "shared-llllllll.js"',
    );
    put('assets/export-pdf-kkkkkkkk.js', 'x'.repeat(300_000));
    put('assets/opencv-ffffffff.wasm', new Uint8Array(300_000));
    put('assets/code-reader-oooooooo.js', '"shared-llllllll.js"');
    put('assets/zxing_reader-oooooooo.wasm', new Uint8Array(300_000));
    put(
      'assets/open-pdf-jjjjjjjj.js',
      'new URL("map-mmmmmmmm.bcmap"); "shared-llllllll.js"; "libheif-bundle-gggggggg.mjs"',
    );
    put('assets/map-mmmmmmmm.bcmap', 'x');
    put('assets/shared-llllllll.js', 'x');
    put('assets/libheif-bundle-gggggggg.mjs', new Uint8Array(300_000));
    const { runtime } = listOfflineFiles(folder, manifest);
    expect(Object.fromEntries(runtime.map(({ path, part }) => [path, part]))).toEqual({
      '/assets/scan-dddddddd.js': 'screens',
      '/assets/worker-eeeeeeee.js': 'scan',
      '/assets/export-pdf-kkkkkkkk.js': 'scan',
      '/assets/shared-llllllll.js': 'scan',
      '/assets/opencv-ffffffff.wasm': 'scan',
      '/assets/code-reader-oooooooo.js': 'sheets',
      '/assets/zxing_reader-oooooooo.wasm': 'sheets',
      '/assets/open-pdf-jjjjjjjj.js': 'import',
      '/assets/map-mmmmmmmm.bcmap': 'import',
      '/assets/libheif-bundle-gggggggg.mjs': 'import',
    });
    expect(runtime.find(({ path }) => path.includes('opencv'))?.bytes).toBe(300_000);
  });

  test('have the screens of answer sheets, and what only they need, with the reader of sheets', () => {
    put('assets/index-aaaaaaaa.js', 'import("./scan-dddddddd.js"); import("./exam-screen-qqqqqqqq.js")');
    put('assets/scan-dddddddd.js', '"menu-rrrrrrrr.js"');
    put('assets/exam-screen-qqqqqqqq.js', '"menu-rrrrrrrr.js"; import("./key-step-ssssssss.js")');
    put('assets/menu-rrrrrrrr.js', 'menu();');
    put('assets/key-step-ssssssss.js', 'key();');
    const withExams = { ...manifest, 'src/answer-sheets/exam-screen.tsx': { file: 'assets/exam-screen-qqqqqqqq.js' } };
    const { runtime } = listOfflineFiles(folder, withExams);
    expect(Object.fromEntries(runtime.map(({ path, part }) => [path, part]))).toEqual({
      '/assets/scan-dddddddd.js': 'screens',
      '/assets/menu-rrrrrrrr.js': 'screens',
      '/assets/exam-screen-qqqqqqqq.js': 'sheets',
      '/assets/key-step-ssssssss.js': 'sheets',
    });
  });

  test('have a digest, and each form of a runtime says which it is', () => {
    put('assets/tfjs-backend-wasm-AbCd_-34.wasm', 'plain');
    put('assets/tfjs-backend-wasm-simd-AbCd1234.wasm', 'simd');
    put('assets/tfjs-backend-wasm-threaded-simd-AbCd1234.wasm', 'threads');
    const { runtime } = listOfflineFiles(folder, manifest);
    const forms = runtime.filter(({ path }) => path.includes('tfjs'));
    expect(Object.fromEntries(forms.map(({ path, variant }) => [path.slice(25, -14), variant]))).toEqual({
      '': 'wasm',
      '-simd': 'wasm-simd',
      '-threaded-simd': 'wasm-threads',
    });
    for (const { part } of forms) expect(part).toBe('scan');
    expect(runtime.filter(({ variant }) => variant === undefined)).toHaveLength(runtime.length - 3);
    expect(forms.find(({ variant }) => variant === 'wasm-simd')?.sha256).toBe(
      createHash('sha256').update('simd').digest('hex'),
    );
  });

  test('have models where the capability is that uses them', () => {
    const sha256 = createHash('sha256').update('weights').digest('hex');
    put('manifest.json', JSON.stringify({ models: [{ capability: 'scan', files: [{ sha256 }] }] }));
    put('assets/weights-AbCd1234.bin', 'weights');
    const { runtime } = listOfflineFiles(folder, manifest, join(folder, 'manifest.json'));
    expect(runtime.find(({ path }) => path.includes('weights'))?.part).toBe('scan');
  });

  test('may not grow by a runtime that nobody named', () => {
    put('assets/surprise-hhhhhhhh.js', new Uint8Array(300_000));
    expect(() => listOfflineFiles(folder, manifest)).toThrow('surprise-hhhhhhhh.js');
  });
});

test('files are compressed where that makes them smaller', async () => {
  put('assets/noise-iiiiiiii.wasm', crypto.getRandomValues(new Uint8Array(5000)));
  await compressFiles(folder);
  const entry = join(folder, 'assets/index-aaaaaaaa.js');
  expect(brotliDecompressSync(readFileSync(`${entry}.br`))).toEqual(readFileSync(entry));
  expect(gunzipSync(readFileSync(`${entry}.gz`))).toEqual(readFileSync(entry));
  expect(existsSync(join(folder, 'assets/shared-cccccccc.js.br'))).toBe(false);
  expect(existsSync(join(folder, 'assets/noise-iiiiiiii.wasm.br'))).toBe(false);
});
