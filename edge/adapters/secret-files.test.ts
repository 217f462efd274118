import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readSecretFiles } from './secret-files.ts';

const token = 'b7f3-4c19-a2d8-77e0-91af';
const folder = mkdtempSync(join(tmpdir(), 'papel-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(text: string): string {
  const path = join(folder, 'secret');
  writeFileSync(path, text);
  return path;
}

test.each([
  'PAPEL_OPS_TOKEN',
  'PAPEL_TELEMETRY_STORE',
  'PAPEL_TELEMETRY_PASSWORD',
  'PAPEL_REDIS_URL',
  'PAPEL_REDIS_PASSWORD',
])('%s comes from the file that %s_FILE names, without the end of its line', (name) => {
  const read = readSecretFiles({ [`${name}_FILE`]: write(`${token}\n`), PAPEL_MARKET: 'PH' });
  expect(read).toEqual({ [name]: token, PAPEL_MARKET: 'PH' });
});

test('what is no secret has no file, so a misspelt name stays one', () => {
  const environment = { PAPEL_MARKET_FILE: '/etc/hostname' };
  expect(readSecretFiles(environment)).toEqual(environment);
});

test('one that is empty, missing or given twice is refused without a word of it', () => {
  const read = (extra: Readonly<Record<string, string>>) => () =>
    readSecretFiles({ PAPEL_OPS_TOKEN_FILE: join(folder, 'secret'), ...extra });
  write('\n');
  expect(read({})).toThrow('PAPEL_OPS_TOKEN_FILE names a file that holds no secret');
  // A log or a picture by mistake.
  write('a'.repeat(5_000));
  expect(read({})).toThrow('PAPEL_OPS_TOKEN_FILE names a file that holds no secret');
  write(token);
  expect(read({ PAPEL_OPS_TOKEN: token })).toThrow('PAPEL_OPS_TOKEN is set, and so is PAPEL_OPS_TOKEN_FILE');
  expect(read({ PAPEL_OPS_TOKEN: token })).not.toThrow(token);
  expect(read({ PAPEL_OPS_TOKEN_FILE: join(folder, 'none') })).toThrow('names a file that cannot be read');
});
