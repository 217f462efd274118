import { readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

/** The restrictions that the edge puts on the app, as far as they bear on workers: no code from text, isolated. */
const headers = {
  'content-security-policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cache-control': 'no-store',
};

/** A folder, and the beginning of the paths under which it is served. */
export interface Mount {
  readonly prefix: string;
  readonly folder: string;
}

export interface FileServer {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves folders, and single files wherever they lie, on a free port of this machine only.
 *
 * @param files by path of the address; the labelled files may lie anywhere, beside their folder too.
 */
export async function serveFiles(mounts: readonly Mount[], files: ReadonlyMap<string, string>): Promise<FileServer> {
  const server = createServer((request, response) => {
    void (async () => {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
      const file = files.get(path) ?? findInMounts(mounts, path);
      const found = file !== undefined && (await stat(file).catch(() => undefined))?.isFile();
      if (!found) {
        response.writeHead(404, headers).end();
        return;
      }
      const type = types[extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { ...headers, 'content-type': type }).end(await readFile(file));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${portOf(server)}`, close: () => closeServer(server) };
}

function findInMounts(mounts: readonly Mount[], path: string): string | undefined {
  const mount = mounts.find(({ prefix }) => path.startsWith(prefix));
  if (!mount) return undefined;
  const inside = normalize(path.slice(mount.prefix.length) || 'index.html');
  return inside.startsWith('..') ? undefined : join(mount.folder, inside);
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
