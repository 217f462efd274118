import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { chromiumLaunch, softwareWebGl } from '../../scripts/chromium.ts';
import type { Session } from '../suite.ts';
import { buildPage, pageBase } from './build-page.ts';
import { serveFiles } from './serve-files.ts';

export interface SessionSettings {
  /** Folder of the built app. */
  readonly app: string;
  /** Folder of the truth, and the files that it names. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly peers: boolean;
  readonly backend: 'wasm' | 'webgl';
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The peers that are served as they are installed, and the runtime that they bundle without its wasm. */
const peerMounts = [
  { prefix: '/peers/', folder: here('../peers/node_modules') },
  { prefix: '/tfjs-wasm/', folder: here('../../node_modules/@tensorflow/tfjs-backend-wasm/dist') },
];

/** A session and how to end it. */
export interface OpenSession extends Session {
  close(): Promise<void>;
}

/** Opens the built app's worker in a headless Chromium, on the labelled files. */
export async function openSession({ app, folder, files, peers, backend }: SessionSettings): Promise<OpenSession> {
  const closers: (() => Promise<unknown> | void)[] = [];
  const close = async () => {
    for (const end of closers.toReversed()) await end();
  };
  try {
    const page = await buildPage(peers);
    closers.push(() => rmSync(page, { recursive: true, force: true }));
    const paths = new Map(files.map((file, index) => [file, `/labelled/${index}`]));
    const places = new Map(files.map((file, index) => [`/labelled/${index}`, resolve(folder, file)]));
    const server = await serveFiles(
      [{ prefix: pageBase, folder: page }, ...(peers ? peerMounts : []), { prefix: '/', folder: app }],
      places,
    );
    closers.push(() => server.close());

    const { args, ...launch } = chromiumLaunch();
    const browser = await chromium.launch({
      ...launch,
      args: [...args, ...(backend === 'webgl' ? softwareWebGl : [])],
      headless: true,
    });
    closers.push(() => browser.close());
    const tab = await browser.newPage();
    tab.on('pageerror', (error) => process.stderr.write(`page: ${error.message}\n`));
    await tab.goto(`${server.origin}${pageBase}`);
    const assets = join(app, 'assets');
    const startMs = await tab.evaluate((built) => window.papel.start(built), {
      worker: `/assets/${findAsset(assets, /^worker-[\w-]+\.js$/)}`,
      backend,
    });
    const machine = await tab.evaluate(() => ({
      cores: navigator.hardwareConcurrency,
      userAgent: navigator.userAgent,
    }));
    return {
      page: tab,
      machine: { ...machine, backend },
      startMs,
      urlOf: (file) => paths.get(file) ?? '',
      progress: (line) => process.stderr.write(`${line}\n`),
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

function findAsset(folder: string, name: RegExp): string {
  const [found, ...more] = readdirSync(folder).filter((file) => name.test(file));
  if (found === undefined || more.length > 0) throw new Error(`${folder} holds not exactly one ${name.source}`);
  return found;
}
