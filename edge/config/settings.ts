/**
 * Every setting of a deployment: the one schema of environment variables. The table in deploy/README.md and .env.example
 * are written from it (`npm run deploy:generate`), so it has words for people too.
 */
import * as v from 'valibot';
import { baseSchema, hostRegionSchema } from '#contract/config.ts';
import { features, hostRegions, isMarket, markets, regions } from '#contract/regions.ts';

/** As `process.env` has it; empty counts as unset. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type StoreSetting =
  | { readonly kind: 'none' }
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'cloudwatch' };

/** An address, or a network of all that begin with so many bits. */
export interface Network {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly bits: number;
}

interface Setting<T> {
  readonly about: string;
  /** What it has to be, to follow "PAPEL_X is not". */
  readonly what: string;
  /** Nothing where the text is not that; throws a RangeError where there is more to say. */
  readonly read: (text: string, name: string) => T | undefined;
  /** What holds while it is not set, in words. */
  readonly unset: string;
  readonly example: string;
  /** Never repeated in a message, and taken from a file where `<name>_FILE` names one. */
  readonly isSecret?: true;
}

function setting<T>(entry: Setting<T>): Setting<T> {
  return entry;
}

const shortestSecret = 16;
/** Words of examples and of default settings: whoever leaves them has not chosen a secret. */
const placeholder = /change.?me|secret|passw[o0]?r?d|placeholder|example|default|your.|token|123456|[<>*]/i;

function isPlaceholder(text: string): boolean {
  // Fewer than six different characters: "xxxxxxxxxxxxxxxx".
  return text.length < shortestSecret || placeholder.test(text) || new Set(text).size < 6;
}

export function refuse(name: string, why: string): never {
  throw new RangeError(`${name} ${why}`);
}

const howToMake = `a secret has ${shortestSecret} characters at least and no words of examples; openssl rand -hex 32 makes one.`;

function readServer(name: string, text: string, protocols: readonly string[]): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !protocols.includes(url.protocol)) {
    return refuse(name, `is not an address that begins with ${protocols.map((each) => `${each}//`).join(' or ')}.`);
  }
  return text;
}

/**
 * The address of a server with its password in it. A server that others can reach needs one, and one that is a secret.
 *
 * @param password set apart from the address, for addresses that have none
 */
export function addPassword(name: string, text: string, password: string | undefined): string {
  const url = new URL(text);
  if (url.password === '' && password !== undefined) url.password = encodeURIComponent(password);
  if (['localhost', '127.0.0.1', '[::1]', ''].includes(url.hostname)) return password === undefined ? text : url.href;
  if (url.password === '') refuse(name, 'has no password, and its server is not on this machine.');
  if (isPlaceholder(decodeURIComponent(url.password))) refuse(name, `has a placeholder as its password: ${howToMake}`);
  return url.href;
}

function readStore(text: string, name: string): StoreSetting | undefined {
  if (text === 'none' || text === 'cloudwatch') return { kind: text };
  const path = /^sqlite:(.+)$/.exec(text)?.[1];
  if (path !== undefined) return { kind: 'sqlite', path };
  if (!/^postgres(?:ql)?:\/\//.test(text)) return undefined;
  return { kind: 'postgres', url: readServer(name, text, ['postgres:', 'postgresql:']) };
}

function readToken(text: string, name: string): string {
  if (!/^[\w.~+/=-]{1,512}$/.test(text)) refuse(name, 'has characters that a bearer token cannot have.');
  if (isPlaceholder(text)) refuse(name, `is a placeholder: ${howToMake}`);
  return text;
}

const ipv4 = v.pipe(v.string(), v.ipv4());
const ipv6 = v.pipe(v.string(), v.ipv6());

function readNetworks(text: string): readonly Network[] | undefined {
  const networks: Network[] = [];
  for (const item of text.split(',').map((each) => each.trim())) {
    const [address = '', bits, ...rest] = item.split('/');
    const family = v.is(ipv4, address) ? 'ipv4' : 'ipv6';
    const most = family === 'ipv4' ? 32 : 128;
    if (rest.length > 0 || (family === 'ipv6' && !v.is(ipv6, address))) return undefined;
    if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most)) return undefined;
    networks.push({ address, family, bits: bits === undefined ? most : Number(bits) });
  }
  return networks;
}

const readBase = (text: string) => (v.is(baseSchema, text) ? text : undefined);

function readOrigins(text: string): readonly string[] | undefined {
  const origins = text.split(',').map((item) => item.trim());
  return origins.every((origin) => v.is(baseSchema, origin) && new URL(origin).origin === origin) ? origins : undefined;
}

function readFeatures(text: string) {
  const named = text.split(',').map((item) => item.trim());
  const known = features.filter((feature) => named.includes(feature));
  return named.every((item) => features.some((feature) => feature === item)) ? known : undefined;
}

function whole(unit: string, least: number, most: number) {
  return {
    what: `a whole number of ${unit} from ${least} to ${most}`,
    read: (text: string) => {
      const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
      return value >= least && value <= most ? value : undefined;
    },
  };
}

/** What every market agrees to: the shortest of them. */
export const usualTelemetryDays = Math.min(...markets.map((market) => regions[market].retentionDays));
/** A school of 600 devices behind one address that each send a batch a minute. */
export const usualBatchesPerSecond = 10;
export const usualPort = 4173;

const listOfFeatures = `a list with commas of ${features.join(', ')}`;

export const settings = {
  HOST: setting({
    about: 'Address of this machine on which the edge listens; `0.0.0.0` for all.',
    what: 'an address or a name of this machine',
    read: (text) => (/^[\w.:-]{1,253}$/.test(text) ? text : undefined),
    unset: '127.0.0.1',
    example: '0.0.0.0',
  }),
  PORT: setting({
    about: 'Port on which the edge listens.',
    what: 'a port',
    read: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
    unset: String(usualPort),
    example: '8080',
  }),
  PAPEL_MARKET: setting({
    about: 'Market of whoever has not chosen one, and whose country no CDN tells.',
    what: `one of ${markets.join(', ')}`,
    read: (text) => (isMarket(text) ? text : undefined),
    unset: 'EU, and the app says that nobody decided',
    example: 'PH',
  }),
  PAPEL_HOST_REGION: setting({
    about: 'Where this edge really runs: a region of the registry, or a country.',
    what: `a country such as PH, nor one of ${Object.keys(hostRegions).join(', ')}`,
    read: (text) => (v.is(hostRegionSchema, text) ? text : undefined),
    unset: 'the settings page says that nobody has said',
    example: 'PH',
  }),
  PAPEL_CDN_BASE: setting({
    about: 'CDN that has the same files below this address.',
    what: 'an https address without a slash at its end, such as https://cdn.example/papel',
    read: readBase,
    unset: 'files come from the edge itself',
    example: 'https://cdn.example/papel',
  }),
  PAPEL_API_BASE: setting({
    about: 'Where the public reaches the API, if that is elsewhere.',
    what: 'an https address without a slash at its end, such as https://api.example/papel',
    read: readBase,
    unset: 'the same address as the app',
    example: 'https://api.example/papel',
  }),
  PAPEL_APP_ORIGINS: setting({
    about: 'Origins of apps that are served from elsewhere and may ask this API.',
    what: 'a list with commas of https origins such as https://papel.example',
    read: readOrigins,
    unset: 'only pages of this address',
    example: 'https://papel.example',
  }),
  PAPEL_FEATURES_ON: setting({
    about: 'What is on, whatever the market says.',
    what: listOfFeatures,
    read: readFeatures,
    unset: 'as the market says',
    example: 'analytics',
  }),
  PAPEL_FEATURES_OFF: setting({
    about: 'The kill switch: what is off, whatever else says on.',
    what: listOfFeatures,
    read: readFeatures,
    unset: 'nothing',
    example: 'face-detection,handwriting',
  }),
  PAPEL_MAX_FILE_MB: setting({
    about: 'Largest file that the app takes in.',
    ...whole('megabytes', 1, 500),
    unset: '50',
    example: '50',
  }),
  PAPEL_PROCESSING_SECONDS: setting({
    about: 'Longest that one step of work on a picture may take.',
    ...whole('seconds', 10, 600),
    unset: '120',
    example: '120',
  }),
  PAPEL_TRUSTED_PROXIES: setting({
    about: 'Proxies whose word on the caller’s address and country counts: addresses and networks.',
    what: 'a list with commas of addresses such as 10.0.0.7 and 10.0.0.0/8',
    read: readNetworks,
    unset: 'nobody’s',
    example: '10.0.0.0/8',
  }),
  PAPEL_COUNTRY_HEADER: setting({
    about: 'Header in which a CDN names the viewer’s country; only with trusted proxies.',
    what: 'the name of a header such as CF-IPCountry',
    read: (text) => (/^[A-Za-z][A-Za-z\d-]*$/.test(text) ? text : undefined),
    unset: 'countries are not known',
    example: 'CloudFront-Viewer-Country',
  }),
  PAPEL_TELEMETRY_STORE: setting({
    about: 'Where counts of how Papel runs are kept. On Cloudflare it is the binding `TELEMETRY` instead.',
    what: 'none, sqlite:path or postgres://user:password@host/database, nor cloudwatch, which is for Lambda',
    read: readStore,
    unset: 'none: nothing is counted',
    example: 'sqlite:/data/telemetry.db',
    isSecret: true,
  }),
  PAPEL_TELEMETRY_PASSWORD: setting({
    about: 'Password of that PostgreSQL, where its address has none.',
    what: 'a password',
    read: (text) => text,
    unset: 'as in the address',
    example: '',
    isSecret: true,
  }),
  PAPEL_SEEN_EVENTS_TABLE: setting({
    about:
      'On Lambda, the DynamoDB table that remembers which events were counted (key: the text `session`; time to live: `forgetAt`).',
    what: 'the name of a table',
    read: (text) => (/^[\w.-]{3,255}$/.test(text) ? text : undefined),
    unset: 'an event that is sent again counts again on Lambda',
    example: 'papel-seen-events',
  }),
  PAPEL_TELEMETRY_DAYS: setting({
    about:
      'For how long counts are kept. CloudWatch keeps them for 15 months and Analytics Engine for three, whatever this says.',
    ...whole('days', 1, 365),
    unset: String(usualTelemetryDays),
    example: String(usualTelemetryDays),
  }),
  PAPEL_TELEMETRY_RATE: setting({
    about: 'Batches of counts a second that one address may send for ever.',
    ...whole('batches a second', 1, 100_000),
    unset: String(usualBatchesPerSecond),
    example: String(usualBatchesPerSecond),
  }),
  PAPEL_REDIS_URL: setting({
    about: 'Redis in front of PostgreSQL, where there are several replicas.',
    what: 'an address that begins with redis:// or rediss://',
    read: (text, name) => readServer(name, text, ['redis:', 'rediss:']),
    unset: 'no Redis',
    example: 'redis://redis:6379',
    isSecret: true,
  }),
  PAPEL_REDIS_PASSWORD: setting({
    about: 'Password of that Redis, where its address has none.',
    what: 'a password',
    read: (text) => text,
    unset: 'as in the address',
    example: '',
    isSecret: true,
  }),
  PAPEL_OPS_TOKEN: setting({
    about: 'Bearer token for `/metrics`, the summary and details of `/ready`; needed with a store.',
    what: 'a token',
    read: readToken,
    unset: 'nobody may read them',
    example: '',
    isSecret: true,
  }),
  PAPEL_LOG: setting({
    about: 'What is logged: `errors`, or all `requests`.',
    what: 'requests or errors',
    read: (text) => (text === 'requests' || text === 'errors' ? text : undefined),
    unset: 'errors',
    example: 'requests',
  }),
} as const;

export type SettingName = keyof typeof settings;
/** What a setting is once it is read. */
export type SettingOf<Name extends SettingName> = (typeof settings)[Name] extends Setting<infer T> ? T : never;

/** The same, written so that the compiler can follow a name that is a type parameter. */
const table: { readonly [Name in SettingName]: Setting<SettingOf<Name>> } = settings;

/** Whether a setting is kept from messages and may come from a file. */
export function isSecret(name: string): boolean {
  return Object.entries<Setting<unknown>>(settings).some(([each, entry]) => each === name && entry.isSecret === true);
}

/**
 * Reads one setting.
 *
 * @returns nothing where it is not set
 * @throws RangeError whose message is for whoever starts the server
 */
export function readSetting<Name extends SettingName>(
  environment: Environment,
  name: Name,
): SettingOf<Name> | undefined {
  const text = environment[name];
  if (text === undefined || text === '') return undefined;
  const { read, what } = table[name];
  const value = read(text, name);
  if (value === undefined) refuse(name, isSecret(name) ? `is not ${what}.` : `is not ${what}: ${text}`);
  return value;
}

/** A misspelt setting would silently be none. */
export function refuseUnknownSettings(environment: Environment): void {
  const known = Object.keys(settings);
  const unknown = Object.keys(environment).find((name) => name.startsWith('PAPEL_') && !known.includes(name));
  if (unknown !== undefined) refuse(unknown, `is no setting. There are ${known.join(', ')}.`);
}
