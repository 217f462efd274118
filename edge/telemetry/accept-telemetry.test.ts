/** `POST /api/telemetry` over real sockets, as no client would ask. The rest is asked on every platform: counts.test.ts. */
import { randomUUID } from 'node:crypto';
import { request, type IncomingHttpHeaders } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { plainDeployment } from '#contract/config.ts';
import { listenOnFreePort, type Listening } from '../adapters/listen.ts';
import { readClientAddress, readTrustedProxies } from '../adapters/trusted-proxies.ts';
import { createApp } from '../app.ts';
import { logAsJson } from '../http/log.ts';
import { dayMs, StoreUnavailable, type KeptEvent, type TelemetryStore } from '../stores/telemetry-store.ts';
import { limitInMemory } from './rate-limit.ts';

const receivedAt = Date.UTC(2026, 10, 27, 12);
const running: Listening[] = [];

interface Options {
  readonly add?: TelemetryStore['add'];
  readonly checks?: TelemetryStore['checks'];
  readonly proxies?: string;
  readonly apiBase?: string;
}

async function open({ add, checks = {}, proxies = '', apiBase }: Options = {}) {
  const kept: KeptEvent[] = [];
  const lines: string[] = [];
  const collect = (events: readonly KeptEvent[]) => Promise.resolve(void kept.push(...events));
  const store = { add: add ?? collect, summarise: null, checks, purge: async () => {}, close: async () => {} };
  const app = createApp({
    assets: { find: () => undefined },
    deployment: { ...plainDeployment, apiBase: apiBase ?? null },
    telemetry: {
      store,
      rateLimit: limitInMemory({ perSecond: 1, now: () => receivedAt }),
      addressOf: readClientAddress(readTrustedProxies({ PAPEL_TRUSTED_PROXIES: proxies })),
    },
    operations: { log: logAsJson((line) => lines.push(line)), logsEveryRequest: true },
    now: () => receivedAt,
  });
  const edge = await listenOnFreePort(app, '127.0.0.1', 0);
  running.push(edge);
  const host = `127.0.0.1:${edge.port}`;

  interface Answer {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly text: string;
  }

  /** Pieces without Content-Length, so that the body is chunked. */
  function send(
    pieces: readonly (string | Uint8Array)[],
    headers: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const all = { Host: host, Origin: `http://${host}`, 'Content-Type': 'application/json', ...headers };
      const given = Object.fromEntries(
        Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      );
      const sent = request({
        host: '127.0.0.1',
        port: edge.port,
        method: 'POST',
        path: '/api/telemetry?q=needle-3f9',
        headers: given,
        agent: false,
      });
      sent.on('error', reject);
      sent.on('response', (received) => {
        let text = '';
        received.on('data', (piece: Buffer) => (text += piece.toString()));
        received.on('end', () => resolve({ status: received.statusCode ?? 0, headers: received.headers, text }));
        received.on('error', reject);
      });
      for (const piece of pieces) sent.write(piece);
      sent.end();
    });
  }
  return { send, kept, log: () => lines.join(''), port: edge.port, host };
}

function makeBatch(changes: Readonly<Record<string, unknown>> = {}, sentAt = 5_000_000): string {
  const event = {
    kind: 'operation',
    id: randomUUID(),
    session: randomUUID(),
    at: sentAt - 60_000,
    market: 'PH',
    deviceClass: 'low',
    app: '0123456789ab',
    operation: 'documents.scan',
    outcome: 'success',
    failure: null,
    durationMs: 12.5,
    backend: 'wasm',
    models: null,
  };
  return JSON.stringify({ v: 1, batchId: randomUUID(), sentAt, events: [{ ...event, ...changes }] });
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((edge) => edge.close(100)));
});

test('a body without a length is counted while it is read, and refused in the middle of it', async () => {
  const edge = await open();
  const batch = makeBatch();
  expect((await edge.send([batch.slice(0, 100), batch.slice(100)])).status).toBe(202);
  const flood = await edge.send(Array.from({ length: 40 }, () => ' '.repeat(2_000)));
  expect(flood.status).toBe(413);
  expect((await edge.send([Uint8Array.of(0xff, 0xfe), batch])).status).toBe(400);
});

test('the server’s clock says when it happened, whatever the client’s says', async () => {
  const edge = await open();
  await edge.send([makeBatch()]);
  await edge.send([makeBatch({ at: 0 }, receivedAt)]);
  await edge.send([makeBatch({ at: 9_000_000 })]);
  expect(edge.kept).toMatchObject([
    { at: 4_940_000, sentAt: 5_000_000, receivedAt, occurredAt: receivedAt - 60_000 },
    { at: 0, sentAt: receivedAt, receivedAt, occurredAt: receivedAt - 30 * dayMs },
    { at: 9_000_000, receivedAt, occurredAt: receivedAt },
  ]);
});

test('whose page may send: the Host that was asked, or the public address, or what the browser calls same-origin', async () => {
  const edge = await open({ apiBase: 'https://papel.school.example/edge' });
  const statusOf = async (headers: Readonly<Record<string, string | undefined>>) =>
    (await edge.send([makeBatch()], headers)).status;
  expect(await statusOf({ Origin: 'https://papel.school.example' })).toBe(202);
  expect(await statusOf({ Origin: `https://${edge.host}` }), 'TLS may end before us').toBe(202);
  expect(await statusOf({ Origin: 'https://papel.example', Host: 'papel.example' })).toBe(202);
  expect(await statusOf({ Origin: undefined, 'Sec-Fetch-Site': 'same-origin' })).toBe(202);
  expect(await statusOf({ Origin: 'http://papel.school.example' })).toBe(403);
  expect(await statusOf({ Origin: 'https://papel.school.example.evil.example' })).toBe(403);
  expect(await statusOf({ Origin: `ftp://${edge.host}` })).toBe(403);
  expect(await statusOf({ Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' })).toBe(403);
  expect(await statusOf({ Origin: undefined, 'Sec-Fetch-Site': 'same-site' })).toBe(403);
  expect(await statusOf({ Origin: undefined })).toBe(403);
});

test('when nothing can be kept, the client is told to come back, and the log says nothing of what was sent', async () => {
  const edge = await open({
    add: () => Promise.reject(new StoreUnavailable('The row (needle-3f9) broke.', new TypeError('needle-3f9'))),
  });
  const answer = await edge.send([makeBatch()], { 'User-Agent': 'needle-3f9', 'X-Forwarded-For': '203.0.113.77' });
  expect(answer.status).toBe(503);
  expect(answer.headers['retry-after']).toBe('30');
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const entries = edge
    .log()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(entries).toMatchObject([
    { level: 'error', event: 'telemetry-not-kept', error: 'StoreUnavailable', because: 'TypeError' },
    { level: 'error', event: 'request', method: 'POST', route: '/api/telemetry', status: 503 },
  ]);
  expect(entries[1].requestId).toBe(answer.headers['x-request-id']);
  expect(edge.log()).not.toMatch(/needle|127\.0\.0\.1|203\.0\.113/);
});

test('the limit goes by who asks: behind a trusted proxy, by the last address that is not a proxy’s', async () => {
  const until429 = async (edge: Awaited<ReturnType<typeof open>>, address: (at: number) => string) => {
    for (let sent = 0; sent < 30; sent += 1) {
      const { status } = await edge.send([makeBatch()], { 'X-Forwarded-For': address(sent) });
      if (status === 429) return sent;
    }
    return Number.POSITIVE_INFINITY;
  };
  expect(await until429(await open(), (at) => `192.0.2.${at}`), 'a header of anybody').toBe(12);
  const proxied = await open({ proxies: '127.0.0.1, 10.0.0.0/8' });
  expect(await until429(proxied, (at) => `192.0.2.${at}, 10.0.0.3`)).toBe(Number.POSITIVE_INFINITY);
  expect(await until429(proxied, (at) => `203.0.113.${at}, 198.51.100.1, 10.0.0.3`), 'what the caller put before').toBe(
    12,
  );
});

test('ready names what does not work, and waits for nothing longer than its limit', { timeout: 15_000 }, async () => {
  const edge = await open({
    checks: { store: () => Promise.reject(new Error('password=needle-3f9')), redis: () => new Promise(() => {}) },
  });
  const answer = await fetch(`http://127.0.0.1:${edge.port}/ready`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({
    type: 'about:blank',
    title: 'Service Unavailable',
    status: 503,
    detail: 'Something that this server stands on does not work.',
    failing: ['store', 'redis'],
  });
  expect((await fetch(`http://127.0.0.1:${edge.port}/health`)).status, 'this process is alive all the same').toBe(200);
});
