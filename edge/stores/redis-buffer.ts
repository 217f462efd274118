import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { connectRedis, withinTime, type RedisConnection } from './redis-connection.ts';
import { StoreUnavailable, type KeptEvent, type TelemetryStore } from './telemetry-store.ts';

const stream = 'papel:telemetry';
const consumers = 'stores';

/**
 * Takes an entry unless the stream is full. XADD's own MAXLEN would make room by throwing away what was accepted. What is
 * kept leaves the stream, so its length is what waits.
 */
const addUnlessFull = `
  if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
  redis.call('XADD', KEYS[1], '*', 'events', ARGV[2])
  return 1`;

/** Entries that go to the store at once; each is a batch. */
const entriesAtOnce = 40;
/** How long a quiet reader waits before it looks whether the process ends. */
const blockMs = 500;

const addedSchema = v.picklist([0, 1]);
/** As we wrote it. Only what a store could not take is looked at: whoever can write into this Redis is one of us. */
const entrySchema = v.array(
  v.looseObject({ id: v.string(), name: v.string(), value: v.number(), occurredAt: v.number() }),
);

interface Entry {
  readonly id: string;
  readonly message: Readonly<Record<string, string>>;
}

export interface RedisBufferOptions {
  readonly url: string;
  /**
   * Most batches that wait for the store: 100,000 of 50 events are 2 GB at the most. An hour of one batch a second from
   * each of 25 schools fits in.
   */
  readonly mostEntries?: number;
  /** From when on an entry that another replica took and did not finish is taken over. */
  readonly takeOverMs?: number;
}

function isKeptEvents(value: unknown): value is readonly KeptEvent[] {
  return v.is(entrySchema, value);
}

function readEvents({ message }: Entry): readonly KeptEvent[] {
  try {
    const events: unknown = JSON.parse(message['events'] ?? '');
    return isKeptEvents(events) ? events : [];
  } catch {
    return [];
  }
}

async function joinGroup(redis: RedisConnection): Promise<void> {
  try {
    await redis.xGroupCreate(stream, consumers, '0', { MKSTREAM: true });
  } catch (cause) {
    if (!(cause instanceof Error) || !cause.message.startsWith('BUSYGROUP')) throw cause;
  }
}

/**
 * Puts a stream of Redis in front of a store, for several replicas: batches are accepted while the store is away, and any
 * replica brings them to it. An entry leaves the stream after the store has it, so it gets there at least once, and the
 * store counts an event once. Where Redis is away, batches go to the store directly. Accepted is what Redis has, so it has
 * to write to disk (`appendonly yes`).
 */
export function bufferInRedis(
  store: TelemetryStore,
  { url, mostEntries = 100_000, takeOverMs = 60_000 }: RedisBufferOptions,
): TelemetryStore {
  const writer = connectRedis(url);
  const reader = connectRedis(url);
  const name = crypto.randomUUID();
  const closing = new AbortController();

  async function takeOver(): Promise<readonly Entry[]> {
    const claimed = await reader.xAutoClaim(stream, consumers, name, takeOverMs, '0', { COUNT: entriesAtOnce });
    return claimed.messages.filter((entry) => entry !== null);
  }

  /** @param from `0` for what this replica took before and did not finish, `>` for what nobody has taken */
  async function take(from: '0' | '>'): Promise<readonly Entry[]> {
    const answer = await reader.xReadGroup(
      consumers,
      name,
      { key: stream, id: from },
      { COUNT: entriesAtOnce, BLOCK: blockMs },
    );
    return answer?.[0]?.messages ?? [];
  }

  async function bring(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    await store.add(entries.flatMap(readEvents));
    const ids = entries.map(({ id }) => id);
    await reader.multi().xAck(stream, consumers, ids).xDel(stream, ids).exec();
  }

  async function bringAll(): Promise<void> {
    await joinGroup(reader);
    for (let own = await take('0'); own.length > 0; own = await take('0')) await bring(own);
    let lookedAt = 0;
    while (!closing.signal.aborted) {
      if (Date.now() - lookedAt > takeOverMs / 2) {
        lookedAt = Date.now();
        await bring(await takeOver());
      }
      await bring(await take('>'));
    }
    await reader.xGroupDelConsumer(stream, consumers, name);
  }

  /** Begins again after whatever has happened: the store away, Redis away or emptied. */
  async function keepBringing(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      const startedAt = Date.now();
      try {
        await bringAll();
      } catch {
        if (Date.now() - startedAt > 30_000) failures = 0;
        const waitMs = Math.min(100 * 2 ** failures, 5_000) * Math.random();
        await sleep(waitMs, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
  }

  const brought = keepBringing();

  return {
    add: async (events) => {
      let added: 0 | 1;
      try {
        const sent = writer.eval(addUnlessFull, {
          keys: [stream],
          arguments: [String(mostEntries), JSON.stringify(events)],
        });
        added = v.parse(addedSchema, await withinTime(sent));
      } catch {
        // It may have got there all the same: then the store sees it twice and counts it once.
        return store.add(events);
      }
      if (added === 0) throw new StoreUnavailable('The buffer in Redis is full.');
      return undefined;
    },
    summarise: store.summarise,
    checks: {
      ...store.checks,
      redis: async () => {
        await withinTime(writer.ping());
      },
    },
    purge: store.purge,
    close: async () => {
      closing.abort();
      // What the store does not take now stays in the stream for the other replicas, or the next start.
      await withinTime(brought, 5_000).catch(() => {});
      writer.destroy();
      reader.destroy();
      await store.close();
    },
  };
}
