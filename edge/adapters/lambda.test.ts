/** What only the function on Lambda has to promise. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, expect, test, vi } from 'vitest';
import { createHandler } from './lambda.ts';
import { bearer, makeLambdaEvent, token } from './platforms-for-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'papel-lambda-'));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('the token may come from a file, as everywhere', async () => {
  writeFileSync(join(folder, 'ops-token'), `${token}\n`);
  vi.stubEnv('PAPEL_OPS_TOKEN_FILE', join(folder, 'ops-token'));
  vi.resetModules();
  const { handler } = await import('./lambda.ts');
  const answer = await handler(makeLambdaEvent({ path: '/ready', headers: bearer }));
  expect(JSON.parse(v.parse(v.looseObject({ body: v.string() }), answer).body)).toHaveProperty('checks');
});

test('a store that a server would have is refused', () => {
  expect(() => createHandler({ PAPEL_TELEMETRY_STORE: 'sqlite:t.db', PAPEL_OPS_TOKEN: token }, () => {})).toThrow(
    'PAPEL_TELEMETRY_STORE is not cloudwatch or none',
  );
});
