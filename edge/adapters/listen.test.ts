/** What only Node's own server has to promise. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { openSqliteStore } from '../stores/sqlite-store.ts';
import { limitInMemory } from '../telemetry/rate-limit.ts';
import { listenOnFreePort } from './listen.ts';
import { makeBatch, makeEvent } from './platforms-for-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'papel-node-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a process that ends answers what it was asked, and keeps what it answered', async () => {
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

test('what no app could be asked is a problem with our headers, and nothing of it comes back', async () => {
  const listening = await listenOnFreePort(createApp({ assets: { find: () => undefined } }), '127.0.0.1', 0);
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
  await listening.close(100);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toMatch(/\r\nContent-Type: application\/problem\+json\r\n/i);
  expect(answer).toMatch(/\r\nX-Content-Type-Options: nosniff\r\n/i);
  expect(answer).not.toContain('needle');
});
