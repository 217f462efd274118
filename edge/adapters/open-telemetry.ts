import type { Log } from '../http/log.ts';
import type { OperationsSettings, ServerStoreSetting } from '../config/read-operations.ts';
import { openPostgresStore } from '../stores/postgres-store.ts';
import { bufferInRedis } from '../stores/redis-buffer.ts';
import { connectRedis } from '../stores/redis-connection.ts';
import { openSqliteStore } from '../stores/sqlite-store.ts';
import type { TelemetryStore } from '../stores/telemetry-store.ts';
import { limitInMemory, type RateLimit } from '../telemetry/rate-limit.ts';
import { deleteOldEvents } from '../telemetry/retention.ts';
import { limitInRedis } from './limit-in-redis.ts';

/** Old events are looked for this often: a day is the step in which they are deleted. */
const retentionEveryMs = 6 * 3_600_000;

export interface OpenTelemetry {
  readonly store: TelemetryStore;
  readonly rateLimit: RateLimit;
  /** Keeps what was accepted, and ends. */
  readonly close: () => Promise<void>;
}

type ChosenStore = Exclude<ServerStoreSetting, { kind: 'none' }>;

export async function openStore(setting: ChosenStore, redisUrl: string | undefined): Promise<TelemetryStore> {
  if (setting.kind === 'sqlite') return openSqliteStore(setting.path);
  const store = openPostgresStore(setting.url);
  return redisUrl === undefined ? store : bufferInRedis(store, { url: redisUrl });
}

/** Opens what the settings name, and deletes what has become too old from then on; nothing where telemetry is off. */
export async function openTelemetry(settings: OperationsSettings, log: Log): Promise<OpenTelemetry | undefined> {
  const { store: setting, redisUrl, days, batchesPerSecond } = settings;
  if (setting.kind === 'none') return undefined;
  const store = await openStore(setting, redisUrl);
  const redis = redisUrl === undefined ? undefined : connectRedis(redisUrl);
  const deleteOld = () => void deleteOldEvents(store, { days, log });
  const timer = setInterval(deleteOld, retentionEveryMs).unref();
  deleteOld();
  return {
    store,
    rateLimit:
      redis === undefined ? limitInMemory({ perSecond: batchesPerSecond }) : limitInRedis(redis, batchesPerSecond),
    close: async () => {
      clearInterval(timer);
      redis?.destroy();
      await store.close();
    },
  };
}
