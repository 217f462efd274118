import { serve, type ServerType } from '@hono/node-server';
import type { Hono } from 'hono';

export interface Listening {
  readonly port: number;
  /** Stops taking connections, lets running answers finish for at most `graceMs`, then cuts the rest. */
  readonly close: (graceMs: number) => Promise<void>;
}

/** A newcomer's next free port is near the wanted one; after this many a wrong setting is more likely. */
const portsToTry = 20;

/**
 * Who dawdles does not hold a connection: 10 s for the headers, 60 s for all of a request. Load balancers keep idle
 * connections for 60 s, so this server keeps them a little longer, lest one ends while it is used.
 */
const timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
} as const;

function listenOnce(app: Hono, host: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server: ServerType = serve({ fetch: app.fetch, hostname: host, port, serverOptions: timeouts }, (address) => {
      server.off('error', reject);
      resolve({ port: address.port, close: (graceMs) => closeServer(server, graceMs) });
    });
    server.once('error', reject);
  });
}

function closeServer(server: ServerType, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
    }, graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });
}

function isTaken(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
}

/** Listens on `port`, or on the next free one after it. Port 0 lets the system choose. */
export async function listenOnFreePort(app: Hono, host: string, port: number): Promise<Listening> {
  for (let candidate = port; ; candidate += 1) {
    try {
      return await listenOnce(app, host, candidate);
    } catch (cause) {
      if (port === 0 || !isTaken(cause) || candidate + 1 >= Math.min(port + portsToTry, 65_536)) throw cause;
    }
  }
}
