import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { deviceClasses, operations } from '#contract/telemetry.ts';
import { markets } from '#contract/regions.ts';
import { commitInGroups } from './group-commit.ts';
import { startOfDay, StoreUnavailable, type KeptEvent, type TelemetryStore } from './telemetry-store.ts';

/** What is used of libsql's connections, whose own types say `any`. */
interface Connection {
  /** Runs off the main thread, the wait for the disk included; the main thread's part is 6 us an event. */
  readonly exec: (sql: string) => Promise<unknown>;
  readonly prepare: (sql: string) => Promise<{ readonly all: (values: readonly number[]) => Promise<unknown> }>;
  readonly close: () => void;
}

/**
 * Step n of the list takes a file from version n to n + 1 of SQLite's own `user_version`. Session, app, models and both
 * of the client's times are in no summary; they are there for whoever looks into a problem with SQL.
 */
const migrations = [
  `CREATE TABLE event (
    id BLOB NOT NULL UNIQUE, session BLOB NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, market TEXT NOT NULL,
    device_class TEXT NOT NULL, app TEXT NOT NULL, outcome TEXT NOT NULL, failure TEXT, backend TEXT NOT NULL,
    models TEXT, value REAL NOT NULL, value_bucket INTEGER NOT NULL, at INTEGER NOT NULL, sent_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL, occurred_at INTEGER NOT NULL
  );
  CREATE INDEX event_by_time ON event (occurred_at);`,
] as const;

/** Rows that one step of deleting takes, so that the commits of new events come in between. */
const rowsDeletedAtOnce = 5_000;

const versionSchema = v.pipe(v.array(v.object({ user_version: v.number() })), v.minLength(1));
const countsSchema = v.array(
  v.object({
    operation: v.picklist(operations),
    market: v.picklist(markets),
    deviceClass: v.picklist(deviceClasses),
    bucketAt: v.number(),
    valueBucket: v.number(),
    count: v.number(),
    failures: v.number(),
  }),
);

/** Texts are few: enums, and digests of a build or two. */
const written = new Map<string, string>();
const mostWritten = 1_000;

/**
 * As SQL text: `exec` takes no parameters, and only `exec` works off the main thread. Whatever is not of the narrow
 * alphabet that all our enums and digests are written in does not become SQL.
 */
function writeText(text: string | null): string {
  if (text === null) return 'NULL';
  const known = written.get(text);
  if (known !== undefined) return known;
  if (!/^[\w.-]{1,64}$/.test(text)) throw new TypeError('Not a text that telemetry has.');
  if (written.size > mostWritten) written.clear();
  written.set(text, `'${text}'`);
  return `'${text}'`;
}

function writeUuid(uuid: string): string {
  if (!/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/.test(uuid)) throw new TypeError('Not a UUID.');
  return `x'${uuid.slice(0, 8)}${uuid.slice(9, 13)}${uuid.slice(14, 18)}${uuid.slice(19, 23)}${uuid.slice(24)}'`;
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('Not a number that can be kept.');
  return String(value);
}

function writeRow(event: KeptEvent): string {
  const { kind, name, market, deviceClass, app, outcome, failure, backend, models } = event;
  const texts = `${writeText(kind)},${writeText(name)},${writeText(market)},${writeText(deviceClass)},${writeText(app)},${writeText(outcome)},${writeText(failure)},${writeText(backend)},${writeText(models)}`;
  const numbers = `${writeNumber(event.value)},${writeNumber(event.valueBucket)},${writeNumber(event.at)},${writeNumber(event.sentAt)},${writeNumber(event.receivedAt)},${writeNumber(event.occurredAt)}`;
  return `(${writeUuid(event.id)},${writeUuid(event.session)},${texts},${numbers})`;
}

async function openConnection(file: string): Promise<Connection> {
  // Fetched where it is used: a server without this store needs no native code.
  const { default: Database } = await import('libsql/promise');
  const connection: Connection = new Database(file, {});
  await connection.exec('PRAGMA busy_timeout = 5000');
  return connection;
}

async function migrate(connection: Connection): Promise<void> {
  const found = await (await connection.prepare('PRAGMA user_version')).all([]);
  const [row] = v.parse(versionSchema, found);
  const version = row?.user_version ?? 0;
  if (version > migrations.length) throw new Error('The file of telemetry is from a newer version of Papel.');
  for (const [at, step] of migrations.entries()) {
    if (at < version) continue;
    await connection.exec(`BEGIN IMMEDIATE; ${step} PRAGMA user_version = ${at + 1}; COMMIT;`);
  }
}

/**
 * Opens, or makes, a store in one file on this machine's disk. What was added outlives the process and a power cut: in
 * WAL mode with `synchronous = FULL`, each commit waits for the disk, and all batches that wait share one commit.
 */
export async function openSqliteStore(file: string): Promise<TelemetryStore> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const writer = await openConnection(file);
  await writer.exec('PRAGMA journal_mode = WAL');
  await writer.exec('PRAGMA synchronous = FULL');
  // Ids are random, so a commit touches pages all over their index. 32 MB of them stay in memory, and the log grows to as
  // much before pages are copied into the file, each once for many commits.
  await writer.exec('PRAGMA cache_size = -32000');
  await writer.exec('PRAGMA wal_autocheckpoint = 8000');
  await migrate(writer);
  // Another one, which reads beside the writing.
  const reader = await openConnection(file);

  // 2,000 events are some 30 ms of work. 20,000 waiting ones are a second of it, after which clients rather come back.
  const group = commitInGroups<KeptEvent>(
    async (events) => {
      const rows = events.map(writeRow).join();
      try {
        await writer.exec(`INSERT OR IGNORE INTO event VALUES ${rows}`);
      } catch (cause) {
        throw new StoreUnavailable('SQLite did not keep the events.', cause);
      }
    },
    { most: 2_000, mostWaiting: 20_000 },
  );

  return {
    add: group.add,
    summarise: async ({ from, to, bucketMs }) => {
      // Numbers come as floating-point ones, which would not be divided to whole ones.
      const statement = await reader.prepare(
        `SELECT name AS operation, market, device_class AS deviceClass, occurred_at / CAST(? AS INTEGER) * CAST(? AS INTEGER) AS bucketAt,
           value_bucket AS valueBucket, count(*) AS count, sum(outcome = 'failure') AS failures
         FROM event WHERE occurred_at >= ? AND occurred_at < ? AND kind = 'operation' GROUP BY 1, 2, 3, 4, 5`,
      );
      return v.parse(countsSchema, await statement.all([bucketMs, bucketMs, from, to]));
    },
    checks: {
      store: async () => {
        await reader.exec('SELECT 1 FROM event LIMIT 1');
      },
    },
    purge: async (before) => {
      // A connection of its own, so that its steps never mix with a commit's.
      const cleaner = await openConnection(file);
      try {
        const isOld = `occurred_at < ${writeNumber(startOfDay(before))}`;
        const left = await cleaner.prepare(`SELECT 1 FROM event WHERE ${isOld} LIMIT 1`);
        while (v.parse(v.array(v.unknown()), await left.all([])).length > 0) {
          await cleaner.exec(
            `DELETE FROM event WHERE rowid IN (SELECT rowid FROM event WHERE ${isOld} LIMIT ${rowsDeletedAtOnce})`,
          );
        }
      } finally {
        cleaner.close();
      }
    },
    close: async () => {
      await group.settle();
      reader.close();
      writer.close();
    },
  };
}
