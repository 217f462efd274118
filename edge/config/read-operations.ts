/** Settings of telemetry and for whoever runs the edge. Secrets never come back in a message. */
import { markets, regions } from '#contract/regions.ts';
import { readSetting, readWhole, type Environment } from './read-deployment.ts';

export type StoreSetting =
  | { readonly kind: 'none' }
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

export interface OperationsSettings {
  readonly store: StoreSetting;
  /** Of a Redis in front of the store, where there are several replicas. */
  readonly redisUrl: string | undefined;
  readonly token: string | undefined;
  /** How long telemetry is kept. */
  readonly days: number;
  /** Batches a second that an address may send for ever. */
  readonly batchesPerSecond: number;
  readonly logsEveryRequest: boolean;
}

/** What every market agrees to: the shortest of them. */
const usualDays = Math.min(...markets.map((market) => regions[market].retentionDays));
/** A school of 600 devices behind one address that each send a batch a minute. */
const usualBatchesPerSecond = 10;

const shortestSecret = 16;
/** Words of examples and of default settings: whoever leaves them has not chosen a secret. */
const placeholder = /change.?me|secret|passw[o0]?r?d|placeholder|example|default|your.|token|123456|[<>*]/i;

function isPlaceholder(text: string): boolean {
  // Fewer than six different characters: "xxxxxxxxxxxxxxxx".
  return text.length < shortestSecret || placeholder.test(text) || new Set(text).size < 6;
}

function refuse(name: string, why: string): never {
  throw new RangeError(`${name} ${why}`);
}

const howToMake = `a secret has ${shortestSecret} characters at least and no words of examples; openssl rand -hex 32 makes one.`;

function readUrl(name: string, text: string, protocols: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !protocols.includes(url.protocol)) {
    return refuse(name, `is not an address that begins with ${protocols.map((each) => `${each}//`).join(' or ')}.`);
  }
  return url;
}

/** A server that others can reach needs a password, and one that is a secret. */
function checkPassword(name: string, url: URL): void {
  if (['localhost', '127.0.0.1', '[::1]', ''].includes(url.hostname)) return;
  if (url.password === '') refuse(name, 'has no password, and its server is not on this machine.');
  if (isPlaceholder(decodeURIComponent(url.password))) refuse(name, `has a placeholder as its password: ${howToMake}`);
}

function readStore(environment: Environment): StoreSetting {
  const name = 'PAPEL_TELEMETRY_STORE';
  const text = environment[name] ?? '';
  if (text === '' || text === 'none') return { kind: 'none' };
  const path = /^sqlite:(.+)$/.exec(text)?.[1];
  if (path !== undefined) return { kind: 'sqlite', path };
  if (!/^postgres(?:ql)?:\/\//.test(text))
    refuse(name, 'is not none, sqlite:path or postgres://user:password@host/database.');
  checkPassword(name, readUrl(name, text, ['postgres:', 'postgresql:']));
  return { kind: 'postgres', url: text };
}

function readRedis(environment: Environment): string | undefined {
  const name = 'PAPEL_REDIS_URL';
  const text = environment[name] ?? '';
  if (text === '') return undefined;
  checkPassword(name, readUrl(name, text, ['redis:', 'rediss:']));
  return text;
}

/** Read alone where a platform has its own store. */
export function readToken(environment: Environment): string | undefined {
  const name = 'PAPEL_OPS_TOKEN';
  const text = environment[name] ?? '';
  if (text === '') return undefined;
  if (!/^[\w.~+/=-]{1,512}$/.test(text)) refuse(name, 'has characters that a bearer token cannot have.');
  if (isPlaceholder(text)) refuse(name, `is a placeholder: ${howToMake}`);
  return text;
}

/** @throws RangeError whose message is for whoever starts the server, and names the setting */
export function readOperations(environment: Environment): OperationsSettings {
  const store = readStore(environment);
  const redisUrl = readRedis(environment);
  const token = readToken(environment);
  if (store.kind !== 'none' && token === undefined) {
    refuse('PAPEL_OPS_TOKEN', 'is not set, but PAPEL_TELEMETRY_STORE is: nobody could read what is kept.');
  }
  if (store.kind !== 'postgres' && redisUrl !== undefined) {
    refuse('PAPEL_TELEMETRY_STORE', 'is not PostgreSQL, but PAPEL_REDIS_URL is set: Redis stands in front of it.');
  }
  return {
    store,
    redisUrl,
    token,
    days: readWhole(environment, 'PAPEL_TELEMETRY_DAYS', 'days', [1, 365]) ?? usualDays,
    batchesPerSecond:
      readWhole(environment, 'PAPEL_TELEMETRY_RATE', 'batches a second', [1, 100_000]) ?? usualBatchesPerSecond,
    logsEveryRequest: readSetting(environment, 'PAPEL_LOG', {
      read: (text) => (text === 'requests' || text === 'errors' ? text === 'requests' : undefined),
      what: 'requests or errors',
      fallback: false,
    }),
  };
}
