/**
 * What the edge answers on every platform: Node by real sockets, Lambda by its events, Cloudflare by its fetch handler, and by
 * real sockets in workerd where that is installed (`npm run workerd`). What it does with counts is asked in counts.test.ts.
 */
import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { configSchema } from '#contract/config.ts';
import { regions } from '#contract/regions.ts';
import {
  appOrigin,
  bearer,
  expectProblem,
  hasWorkerd,
  makeBatch,
  makeEvent,
  platforms,
  sendBatch,
  token,
  preparePlatforms,
  type Answer,
  type Edge,
} from './platforms-for-tests.ts';

preparePlatforms();

test.skipIf(!hasWorkerd)('workerd is here, which npm run workerd brings', () => expect(hasWorkerd).toBe(true));

describe.each(platforms)('on %s', (platform, open) => {
  let edge: Edge;
  const send = (body: string, headers?: Readonly<Record<string, string>>) => sendBatch(edge, body, headers);

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

  test('the config says how long counts are kept here, whatever the market would have', async () => {
    const { text } = await edge.ask({ path: '/api/config?market=PH' });
    // CloudWatch and Analytics Engine delete when they delete.
    const days = { Node: regions.PH.retentionDays, Lambda: 455 }[platform] ?? 92;
    expect(JSON.parse(text)).toMatchObject({ retentionDays: days });
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

  test('methods that an address does not take are refused', async () => {
    const answer = await edge.ask({ path: '/api/telemetry' });
    expectProblem(answer, 405);
    expect(answer.headers.get('Allow')).toBe('POST');
    expectProblem(await edge.ask({ method: 'DELETE', path: '/health' }), 405);
  });
});
