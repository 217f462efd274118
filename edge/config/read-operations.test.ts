import { describe, expect, test } from 'vitest';
import { readOperations } from './read-operations.ts';

const token = 'b7f3-4c19-a2d8-77e0-91af';
const strong = 'Zk3-v9Q_x2.Lm7Tp';

test('telemetry is off unless set', () => {
  expect(readOperations({})).toEqual({
    store: { kind: 'none' },
    redisUrl: undefined,
    token: undefined,
    days: 30,
    batchesPerSecond: 10,
    logsEveryRequest: false,
  });
  expect(readOperations({ PAPEL_TELEMETRY_STORE: 'none' }).store).toEqual({ kind: 'none' });
});

test('what is set is read', () => {
  const url = `postgres://papel:${strong}@db.example.internal/papel`;
  expect(
    readOperations({
      PAPEL_TELEMETRY_STORE: url,
      PAPEL_REDIS_URL: 'redis://localhost:6379',
      PAPEL_OPS_TOKEN: token,
      PAPEL_TELEMETRY_DAYS: '7',
      PAPEL_TELEMETRY_RATE: '200',
      PAPEL_LOG: 'requests',
    }),
  ).toEqual({
    store: { kind: 'postgres', url },
    redisUrl: 'redis://localhost:6379',
    token,
    days: 7,
    batchesPerSecond: 200,
    logsEveryRequest: true,
  });
  expect(readOperations({ PAPEL_TELEMETRY_STORE: 'sqlite:data/t.db', PAPEL_OPS_TOKEN: token }).store).toEqual({
    kind: 'sqlite',
    path: 'data/t.db',
  });
});

describe('refused with a sentence that names it and never repeats a secret', () => {
  test.each([
    ['changeme', 'PAPEL_OPS_TOKEN is a placeholder'],
    ['changeme-changeme-changeme', 'PAPEL_OPS_TOKEN is a placeholder'],
    ['my-secret-for-papel', 'PAPEL_OPS_TOKEN is a placeholder'],
    ['password1234567890', 'PAPEL_OPS_TOKEN is a placeholder'],
    ['b7f34c19a2d877e', 'PAPEL_OPS_TOKEN is a placeholder'],
    ['xxxxxxxxxxxxxxxxxxxxxxxx', 'PAPEL_OPS_TOKEN is a placeholder'],
    ['<b7f3-4c19-a2d8-77e0>', 'PAPEL_OPS_TOKEN has characters'],
    ['b7f3 4c19 a2d8 77e0 91af', 'PAPEL_OPS_TOKEN has characters'],
    ['', 'PAPEL_OPS_TOKEN is not set, but PAPEL_TELEMETRY_STORE is'],
  ])('token %j', (text, sentence) => {
    const read = () => readOperations({ PAPEL_OPS_TOKEN: text, PAPEL_TELEMETRY_STORE: 'sqlite:t.db' });
    expect(read).toThrow(RangeError);
    expect(read).toThrow(sentence);
    expect(read).not.toThrow(text === '' ? '""' : text);
  });

  test.each([
    ['PAPEL_TELEMETRY_STORE', 'mysql://db/papel', 'PAPEL_TELEMETRY_STORE is not none, sqlite:path or postgres://'],
    ['PAPEL_TELEMETRY_STORE', 'sqlite:', 'PAPEL_TELEMETRY_STORE is not'],
    ['PAPEL_TELEMETRY_STORE', 'postgres://papel@db.internal/papel', 'PAPEL_TELEMETRY_STORE has no password'],
    ['PAPEL_TELEMETRY_STORE', 'postgres://p:changeme@db.internal/papel', 'PAPEL_TELEMETRY_STORE has a placeholder'],
    ['PAPEL_REDIS_URL', 'redis://cache.internal', 'PAPEL_REDIS_URL has no password'],
    ['PAPEL_REDIS_URL', 'redis://:secret@cache.internal', 'PAPEL_REDIS_URL has a placeholder'],
    ['PAPEL_REDIS_URL', 'cache.internal:6379', 'PAPEL_REDIS_URL is not an address'],
    ['PAPEL_REDIS_URL', 'redis://localhost', 'PAPEL_TELEMETRY_STORE is not PostgreSQL, but PAPEL_REDIS_URL is set'],
    ['PAPEL_TELEMETRY_DAYS', '0', 'PAPEL_TELEMETRY_DAYS is not a whole number of days from 1 to 365'],
    ['PAPEL_TELEMETRY_RATE', 'many', 'PAPEL_TELEMETRY_RATE is not a whole number of batches a second'],
    ['PAPEL_LOG', 'all', 'PAPEL_LOG is not requests or errors'],
  ])('%s=%s', (name, text, sentence) => {
    expect(() => readOperations({ PAPEL_OPS_TOKEN: token, [name]: text })).toThrow(sentence);
  });
});
