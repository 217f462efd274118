import { describe, expect, test } from 'vitest';
import { readOperations } from './read-operations.ts';
import { readSetting, refuseUnknownSettings, settings, type SettingName } from './settings.ts';

const token = 'b7f3-4c19-a2d8-77e0-91af';
const strong = 'Zk3-v9Q/x2:Lm7@Tp';

test('every example of the table is what its setting has to be', () => {
  const names = Object.keys(settings) as SettingName[];
  const wrong = names.filter((name) => {
    const { example } = settings[name];
    return example !== '' && readSetting({ [name]: example }, name) === undefined;
  });
  expect(wrong).toEqual([]);
});

test('a misspelt setting is refused, with those there are', () => {
  expect(() => refuseUnknownSettings({ PAPEL_MARKTE: 'PH', PATH: '/bin' })).toThrow(
    /^PAPEL_MARKTE is no setting\. There are HOST, PORT, PAPEL_MARKET, /,
  );
  expect(() => refuseUnknownSettings({ PAPEL_MARKET: 'PH', PAPEL_OPS_TOKEN: token, HOME: '/root' })).not.toThrow();
});

describe('passwords of their own', () => {
  const read = (environment: Readonly<Record<string, string>>) =>
    readOperations({ PAPEL_OPS_TOKEN: token, ...environment });

  test('go into addresses that have none, whatever characters they have', () => {
    const { store, redisUrl } = read({
      PAPEL_TELEMETRY_STORE: 'postgres://papel@postgres:5432/papel',
      PAPEL_TELEMETRY_PASSWORD: strong,
      PAPEL_REDIS_URL: 'redis://redis:6379',
      PAPEL_REDIS_PASSWORD: strong,
    });
    const passwordOf = (url: string | undefined) => decodeURIComponent(new URL(url ?? '').password);
    expect(store.kind === 'postgres' && passwordOf(store.url)).toBe(strong);
    expect(passwordOf(redisUrl)).toBe(strong);
    expect(new URL(redisUrl ?? '').hostname).toBe('redis');
  });

  test.each([
    [{ PAPEL_TELEMETRY_STORE: 'postgres://papel@postgres/papel', PAPEL_TELEMETRY_PASSWORD: 'changeme' }, 'placeholder'],
    [{ PAPEL_REDIS_URL: 'redis://redis:6379', PAPEL_REDIS_PASSWORD: 'postgres' }, 'PAPEL_REDIS_URL has a placeholder'],
  ])('are refused where they are no secrets', (environment, sentence) => {
    expect(() => read(environment)).toThrow(sentence);
    expect(() => read(environment)).not.toThrow('changeme');
  });
});

test('an address with a password in it is never repeated', () => {
  expect(() => readOperations({ PAPEL_TELEMETRY_STORE: `mysql://papel:${strong}@db/papel` })).not.toThrow(strong);
});
