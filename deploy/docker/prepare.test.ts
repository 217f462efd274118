/** What prepare.sh makes: secrets, and a certificate of an authority that can vouch for one name only. */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOperations } from '#edge/config/read-operations.ts';

const name = 'papel.school.example';
const parent = mkdtempSync(join(tmpdir(), 'papel-prepare-'));
const folder = join(parent, 'secrets');
const prepare = () =>
  execFileSync('sh', [join(import.meta.dirname, 'prepare.sh'), name, '192.168.1.10'], {
    env: { ...process.env, PAPEL_SECRETS_FOLDER: folder },
    stdio: 'ignore',
  });
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const modeOf = (path: string) => (statSync(path).mode % 0o1000).toString(8);

beforeAll(() => prepare());
afterAll(() => rmSync(parent, { recursive: true }));

test('the folder keeps others out, and the authority’s key has a lock of its own', () => {
  expect(modeOf(folder)).toBe('700');
  expect(modeOf(join(folder, 'authority.key'))).toBe('600');
  // Containers run as users of their own, who have to read what is mounted one by one.
  for (const file of ['ops-token', 'telemetry-password', 'redis-password', 'tls-key', 'tls-certificate']) {
    expect(modeOf(join(folder, file)), file).toBe('644');
  }
});

test('secrets are three different ones, of the kind that the edge takes', () => {
  const secrets = ['ops-token', 'telemetry-password', 'redis-password'].map((file) => read(file).trim());
  expect(new Set(secrets).size).toBe(3);
  for (const secret of secrets) expect(readOperations({ PAPEL_OPS_TOKEN: secret }).token).toBe(secret);
});

test('the certificate is for the name and the address, as long as devices take one', () => {
  const certificate = new X509Certificate(read('tls-certificate'));
  const authority = new X509Certificate(read('authority.crt'));
  expect(certificate.verify(authority.publicKey)).toBe(true);
  expect([certificate.checkHost(name), certificate.checkIP('192.168.1.10')]).toEqual([name, '192.168.1.10']);
  const days = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 86_400_000;
  // https://support.apple.com/en-us/102028
  expect(Math.round(days)).toBeLessThanOrEqual(398);
  expect(certificate.ca).toBe(false);
});

test('the authority can vouch for this name only, and for no other authority', () => {
  const shown = execFileSync('openssl', ['x509', '-in', join(folder, 'authority.crt'), '-noout', '-text'], {
    encoding: 'utf8',
  });
  expect(shown).toMatch(new RegExp(`Name Constraints: critical\\s+Permitted:\\s+DNS:${name}\\n`));
  expect(shown).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
});

test('nothing that is there is made anew', () => {
  const before = readdirSync(folder).map((file) => [file, read(file)]);
  prepare();
  expect(readdirSync(folder).map((file) => [file, read(file)])).toEqual(before);
  writeFileSync(join(folder, 'tls-certificate'), 'of a public authority');
  prepare();
  expect(read('tls-certificate')).toBe('of a public authority');
});
