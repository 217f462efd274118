/**
 * The servers that the bench of the edge compares, one a process: `node servers.js <kind> <argument>`. Says its port on
 * stdout. Nobody is limited, and nothing is logged.
 */
import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import Database from 'libsql';
import * as v from 'valibot';
import { batchSchema, eventSchema } from '#contract/telemetry.ts';
import { createApp } from '#edge/app.ts';
import { listenOnFreePort } from '#edge/adapters/listen.ts';
import { openPostgresStore } from '#edge/stores/postgres-store.ts';
import { openSqliteStore } from '#edge/stores/sqlite-store.ts';
import type { TelemetryStore } from '#edge/stores/telemetry-store.ts';
import { benchToken } from './token.ts';

const [kind = '', argument = ''] = process.argv.slice(2);

const dropping: TelemetryStore = {
  add: () => Promise.resolve(),
  summarise: null,
  checks: {},
  purge: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

function serve(store: TelemetryStore): Hono {
  return createApp({
    assets: { find: () => undefined },
    telemetry: { store, rateLimit: { take: () => 0 }, addressOf: () => undefined },
    operations: {
      token: benchToken,
      facts: () => ({ version: 'bench', uptimeSeconds: 0, memoryBytes: process.memoryUsage.rss() }),
    },
  });
}

/**
 * How such a service is usually written: parse the body, check it, one INSERT an event. The same schema and the same
 * durability (WAL, `synchronous = FULL`) as ours.
 */
function servePlain(file: string): Hono {
  const database = new Database(file);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE event (id TEXT PRIMARY KEY, session TEXT, at INTEGER, sent_at INTEGER, received_at INTEGER, market TEXT,
      device_class TEXT, app TEXT, kind TEXT, name TEXT, outcome TEXT, failure TEXT, value REAL)`);
  const insert = database.prepare('INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const wholeBatch = v.strictObject({ ...batchSchema.entries, events: v.array(eventSchema) });
  const app = new Hono();
  app.post('/api/telemetry', async (context) => {
    const batch = v.safeParse(wholeBatch, await context.req.json());
    if (!batch.success) return context.json({ error: 'invalid' }, 400);
    for (const event of batch.output.events) {
      const { id, session, at, market, deviceClass, app: build } = event;
      const common = [id, session, at, batch.output.sentAt, Date.now(), market, deviceClass, build, event.kind];
      if (event.kind === 'operation') {
        insert.run([...common, event.operation, event.outcome, event.failure, event.durationMs]);
      } else insert.run([...common, event.vital, 'success', null, event.value]);
    }
    return context.json({ accepted: batch.output.events.length, rejected: 0 }, 202);
  });
  return app;
}

const answerSchema = v.object({ headers: v.record(v.string(), v.string()), body: v.string() });

/** Nothing but `node:http` that answers what a file says. */
function serveBare(file: string): Server {
  const { headers, body } = v.parse(answerSchema, JSON.parse(readFileSync(file, 'utf8')));
  return createServer((_request, response) => {
    response.writeHead(200, headers);
    response.end(body);
  });
}

async function listen(app: Hono): Promise<number> {
  return (await listenOnFreePort(app, '127.0.0.1', 0)).port;
}

async function start(): Promise<number> {
  switch (kind) {
    case 'sqlite':
      return listen(serve(await openSqliteStore(argument)));
    case 'postgres':
      return listen(serve(openPostgresStore(argument)));
    case 'dropping':
      return listen(serve(dropping));
    case 'plain':
      return listen(servePlain(argument));
    case 'bare': {
      const server = serveBare(argument);
      return new Promise((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : 0);
        });
      });
    }
    default:
      throw new RangeError('No such server.');
  }
}

process.stdout.write(`${await start()}\n`);
