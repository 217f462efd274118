/** The edge on every platform that there is, for tests of what it promises on all of them. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { plainDeployment } from '#contract/config.ts';
import type { TelemetryEvent } from '#contract/telemetry.ts';
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
export const appOrigin = 'https://app.example';
export const token = 'b7f3-4c19-a2d8-77e0-91af';
export const bearer = { Authorization: `Bearer ${token}` };
const folder = mkdtempSync(join(tmpdir(), 'papel-platforms-'));
let dynamo: RunningDynamo;
const closers: (() => Promise<void>)[] = [];

interface Question {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One running edge of a platform. */
export interface Edge {
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
export function makeLambdaEvent({ method = 'GET', path, headers = {}, body }: Question) {
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
      authorizer: {},
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
      const result = v.parse(resultSchema, await handler(makeLambdaEvent(question)));
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

export function makeEvent(changes: Partial<TelemetryEvent> = {}) {
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

export function makeBatch(events: readonly unknown[], changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ v: 1, batchId: randomUUID(), sentAt: Date.now(), events, ...changes });
}

export const hasWorkerd = program !== '';

/** Name, and how one is opened; it is closed after each test. */
export const platforms: readonly (readonly [string, () => Promise<Edge>])[] = [
  ['Node', openNode],
  ['Lambda', openLambda],
  ['Cloudflare', openCloudflare],
  ...(hasWorkerd ? [['Cloudflare in workerd', openWorkerd] as const] : []),
];

/** What the platforms need around them; for the top of a file of tests. */
export function preparePlatforms(): void {
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
}

/** Sends a batch as the app's own page does. */
export function sendBatch(edge: Edge, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return edge.ask({
    method: 'POST',
    path: '/api/telemetry',
    headers: { Origin: edge.origin, 'Content-Type': 'application/json', ...headers },
    body,
  });
}

export function expectProblem(answer: Answer, status: number): void {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  expect(JSON.parse(answer.text)).toMatchObject({ type: 'about:blank', status });
}
