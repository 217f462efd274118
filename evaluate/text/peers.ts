import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { gunzipSync } from 'node:zlib';
import type { ReadPrint } from './read-print.ts';
import type { LabelledPrint } from './read-truth.ts';

/** Another reader of print, run by Node on the picture as it is stored. */
export interface Peer {
  readonly name: string;
  /** A process for each picture, so that several can be read at a time. */
  readonly isProcess: boolean;
  read(path: string, languages: LabelledPrint['languages']): Promise<ReadPrint>;
  end(): Promise<void>;
}

/** What is used of tesseract.js, which is installed on demand, so that nothing else can name it. */
interface TesseractJs {
  createWorker(languages: readonly string[], engine: number, options: object): Promise<TesseractJsWorker>;
}
interface TesseractJsWorker {
  recognize(path: string): Promise<{ readonly data: { readonly text: string; readonly confidence: number } }>;
  terminate(): Promise<unknown>;
}

const here = createRequire(import.meta.url);
const peersFolder = join(import.meta.dirname, '../peers');

/**
 * The same languages' data for all: tesseract.js as it is installed, and Debian's `tesseract` on one thread, where it is
 * there (`apt-get install tesseract-ocr`).
 */
export function openPeers(): readonly Peer[] {
  const data = mkdtempSync(join(tmpdir(), 'papel-tessdata-'));
  const js = openTesseractJs(data);
  const native = spawnSync('tesseract', ['--version'], { encoding: 'utf8' });
  if (native.status !== 0) {
    process.stderr.write('No native tesseract: apt-get install tesseract-ocr brings it.\n');
    return [js];
  }
  const version = /tesseract (\S+)/.exec(native.stdout)?.[1] ?? '';
  return [js, openNative(data, version)];
}

/** Unpacks a language into the folder, once. */
function provideLanguage(folder: string, code: string): void {
  const file = join(folder, `${code}.traineddata`);
  if (existsSync(file)) return;
  mkdirSync(folder, { recursive: true });
  const packed = here.resolve(`@tesseract.js-data/${code}/4.0.0_best_int/${code}.traineddata.gz`);
  writeFileSync(file, gunzipSync(readFileSync(packed)));
}

function openTesseractJs(data: string): Peer {
  const library: TesseractJs = createRequire(join(peersFolder, 'package.json'))('tesseract.js');
  const workers = new Map<string, Promise<TesseractJsWorker>>();
  return {
    name: 'tesseract.js 7.0.0, as installed',
    isProcess: false,
    async read(path, languages) {
      for (const code of languages) provideLanguage(data, code);
      const key = languages.join('+');
      const started =
        workers.get(key) ?? library.createWorker(languages, 1, { langPath: data, gzip: false, cacheMethod: 'none' });
      workers.set(key, started);
      const worker = await started;
      const startedAt = performance.now();
      const { data: read } = await worker.recognize(path);
      return {
        text: read.text,
        ms: performance.now() - startedAt,
        decodeMs: 0,
        turns: 0,
        confidence: read.confidence / 100,
        workers: 1,
      };
    },
    async end() {
      for (const worker of workers.values()) await (await worker).terminate();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function openNative(data: string, version: string): Peer {
  return {
    name: `tesseract ${version}, native, one thread`,
    isProcess: true,
    async read(path, languages) {
      for (const code of languages) provideLanguage(data, code);
      const startedAt = performance.now();
      const text = await runNative([path, '-', '--tessdata-dir', data, '-l', languages.join('+'), '--psm', '3']);
      return { text, ms: performance.now() - startedAt, decodeMs: 0, turns: 0, confidence: Number.NaN, workers: 1 };
    },
    async end() {},
  };
}

function runNative(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('tesseract', args, {
      env: { ...process.env, OMP_THREAD_LIMIT: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`tesseract ended with ${code}`))));
  });
}
