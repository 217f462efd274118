/** Serves the built app and the edge from one Node process: `node dist/edge/node.js`. PORT and HOST choose the address. */
import { fileURLToPath } from 'node:url';
import { createApp } from '../app.ts';
import { openFolderAssets } from './folder-assets.ts';
import { listenOnFreePort } from './listen.ts';

const defaultPort = 4173;
/** Longest answer worth waiting for at the end: the largest file over a slow line. */
const graceMs = 10_000;

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return defaultPort;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError(`PORT is not a port: ${text}`);
  return port;
}

const host = process.env.HOST ?? '127.0.0.1';
const assets = await openFolderAssets(fileURLToPath(new URL('../app', import.meta.url)));
const listening = await listenOnFreePort(createApp({ assets }), host, readPort(process.env.PORT));
const shownHost = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;
process.stdout.write(`Papel is ready: http://${shownHost}:${listening.port}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void listening.close(graceMs).then(() => process.exit(0));
  });
}
