/**
 * Serves the built app and the edge from one Node process: `node dist/edge/node.js`. PORT and HOST choose the address;
 * all settings are listed in deploy/README.md.
 */
import { fileURLToPath } from 'node:url';
import { createApp } from '../app.ts';
import { readAppOrigins, readDeployment, readMarket } from '../config/read-deployment.ts';
import { readOperations } from '../config/read-operations.ts';
import { readSetting, refuseUnknownSettings, usualPort } from '../config/settings.ts';
import { describeError, logAsJson } from '../http/log.ts';
import { openFolderAssets } from './folder-assets.ts';
import { listenOnFreePort } from './listen.ts';
import { openTelemetry } from './open-telemetry.ts';
import { readSecretFiles } from './secret-files.ts';
import { readClientAddress, readTrustedProxies } from './trusted-proxies.ts';
import { readViewerCountry } from './viewer-country.ts';

/** Digest of models/manifest.json, from the build. */
declare const __MODELS_VERSION__: string;
/** Of package.json, from the build. */
declare const __VERSION__: string;

/** Longest answer worth waiting for at the end: the largest file over a slow line. */
const graceMs = 10_000;
/** The exit code that sysexits.h calls EX_CONFIG. */
const wrongSetting = 78;

/** Reads the settings; what it cannot read ends the process with the reason, not with where in the code it was found. */
function orEnd<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    return process.exit(wrongSetting);
  }
}

const { host, port, operations, proxies, ...options } = orEnd(() => {
  const environment = readSecretFiles(process.env);
  refuseUnknownSettings(environment);
  return {
    host: readSetting(environment, 'HOST') ?? '127.0.0.1',
    port: readSetting(environment, 'PORT') ?? usualPort,
    market: readMarket(environment),
    deployment: readDeployment(environment, __MODELS_VERSION__),
    viewerCountry: readViewerCountry(environment),
    appOrigins: readAppOrigins(environment),
    operations: readOperations(environment),
    proxies: readTrustedProxies(environment),
  };
});
const assets = await openFolderAssets(fileURLToPath(new URL('../app', import.meta.url)));
const log = logAsJson((line) => process.stderr.write(line));
const telemetry = await openTelemetry(operations, log).catch((cause: unknown) => {
  log('error', 'telemetry-not-opened', describeError(cause));
  process.stderr.write('The store that PAPEL_TELEMETRY_STORE names cannot be opened.\n');
  return process.exit(wrongSetting);
});
const app = createApp({
  assets,
  ...options,
  telemetry: telemetry && { ...telemetry, addressOf: readClientAddress(proxies) },
  operations: {
    token: operations.token,
    log,
    logsEveryRequest: operations.logsEveryRequest,
    facts: () => ({
      version: __VERSION__,
      uptimeSeconds: Math.round(process.uptime()),
      memoryBytes: process.memoryUsage.rss(),
    }),
  },
});
const listening = await listenOnFreePort(app, host, port);
const shownHost = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;
process.stdout.write(`Papel is ready: http://${shownHost}:${listening.port}\n`);

async function end() {
  // Answers first, then the store: what was accepted is kept before the process goes.
  await listening.close(graceMs);
  await telemetry?.close();
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
