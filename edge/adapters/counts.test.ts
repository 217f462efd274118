/** What the edge does with counts on every platform; the rest is asked in answers.test.ts. */
import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { summarySchema } from '#contract/telemetry.ts';
import {
  bearer,
  expectProblem,
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

describe.each(platforms)('on %s', (platform, open) => {
  let edge: Edge;
  const send = (body: string, headers?: Readonly<Record<string, string>>) => sendBatch(edge, body, headers);

  beforeEach(async () => {
    edge = await open();
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
});
