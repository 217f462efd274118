import { createServer, type Server } from 'node:http';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Hono } from 'hono';
import { problemHeaders, writeProblem } from '../http/problem.ts';
import { securityHeaders } from '../http/security-headers.ts';

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

/** What is no request that the app could be asked, such as one without a usable Host; the app has seen nothing of it. */
function answerUnreadable(cause: unknown): Response {
  const headers = { ...securityHeaders(), ...problemHeaders };
  return cause instanceof RequestError
    ? new Response(writeProblem(400, 'This is not written as requests are.'), { status: 400, headers })
    : new Response(writeProblem(500, 'Something went wrong here, not with what was asked.'), { status: 500, headers });
}

function listenOnce(app: Hono, host: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const answer = getRequestListener(app.fetch, { hostname: host, errorHandler: answerUnreadable });
    const server = createServer(timeouts, (incoming, outgoing) => void answer(incoming, outgoing));
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : port,
        close: (graceMs) => closeServer(server, graceMs),
      });
    });
  });
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
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
