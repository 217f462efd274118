/** Settings of telemetry and for whoever runs the edge. Secrets never come back in a message. */
import {
  addPassword,
  readSetting,
  refuse,
  usualBatchesPerSecond,
  usualTelemetryDays,
  type Environment,
  type StoreSetting,
} from './settings.ts';

/** What there is where the edge is a process of its own. */
export type ServerStoreSetting = Exclude<StoreSetting, { kind: 'cloudwatch' }>;

export interface OperationsSettings {
  readonly store: ServerStoreSetting;
  /** Of a Redis in front of the store, where there are several replicas. */
  readonly redisUrl: string | undefined;
  readonly token: string | undefined;
  /** How long telemetry is kept. */
  readonly days: number;
  /** Batches a second that an address may send for ever. */
  readonly batchesPerSecond: number;
  readonly logsEveryRequest: boolean;
}

function readStore(environment: Environment): ServerStoreSetting {
  const name = 'PAPEL_TELEMETRY_STORE';
  const store = readSetting(environment, name) ?? { kind: 'none' };
  if (store.kind === 'cloudwatch') return refuse(name, 'is cloudwatch, which there is on Lambda only.');
  if (store.kind !== 'postgres') return store;
  const password = readSetting(environment, 'PAPEL_TELEMETRY_PASSWORD');
  return { kind: 'postgres', url: addPassword(name, store.url, password) };
}

function readRedis(environment: Environment): string | undefined {
  const name = 'PAPEL_REDIS_URL';
  const url = readSetting(environment, name);
  return url === undefined ? undefined : addPassword(name, url, readSetting(environment, 'PAPEL_REDIS_PASSWORD'));
}

/** Read alone where a platform has its own store. */
export function readToken(environment: Environment): string | undefined {
  return readSetting(environment, 'PAPEL_OPS_TOKEN');
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
    days: readSetting(environment, 'PAPEL_TELEMETRY_DAYS') ?? usualTelemetryDays,
    batchesPerSecond: readSetting(environment, 'PAPEL_TELEMETRY_RATE') ?? usualBatchesPerSecond,
    logsEveryRequest: readSetting(environment, 'PAPEL_LOG') === 'requests',
  };
}
