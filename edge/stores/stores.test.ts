/** What every store promises, asked of each of them: SQLite in a file, real PostgreSQL, real Redis in front of it. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import Database from 'libsql';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPostgresStore } from './postgres-store.ts';
import { bufferInRedis } from './redis-buffer.ts';
import { startPostgres, startRedis, type TestServer } from './servers-for-tests.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { dayMs, valueBucketOf, type KeptEvent, type TelemetryStore, type ValueCount } from './telemetry-store.ts';

const noon = Date.UTC(2026, 10, 27, 12);
const wholeDay = { from: noon - dayMs, to: noon + dayMs, bucketMs: 3_600_000 };

function makeEvent(changes: Partial<KeptEvent> = {}): KeptEvent {
  const value = changes.value ?? 120.5;
  return {
    id: randomUUID(),
    session: randomUUID(),
    kind: 'operation',
    name: 'documents.scan',
    market: 'PH',
    deviceClass: 'low',
    app: '0123456789ab',
    outcome: 'success',
    failure: null,
    backend: 'wasm',
    models: null,
    value,
    valueBucket: valueBucketOf(value),
    at: noon,
    sentAt: noon + 1,
    receivedAt: noon + 2,
    occurredAt: noon,
    ...changes,
  };
}

const makeEvents = (count: number, changes: Partial<KeptEvent> = {}) =>
  Array.from({ length: count }, () => makeEvent(changes));

async function readCounts(store: TelemetryStore, range = wholeDay): Promise<readonly ValueCount[]> {
  return (await store.summarise?.(range)) ?? [];
}

async function countAll(store: TelemetryStore): Promise<number> {
  const rows = await readCounts(store, { from: 0, to: noon + 400 * dayMs, bucketMs: dayMs });
  return rows.reduce((sum, { count }) => sum + count, 0);
}

const folder = mkdtempSync(join(tmpdir(), 'papel-stores-'));
let database: TestServer | undefined;
let redis: TestServer | undefined;
const opened: TelemetryStore[] = [];

function keep(store: TelemetryStore): TelemetryStore {
  opened.push(store);
  return store;
}

const run = { sqlite: 0 };
const openSqlite = async (file: string) => keep(await openSqliteStore(join(folder, file)));
const openPostgres = () => keep(openPostgresStore(database?.url ?? ''));
const openBuffered = (options: { mostEntries?: number; takeOverMs?: number } = {}) =>
  keep(bufferInRedis(openPostgresStore(database?.url ?? ''), { url: redis?.url ?? '', ...options }));

async function withSql<T>(ask: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(database?.url ?? '', { max: 1, onnotice: () => {} });
  try {
    return await ask(sql);
  } finally {
    await sql.end();
  }
}

beforeAll(async () => {
  database = await startPostgres();
  redis = await startRedis();
}, 60_000);

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
});

afterAll(async () => {
  await Promise.all([database?.remove(), redis?.remove()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Whatever an earlier test has left is not the next one's. */
beforeEach(async () => {
  run.sqlite += 1;
  if (database !== undefined) await withSql((sql) => sql.unsafe('DROP SCHEMA public CASCADE; CREATE SCHEMA public'));
});

const stores: Readonly<
  Record<string, { open: () => TelemetryStore | Promise<TelemetryStore>; missing: () => string | undefined }>
> = {
  SQLite: { open: () => openSqlite(`${run.sqlite}.db`), missing: () => undefined },
  PostgreSQL: { open: openPostgres, missing: () => (database === undefined ? 'no PostgreSQL here' : undefined) },
  'Redis before PostgreSQL': {
    open: () => openBuffered(),
    missing: () => (database === undefined || redis === undefined ? 'no PostgreSQL or no Redis here' : undefined),
  },
};

describe.each(Object.entries(stores))('%s', (_name, { open, missing }) => {
  beforeEach((context) => {
    const reason = missing();
    if (reason !== undefined) context.skip(reason);
  });

  test('keeps events and counts them by kind, market, device, hour and bucket of values', async () => {
    const store = await open();
    await store.add([
      makeEvent({ value: 100 }),
      makeEvent({ value: 100.9 }),
      makeEvent({ value: 100, outcome: 'failure', failure: 'timed-out' }),
      makeEvent({ value: 0 }),
      makeEvent({ occurredAt: noon + 3_600_000 }),
      makeEvent({ market: 'US', deviceClass: 'high', name: 'text.read', models: 'ba9876543210' }),
      makeEvent({ kind: 'web-vital', name: 'cls', value: 0.1, backend: 'none' }),
    ]);
    await expect.poll(() => countAll(store)).toBe(6);
    const rows = await readCounts(store);
    const common = { operation: 'documents.scan', market: 'PH', deviceClass: 'low', bucketAt: noon };
    expect(rows).toHaveLength(4);
    expect(rows).toContainEqual({ ...common, valueBucket: valueBucketOf(100), count: 3, failures: 1 });
    expect(rows).toContainEqual({ ...common, valueBucket: valueBucketOf(0), count: 1, failures: 0 });
    expect(rows).toContainEqual(expect.objectContaining({ bucketAt: noon + 3_600_000, count: 1 }));
    expect(rows).toContainEqual(
      expect.objectContaining({ operation: 'text.read', market: 'US', deviceClass: 'high', count: 1 }),
    );
  });

  test('begins with the first millisecond of a range and ends before its last', async () => {
    const store = await open();
    await store.add([noon - 1, noon, noon + 9, noon + 10].map((occurredAt) => makeEvent({ occurredAt })));
    await expect.poll(() => countAll(store)).toBe(4);
    const rows = await readCounts(store, { from: noon, to: noon + 10, bucketMs: 60_000 });
    expect(rows.map(({ count }) => count)).toEqual([2]);
    expect(await readCounts(store, { from: 0, to: 1, bucketMs: 1 })).toEqual([]);
  });

  test('keeps an event once: in one batch, in two, at once, and after another day was estimated', async () => {
    const store = await open();
    const event = makeEvent();
    await store.add([event, event]);
    await store.add([event, makeEvent()]);
    await Promise.all(Array.from({ length: 20 }, () => store.add([event])));
    await store.add([{ ...event, occurredAt: noon - dayMs, receivedAt: noon + dayMs }]);
    await expect.poll(() => countAll(store)).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await countAll(store)).toBe(2);
  });

  test('keeps every one of many batches that come at once', async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 100 }, () => store.add(makeEvents(50))));
    await expect.poll(() => countAll(store), { timeout: 10_000 }).toBe(5_000);
  });

  test('has them after it was closed and opened again', async () => {
    const store = await open();
    const added = Promise.all(Array.from({ length: 10 }, () => store.add(makeEvents(20))));
    await added;
    await Promise.all(opened.splice(0).map((each) => each.close()));
    const again = await open();
    await expect.poll(() => countAll(again)).toBe(200);
  });

  test('deletes the days before one, and nothing of that one', async () => {
    const store = await open();
    const days = [-40, -31, -30, -1, 0];
    for (const day of days) await store.add(makeEvents(3, { occurredAt: noon + day * dayMs }));
    await expect.poll(() => countAll(store)).toBe(15);
    await store.purge(noon - 30 * dayMs);
    expect(await countAll(store)).toBe(9);
    await store.purge(noon - 30 * dayMs);
    await store.add([makeEvent({ occurredAt: noon - 31 * dayMs })]);
    await expect.poll(() => countAll(store)).toBe(10);
  });

  test('says that it works', async () => {
    const store = await open();
    for (const check of Object.values(store.checks)) await expect.poll(() => check()).toBeUndefined();
  });
});

describe('SQLite', () => {
  test('turns no text into SQL, and refuses ids and numbers that telemetry does not have', async () => {
    const store = await openSqlite('injection.db');
    await store.add([{ ...makeEvent(), app: "');DROP TABLE event;--" }]);
    for (const id of ["x'", randomUUID().toUpperCase(), `${randomUUID()}0`, randomUUID().replace('-', '0')]) {
      await expect(store.add([{ ...makeEvent(), id }])).rejects.toThrow('Not a UUID');
    }
    await expect(store.add([{ ...makeEvent(), value: Number.NaN }])).rejects.toThrow('Not a number');
    await expect(store.add([{ ...makeEvent(), at: -1 }])).rejects.toThrow('Not a time');
    await store.add([makeEvent()]);
    expect(await countAll(store)).toBe(2);
  });

  test('has every part of an event as it came', async () => {
    const store = await openSqlite('whole.db');
    const odd = {
      at: 8_639_999_999_999_999,
      sentAt: 0,
      receivedAt: 1_795_789_012_345,
      value: 1 / 3,
      valueBucket: -142,
    };
    const event = makeEvent({ ...odd, failure: 'timed-out', outcome: 'failure', models: 'ba9876543210' });
    await store.add([event]);
    const connection = new Database(join(folder, 'whole.db'));
    const rows: unknown = connection
      .prepare('SELECT *, lower(hex(id)) AS id, lower(hex(session)) AS session FROM event')
      .all();
    connection.close();
    const { deviceClass, valueBucket, sentAt, receivedAt, occurredAt, ...same } = event;
    expect(rows).toEqual([
      {
        ...same,
        id: event.id.replaceAll('-', ''),
        session: event.session.replaceAll('-', ''),
        device_class: deviceClass,
        value_bucket: valueBucket,
        sent_at: sentAt,
        received_at: receivedAt,
        occurred_at: occurredAt,
      },
    ]);
  });

  test('keeps events of more builds than it has labels of at hand', async () => {
    const store = await openSqlite('builds.db');
    for (let group = 0; group < 5; group += 1) {
      const builds = Array.from({ length: 400 }, (_, at) => `${group * 400 + at}`.padStart(12, '0'));
      await store.add(builds.map((app) => makeEvent({ app })));
    }
    const connection = new Database(join(folder, 'builds.db'));
    const rows: unknown = connection
      .prepare('SELECT count(*) AS events, count(DISTINCT app) AS builds FROM event')
      .all();
    connection.close();
    expect(rows).toEqual([{ events: 2_000, builds: 2_000 }]);
  });
});

describe('PostgreSQL', () => {
  beforeEach((context) => context.skip(database === undefined, 'no PostgreSQL here'));

  test('is brought up to date once when several replicas start at once', async () => {
    const replicas = [openPostgres(), openPostgres(), openPostgres()];
    const event = makeEvent();
    await Promise.all(replicas.map((store) => store.add([event, ...makeEvents(10)])));
    expect(await countAll(openPostgres())).toBe(31);
  });

  test('keeps the events of version 1, and an event of it once', async () => {
    const store = openPostgres();
    const old = makeEvent();
    await store.add([old]);
    await withSql((sql) =>
      sql.unsafe(
        `DROP INDEX papel_event_occurred_at_idx; CREATE INDEX ON papel_event (occurred_at);
         DELETE FROM papel_migration WHERE version > 1`,
      ),
    );
    const newer = openPostgres();
    await newer.add([old, makeEvent()]);
    expect(await countAll(newer)).toBe(2);
    const indexes = await withSql(
      (sql) => sql`SELECT indexdef FROM pg_indexes WHERE indexname LIKE 'papel_event%occurred_at_idx'`,
    );
    expect(indexes.map(({ indexdef }) => indexdef)).toEqual([
      expect.stringContaining('USING brin'),
      expect.stringContaining('USING brin'),
    ]);
  });

  test('has every part of an event as it came, and any text as a text', async () => {
    const store = openPostgres();
    const odd = {
      at: 8_639_999_999_999_999,
      sentAt: 0,
      value: 1 / 3,
      valueBucket: -142,
      app: '{"a",\\b}\'NULL',
      models: null,
    };
    const event = makeEvent({ ...odd, failure: 'timed-out', outcome: 'failure' });
    await store.add([event, makeEvent({ failure: null, models: 'NULL' })]);
    const rows = await withSql((sql) => sql`SELECT * FROM papel_event ORDER BY at DESC`);
    const { deviceClass, valueBucket, at, sentAt, receivedAt, occurredAt, ...same } = event;
    expect(rows[0]).toEqual({
      ...same,
      device_class: deviceClass,
      value_bucket: valueBucket,
      at: String(at),
      sent_at: String(sentAt),
      received_at: String(receivedAt),
      occurred_at: String(occurredAt),
    });
    expect(rows[1]).toMatchObject({ failure: null, models: 'NULL' });
  });

  test('forgets the ids of days that are deleted, and drops their tables', async () => {
    const store = openPostgres();
    await store.add([makeEvent({ occurredAt: noon - 40 * dayMs }), makeEvent()]);
    await store.purge(noon - 30 * dayMs);
    const [ids, tables] = await withSql(async (sql) => [
      await sql`SELECT id FROM papel_event_id`,
      await sql`SELECT inhrelid FROM pg_inherits WHERE inhparent = 'papel_event'::regclass`,
    ]);
    expect([ids?.length, tables?.length]).toEqual([1, 1]);
  });

  test('makes a partition again that another replica has dropped', async () => {
    const [one, other] = [openPostgres(), openPostgres()];
    const old = { occurredAt: noon - 40 * dayMs };
    await one.add([makeEvent(old)]);
    await other.purge(noon - 30 * dayMs);
    await one.add([makeEvent(old)]);
    expect(await countAll(one)).toBe(1);
  });
});

describe('Redis before PostgreSQL', () => {
  beforeEach((context) =>
    context.skip(database === undefined || redis === undefined, 'no PostgreSQL or no Redis here'),
  );

  const waitForRedis = async (store: TelemetryStore) => {
    await expect.poll(() => store.checks['redis']?.(), { timeout: 15_000 }).toBeUndefined();
  };

  test(
    'accepts while PostgreSQL is away, says so, and brings everything when it is back',
    { timeout: 60_000 },
    async () => {
      const store = openBuffered();
      await waitForRedis(store);
      await database?.kill();
      try {
        for (let batch = 0; batch < 20; batch += 1) await store.add(makeEvents(50));
        await expect(store.checks['store']?.()).rejects.toBeInstanceOf(Error);
        await expect(store.checks['redis']?.()).resolves.toBeUndefined();
      } finally {
        await database?.start();
      }
      await expect.poll(() => countAll(store).catch(() => -1), { timeout: 30_000 }).toBe(1_000);
      await expect.poll(() => store.checks['store']?.(), { timeout: 15_000 }).toBeUndefined();
    },
  );

  test('goes to PostgreSQL directly while Redis is away, and says so', { timeout: 60_000 }, async () => {
    const store = openBuffered();
    await waitForRedis(store);
    await redis?.kill();
    try {
      await store.add(makeEvents(50));
      expect(await countAll(store)).toBe(50);
      await expect(store.checks['redis']?.()).rejects.toBeInstanceOf(Error);
      await expect(store.checks['store']?.()).resolves.toBeUndefined();
    } finally {
      await redis?.start();
    }
    await waitForRedis(store);
    await store.add(makeEvents(50));
    await expect.poll(() => countAll(store), { timeout: 15_000 }).toBe(100);
  });

  test('has what it accepted after Redis was killed', { timeout: 60_000 }, async () => {
    const store = openBuffered();
    await waitForRedis(store);
    await database?.kill();
    await store.add(makeEvents(50));
    await redis?.kill();
    await redis?.start();
    await database?.start();
    await expect.poll(() => countAll(store).catch(() => -1), { timeout: 40_000 }).toBe(50);
  });

  test('takes over what a replica had taken that is no more', { timeout: 60_000 }, async () => {
    const dead = createClient({ url: redis?.url ?? '' });
    await dead.connect();
    await dead.xGroupCreate('papel:telemetry', 'stores', '0', { MKSTREAM: true }).catch(() => {});
    await dead.xAdd('papel:telemetry', '*', { events: JSON.stringify(makeEvents(7)) });
    await dead.xReadGroup('stores', 'dead', { key: 'papel:telemetry', id: '>' });
    dead.destroy();
    const alive = [openBuffered({ takeOverMs: 300 }), openBuffered({ takeOverMs: 300 })];
    await expect.poll(() => countAll(alive[0] ?? openBuffered()), { timeout: 20_000 }).toBe(7);
  });

  test('leaves nothing in Redis of what it has brought', { timeout: 60_000 }, async () => {
    const store = openBuffered();
    await waitForRedis(store);
    await store.add(makeEvents(3));
    await expect.poll(() => countAll(store)).toBe(3);
    const client = createClient({ url: redis?.url ?? '' });
    await client.connect();
    await expect.poll(() => client.xLen('papel:telemetry')).toBe(0);
    client.destroy();
  });

  test('refuses when it is full, in place of throwing away what it accepted', { timeout: 60_000 }, async () => {
    const store = openBuffered({ mostEntries: 5 });
    await waitForRedis(store);
    await database?.kill();
    try {
      for (let batch = 0; batch < 5; batch += 1) await store.add(makeEvents(10));
      await expect(store.add(makeEvents(10))).rejects.toThrow('The buffer in Redis is full.');
    } finally {
      await database?.start();
    }
    await expect.poll(() => countAll(store).catch(() => -1), { timeout: 30_000 }).toBe(50);
    await store.add(makeEvents(10));
    await expect.poll(() => countAll(store)).toBe(60);
  });
});
