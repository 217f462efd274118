/**
 * What the edge promises on every platform: Node by real sockets, Lambda by its events, Cloudflare by its fetch handler, and by
 * real sockets in workerd where that is installed (`npm run workerd`).
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { configSchema, plainDeployment } from '#contract/config.ts';
import { summarySchema, type TelemetryEvent } from '#contract/telemetry.ts';
import { createApp } from '../app.ts';
import { logAsJson } from '../http/log.ts';
import { openObjects, startDynamo, type RunningDynamo } from '../stores/seen-for-tests.ts';
import { openSqliteStore } from '../stores/sqlite-store.ts';
import { limitInMemory } from '../telemetry/rate-limit.ts';
import cloudflare from './cloudflare.ts';
import { createHandler } from './lambda.ts';
import { listenOnFreePort } from './listen.ts';
import { readClientAddress } from './trusted-proxies.ts';
import { printedPoint, startWorkerd } from './workerd-for-tests.ts';

/** Of an app that is served from elsewhere. */
const appOrigin = 'https://app.example';
const token = 'b7f3-4c19-a2d8-77e0-91af';
const bearer = { Authorization: `Bearer ${token}` };
const folder = mkdtempSync(join(tmpdir(), 'papel-adapters-'));
let dynamo: RunningDynamo;
const closers: (() => Promise<void>)[] = [];

interface Question {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One running edge of a platform. */
interface Edge {
  readonly origin: string;
  /** Asked by `fetch`, which sets headers of its own. */
  readonly isBySocket: boolean;
  readonly ask: (question: Question) => Promise<Answer>;
  /** What it has printed. */
  readonly log: () => string;
  /** How many events have arrived where the platform keeps them. */
  readonly countKept: () => Promise<number>;
}

async function readResponse(response: Response): Promise<Answer> {
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function openNode(): Promise<Edge> {
  const lines: string[] = [];
  const store = await openSqliteStore(join(folder, `${randomUUID()}.db`));
  const app = createApp({
    assets: { find: () => undefined },
    deployment: plainDeployment,
    appOrigins: [appOrigin],
    telemetry: { store, rateLimit: limitInMemory({ perSecond: 10 }), addressOf: readClientAddress(undefined) },
    operations: { token, log: logAsJson((line) => lines.push(line)), logsEveryRequest: true },
  });
  const listening = await listenOnFreePort(app, '127.0.0.1', 0);
  closers.push(async () => {
    await listening.close(1_000);
    await store.close();
  });
  const origin = `http://127.0.0.1:${listening.port}`;
  return {
    origin,
    isBySocket: true,
    ask: async ({ path, ...init }) => readResponse(await fetch(origin + path, init)),
    log: () => lines.join(''),
    countKept: async () => {
      const rows = (await store.summarise?.({ from: 0, to: Date.now() + 1, bucketMs: 86_400_000 })) ?? [];
      return rows.reduce((sum, { count }) => sum + count, 0);
    },
  };
}

/** As a function URL calls: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads */
function makeLambdaEvent({ method = 'GET', path, headers = {}, body }: Question) {
  const [rawPath = '', rawQueryString = ''] = path.split('?');
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: { host: 'papel.lambda-url.ap-southeast-1.on.aws', ...Object.fromEntries(lowered) },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'papel',
      domainName: 'papel.lambda-url.ap-southeast-1.on.aws',
      domainPrefix: 'papel',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'id',
      routeKey: '$default',
      stage: '$default',
      time: '12/Mar/2026:19:03:58 +0000',
      timeEpoch: 1_773_342_238_000,
      authorizer: null,
      authentication: null,
    },
    body: body ?? null,
    isBase64Encoded: false,
  };
}

const resultSchema = v.object({
  statusCode: v.number(),
  headers: v.record(v.string(), v.string()),
  body: v.string(),
  isBase64Encoded: v.boolean(),
});
const metricsSchema = v.looseObject({ _aws: v.object({}), Failures: v.array(v.number()) });

function openLambda(): Promise<Edge> {
  let printed = '';
  const environment = {
    PAPEL_TELEMETRY_STORE: 'cloudwatch',
    PAPEL_SEEN_EVENTS_TABLE: 'seen-events',
    PAPEL_OPS_TOKEN: token,
    PAPEL_APP_ORIGINS: appOrigin,
    AWS_REGION: 'ap-southeast-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    AWS_SESSION_TOKEN: 'c',
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
  };
  const handler = createHandler(environment, (text) => {
    printed += text;
  });
  return Promise.resolve({
    origin: 'https://papel.lambda-url.ap-southeast-1.on.aws',
    isBySocket: false,
    ask: async (question) => {
      const result = v.parse(resultSchema, await handler(makeLambdaEvent(question) as never));
      const text = result.isBase64Encoded ? Buffer.from(result.body, 'base64').toString() : result.body;
      return { status: result.statusCode, headers: new Headers(result.headers), text };
    },
    log: () => printed,
    countKept: () => {
      const metrics = printed.split('\n').filter((line) => line.startsWith('{"_aws"'));
      const counts = metrics.map((line) => v.parse(metricsSchema, JSON.parse(line)).Failures.length);
      return Promise.resolve(counts.reduce((sum, count) => sum + count, 0));
    },
  });
}

function openCloudflare(): Promise<Edge> {
  const points: unknown[] = [];
  const environment = {
    ASSETS: { fetch: () => Promise.resolve(new Response('Not found', { status: 404 })) },
    TELEMETRY: { writeDataPoint: (point: unknown) => void points.push(point) },
    SEEN_EVENTS: openObjects().namespace,
    PAPEL_OPS_TOKEN: token,
    PAPEL_APP_ORIGINS: appOrigin,
  };
  const origin = 'https://papel.example.workers.dev';
  return Promise.resolve({
    origin,
    isBySocket: false,
    ask: async ({ path, headers, ...init }) => {
      const sent = { ...headers, 'CF-Connecting-IP': '192.0.2.1' };
      return readResponse(await cloudflare.fetch(new Request(origin + path, { ...init, headers: sent }), environment));
    },
    log: () => '',
    countKept: () => Promise.resolve(points.length),
  });
}

const { PAPEL_TEST_WORKERD: program = '', PAPEL_TEST_WORKER: worker = '' } = process.env;

async function openWorkerd(): Promise<Edge> {
  const settings = { PAPEL_OPS_TOKEN: token, PAPEL_APP_ORIGINS: appOrigin };
  const running = await startWorkerd({ program, worker, folder }, settings);
  closers.push(running.close);
  return {
    origin: running.origin,
    isBySocket: true,
    ask: async ({ path, ...init }) => readResponse(await fetch(running.origin + path, init)),
    log: running.printed,
    countKept: async () => {
      // What it prints comes by a line of its own, and may come after the answer.
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
      return running.printed().split(printedPoint).length - 1;
    },
  };
}

function makeEvent(changes: Partial<TelemetryEvent> = {}) {
  return {
    kind: 'operation',
    id: randomUUID(),
    session: randomUUID(),
    at: Date.now() - 1_000,
    market: 'PH',
    deviceClass: 'low',
    app: '0123456789ab',
    operation: 'documents.scan',
    outcome: 'success',
    failure: null,
    durationMs: 100,
    backend: 'wasm',
    models: null,
    ...changes,
  };
}

function makeBatch(events: readonly unknown[], changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ v: 1, batchId: randomUUID(), sentAt: Date.now(), events, ...changes });
}

beforeAll(async () => {
  dynamo = await startDynamo('seen-events');
});
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});
afterAll(async () => {
  await dynamo.close();
  rmSync(folder, { recursive: true, force: true });
});

const hasWorkerd = program !== '';
test.skipIf(!hasWorkerd)('workerd is here, which npm run workerd brings', () => expect(hasWorkerd).toBe(true));

const platforms: readonly (readonly [string, () => Promise<Edge>])[] = [
  ['Node', openNode],
  ['Lambda', openLambda],
  ['Cloudflare', openCloudflare],
  ...(hasWorkerd ? [['Cloudflare in workerd', openWorkerd] as const] : []),
];

describe.each(platforms)('on %s', (platform, open) => {
  let edge: Edge;
  const send = (body: string, headers: Readonly<Record<string, string>> = {}) =>
    edge.ask({
      method: 'POST',
      path: '/api/telemetry',
      headers: { Origin: edge.origin, 'Content-Type': 'application/json', ...headers },
      body,
    });
  const expectProblem = (answer: Answer, status: number) => {
    expect(answer.status).toBe(status);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(JSON.parse(answer.text)).toMatchObject({ type: 'about:blank', status });
  };

  beforeEach(async () => {
    edge = await open();
  });

  test('health says ok and nothing else', async () => {
    const { status, text } = await edge.ask({ path: '/health' });
    expect([status, text]).toEqual([200, '{"status":"ok"}']);
  });

  test('ready says so to strangers, and more to the token', async () => {
    const { status, text } = await edge.ask({ path: '/ready' });
    expect([status, text]).toEqual([200, '{"status":"ready"}']);
    const told = JSON.parse((await edge.ask({ path: '/ready', headers: bearer })).text);
    expect(Object.keys(told)).toEqual(['status', 'version', 'uptimeSeconds', 'memoryBytes', 'checks']);
    expect(told.checks).toContainEqual({ name: 'config', isWorking: true, ms: expect.any(Number) });
    const wrong = await edge.ask({ path: '/ready', headers: { Authorization: `Bearer ${token}x` } });
    expect(wrong.text).toBe('{"status":"ready"}');
  });

  test('the config of a market is told, with a tag; an unknown one is a problem', async () => {
    const answer = await edge.ask({ path: '/api/config?market=PH' });
    expect(v.parse(configSchema, JSON.parse(answer.text))).toMatchObject({ market: 'PH', decidedBy: 'query' });
    const etag = answer.headers.get('ETag') ?? '';
    const again = await edge.ask({ path: '/api/config?market=PH', headers: { 'If-None-Match': etag } });
    expect([again.status, again.text]).toEqual([304, '']);
    expectProblem(await edge.ask({ path: '/api/config?market=constructor' }), 404);
  });

  test('every answer has the security headers and an id of its own, which nobody can choose', async () => {
    const ids = new Set<string | null>();
    for (const path of ['/health', '/api/config', '/missing.js', '/metrics', '/ready', '/api/config?market=XX']) {
      const { headers } = await edge.ask({ path, headers: { 'X-Request-Id': 'mine' } });
      expect(headers.get('Content-Security-Policy')).toContain("default-src 'self'");
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Strict-Transport-Security')).toContain('max-age=63072000');
      ids.add(headers.get('X-Request-Id'));
    }
    // Caches keep the config, and would hand on one request's id to all: it has none.
    expect(ids.size).toBe(6);
    expect(ids).toContain(null);
    expect(ids).not.toContain('mine');
  });

  describe('an app on another origin', () => {
    const preflight = (headers: Readonly<Record<string, string>>, path = '/api/telemetry') =>
      edge.ask({ method: 'OPTIONS', path, headers: { 'Access-Control-Request-Method': 'POST', ...headers } });
    const corsOf = ({ headers }: Answer) =>
      [...headers].filter(([name]) => name.startsWith('access-control-')).map(([name, value]) => `${name}: ${value}`);

    test('that is listed may ask and send, without cookies', async () => {
      const asked = await preflight({ Origin: appOrigin, 'Access-Control-Request-Headers': 'content-type' });
      expect([asked.status, asked.text]).toEqual([204, '']);
      expect(corsOf(asked)).toEqual([
        'access-control-allow-headers: Authorization, Content-Type',
        'access-control-allow-methods: GET, POST',
        `access-control-allow-origin: ${appOrigin}`,
        'access-control-expose-headers: Retry-After, X-Request-Id',
        'access-control-max-age: 86400',
      ]);
      for (const answer of [
        await send(makeBatch([makeEvent()]), { Origin: appOrigin }),
        await edge.ask({ path: '/api/config', headers: { Origin: appOrigin } }),
        await send('{', { Origin: appOrigin }),
      ]) {
        expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(appOrigin);
        expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull();
        expect(answer.headers.get('Vary')).toContain('Origin');
      }
      expect(await edge.countKept()).toBe(1);
    });

    test.each([
      'https://app.example.evil.example',
      'https://evil.app.example',
      'http://app.example',
      'https://app.example:8443',
      'https://APP.example',
      'null',
    ])('that is not listed is told nothing: %s', async (origin) => {
      const asked = await preflight({ Origin: origin });
      expectProblem(asked, 405);
      for (const answer of [asked, await edge.ask({ path: '/api/config', headers: { Origin: origin } })]) {
        expect(corsOf(answer)).toEqual([]);
        // Else a cache would hand this answer to the app that is listed.
        expect(answer.headers.get('Vary')).toContain('Origin');
      }
      expectProblem(await send(makeBatch([makeEvent()]), { Origin: origin }), 403);
      expect(await edge.countKept()).toBe(0);
    });

    test('may read nothing outside of the API', async () => {
      expect(corsOf(await edge.ask({ path: '/health', headers: { Origin: appOrigin } }))).toEqual([]);
      expectProblem(await preflight({ Origin: appOrigin }, '/metrics'), 405);
    });
  });

  test('a batch is kept, and what is not of the schema is counted', async () => {
    const events = [
      makeEvent(),
      { ...makeEvent(), name: 'Maria' },
      { ...makeEvent(), operation: 'constructor' },
      { ...makeEvent(), durationMs: -1 },
      { ...makeEvent(), session: 'me' },
      'event',
      null,
      makeEvent({ market: 'US' }),
    ];
    const answer = await send(makeBatch(events));
    expect(answer.status).toBe(202);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(JSON.parse(answer.text)).toEqual({ accepted: 2, rejected: 6 });
    expect(await edge.countKept()).toBe(2);
  });

  test('a batch that is sent again is accepted again', async () => {
    const batch = makeBatch([makeEvent(), makeEvent()]);
    for (let time = 0; time < 3; time += 1) {
      expect(JSON.parse((await send(batch)).text)).toEqual({ accepted: 2, rejected: 0 });
    }
    expect(await edge.countKept()).toBe(2);
  });

  test('an event that comes again in another batch counts once', async () => {
    const [first, second, third] = [makeEvent(), makeEvent(), makeEvent()];
    await send(makeBatch([first, second]));
    await Promise.all([send(makeBatch([second, third])), send(makeBatch([third, first, third]))]);
    expect(await edge.countKept()).toBe(3);
  });

  test.each([
    ['another site', { Origin: 'https://evil.example' }, 403],
    ['the same name on another port', { Origin: 'https://papel.lambda-url.ap-southeast-1.on.aws:444' }, 403],
    ['a page without an origin', { Origin: 'null' }, 403],
    ['what is no origin', { Origin: 'papel' }, 403],
    ['a form', { 'Content-Type': 'text/plain' }, 415],
    ['no type', { 'Content-Type': '' }, 415],
    ['another charset', { 'Content-Type': 'application/json; charset=utf-16' }, 415],
    ['a packed body', { 'Content-Encoding': 'gzip' }, 415],
  ])('%s is refused', async (_what, headers, status) => {
    expectProblem(await send(makeBatch([makeEvent()]), headers), status);
    expect(await edge.countKept()).toBe(0);
  });

  test('without Origin, only what the browser calls same-origin is taken', async () => {
    const ask = (site: Readonly<Record<string, string>>) =>
      edge.ask({
        method: 'POST',
        path: '/api/telemetry',
        headers: { 'Content-Type': 'application/json', ...site },
        body: makeBatch([makeEvent()]),
      });
    expectProblem(await ask({}), 403);
    // Node's own fetch sets Sec-Fetch headers of its own kind; over sockets this is asked in accept-telemetry.test.ts.
    if (edge.isBySocket) return;
    expectProblem(await ask({ 'Sec-Fetch-Site': 'cross-site' }), 403);
    expect((await ask({ 'Sec-Fetch-Site': 'same-origin' })).status).toBe(202);
  });

  test.each([
    ['no JSON', '{"v":1,'],
    ['nothing', ''],
    ['another version', makeBatch([makeEvent()], { v: 2 })],
    ['no events', makeBatch([])],
    ['too many events', makeBatch(Array.from({ length: 51 }, () => 1))],
    ['one member too many', makeBatch([makeEvent()], { student: 'needle-3f9' })],
    ['a list', '[]'],
    ['a polluted object', '{"__proto__":{"v":1},"needle-3f9":1}'],
    ['deep lists', '['.repeat(20_000)],
  ])('a batch that is %s is a problem, which says nothing of it', async (_what, body) => {
    const answer = await send(body);
    expectProblem(answer, 400);
    expect(JSON.parse(answer.text)).toEqual({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: 'This is not a batch of version 1 of the schema.',
    });
    expect(edge.log()).not.toContain('needle-3f9');
  });

  test('a body over the limit is refused', async () => {
    const answer = await send(makeBatch([makeEvent()], { pad: 'x'.repeat(66_000) }));
    expectProblem(answer, 413);
    expect(await edge.countKept()).toBe(0);
  });

  test('who sends too much is told when to come back', async () => {
    const batch = makeBatch([1]);
    const statuses: number[] = [];
    let last: Answer | undefined;
    for (let sent = 0; sent < 300 && last?.status !== 429; sent += 1) {
      last = await send(batch);
      statuses.push(last.status);
    }
    expect(statuses.length).toBeGreaterThan(100);
    expectProblem(last ?? (await send(batch)), 429);
    expect(last?.headers.get('Retry-After')).toBe('1');
  });

  test('summary and metrics are for the token', async () => {
    await send(
      makeBatch([
        makeEvent({ durationMs: 100 }),
        makeEvent({ durationMs: 200, outcome: 'failure', failure: 'timed-out' }),
      ]),
    );
    for (const path of ['/api/telemetry/summary', '/metrics']) {
      for (const headers of [{}, { Authorization: 'Bearer wrong' }, { Authorization: `Basic ${token}` }]) {
        const answer = await edge.ask({ path, headers });
        expectProblem(answer, 401);
        expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer');
      }
    }
    const metrics = await edge.ask({ path: '/metrics', headers: bearer });
    expect(metrics.headers.get('Content-Type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(metrics.text).toContain(
      'papel_operations_total{operation="documents.scan",market="PH",device="low",outcome="failure"} 1\n',
    );
    expect(metrics.text).toContain(
      'papel_operation_duration_seconds_bucket{operation="documents.scan",market="PH",device="low",le="0.1"} 1\n',
    );
    const summary = await edge.ask({ path: '/api/telemetry/summary', headers: bearer });
    if (platform !== 'Node') {
      expectProblem(summary, 404);
      return;
    }
    const { groups } = v.parse(summarySchema, JSON.parse(summary.text));
    expect(groups).toMatchObject([{ operation: 'documents.scan', count: 2, failures: 1 }]);
    expect(groups[0]?.p50Ms).toBeCloseTo(100, -1);
    expect(groups[0]?.p95Ms).toBeCloseTo(200, -1);
  });

  test('methods that an address does not take are refused', async () => {
    const answer = await edge.ask({ path: '/api/telemetry' });
    expectProblem(answer, 405);
    expect(answer.headers.get('Allow')).toBe('POST');
    expectProblem(await edge.ask({ method: 'DELETE', path: '/health' }), 405);
  });
});

test('on Node, a process that ends answers what it was asked, and keeps what it answered', async () => {
  const file = join(folder, 'ending.db');
  const store = await openSqliteStore(file);
  const app = createApp({
    assets: { find: () => undefined },
    telemetry: { store, rateLimit: limitInMemory({ perSecond: 100 }), addressOf: () => undefined },
  });
  const listening = await listenOnFreePort(app, '127.0.0.1', 0);
  const origin = `http://127.0.0.1:${listening.port}`;
  const answers = Array.from({ length: 30 }, async () => {
    const headers = { Origin: origin, 'Content-Type': 'application/json' };
    const body = makeBatch(Array.from({ length: 50 }, () => makeEvent()));
    // Those that come too late are refused, and their batches stay with the client.
    const answer = await fetch(`${origin}/api/telemetry`, { method: 'POST', headers, body }).catch(() => undefined);
    return answer?.status === 202 ? 50 : 0;
  });
  await Promise.race(answers);
  await listening.close(5_000);
  await store.close();
  const accepted = (await Promise.all(answers)).reduce<number>((sum, count) => sum + count, 0);
  expect(accepted).toBeGreaterThan(0);
  const again = await openSqliteStore(file);
  const rows = (await again.summarise?.({ from: 0, to: Date.now() + 1, bucketMs: 86_400_000 })) ?? [];
  await again.close();
  expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(accepted);
});

test('on Node, what no app could be asked is a problem with our headers, and nothing of it comes back', async () => {
  const listening = await listenOnFreePort(createApp({ assets: { find: () => undefined } }), '127.0.0.1', 0);
  closers.push(() => listening.close(100));
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect(listening.port, '127.0.0.1');
    socket.on('data', (piece) => {
      text += piece.toString();
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(text));
    socket.end('GET /health HTTP/1.1\r\nHost: needle 3f9\r\nConnection: close\r\n\r\n');
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toMatch(/\r\nContent-Type: application\/problem\+json\r\n/i);
  expect(answer).toMatch(/\r\nX-Content-Type-Options: nosniff\r\n/i);
  expect(answer).not.toContain('needle');
});

test('Cloudflare answers files from its binding, with our headers', async () => {
  const environment = { ASSETS: { fetch: () => Promise.resolve(new Response('<!doctype html>')) } };
  const answer = await cloudflare.fetch(new Request('https://papel.example/'), environment);
  expect(await answer.text()).toBe('<!doctype html>');
  expect(answer.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
  const off = await cloudflare.fetch(
    new Request('https://papel.example/api/telemetry', { method: 'POST' }),
    environment,
  );
  expect(off.status, 'without a dataset').toBe(404);
});

test('Cloudflare has pages for people where there is nothing, and where something broke', async () => {
  const pages = new Map([
    ['/404.html', 'Nothing here'],
    ['/500.html', 'Broken'],
  ]);
  const find = ({ url }: Request) => {
    const { pathname } = new URL(url);
    if (pathname === '/broken.js') throw new Error('needle-3f9');
    const text = pages.get(pathname);
    return text === undefined
      ? new Response('Not found', { status: 404 })
      : new Response(text, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  };
  const environment = { ASSETS: { fetch: async (request: Request) => find(request) } };
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const ask = async (path: string, accept: string) => {
    const request = new Request(`https://papel.example${path}`, { headers: { Accept: accept } });
    const answer = await cloudflare.fetch(request, environment);
    return [answer.status, answer.headers.get('Content-Type'), await answer.text()];
  };
  expect(await ask('/missing.html', 'text/html')).toEqual([404, 'text/html; charset=utf-8', 'Nothing here']);
  expect(await ask('/broken.js', 'text/html')).toEqual([500, 'text/html; charset=utf-8', 'Broken']);
  for (const path of ['/missing.html', '/broken.js']) {
    expect(await ask(path, '*/*')).toContain('application/problem+json');
  }
  pages.clear();
  expect(await ask('/broken.js', 'text/html')).toContain('application/problem+json');
  expect(log.mock.calls.flat().join('')).not.toContain('needle');
  log.mockRestore();
});

test('Cloudflare counts nothing where nothing would count it once', async () => {
  const environment = {
    ASSETS: { fetch: () => Promise.resolve(new Response()) },
    TELEMETRY: { writeDataPoint: () => {} },
  };
  expect(() => cloudflare.fetch(new Request('https://papel.example/health'), environment)).toThrow('SEEN_EVENTS');
});
