import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { deviceClasses, operations } from '#contract/telemetry.ts';
import { markets } from '#contract/regions.ts';
import { commitInGroups } from './group-commit.ts';
import { labelColumns, LabelSets } from './label-sets.ts';
import { packedBytes, packEvents, readPacked } from './pack-events.ts';
import { startOfDay, StoreUnavailable, type KeptEvent, type TelemetryStore } from './telemetry-store.ts';

interface Statement {
  /** Runs off the main thread, the wait for the disk included, up to the first row; `run` does not. */
  readonly all: (values: readonly (number | string | Uint8Array)[]) => Promise<unknown>;
}

/** What is used of libsql's connections, whose own types say `any`. */
interface Connection {
  readonly exec: (sql: string) => Promise<unknown>;
  readonly prepare: (sql: string) => Promise<Statement>;
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

/** Of those at hand; more come of builds that nobody has made. */
const mostLabelSets = 1_000;

/**
 * Adds the packed events `?1`, of `?2` bytes. One whose labels are missing would break a NOT NULL, and all with it: only an
 * id that is there already is passed over.
 */
const addSql = `
  INSERT INTO event (
    id, session, ${labelColumns.join(', ')}, value, value_bucket, at, sent_at, received_at, occurred_at
  )
  SELECT ${readPacked('id', 'BLOB')}, ${readPacked('session', 'BLOB')}, ${labelColumns.join(', ')},
    ${readPacked('value', 'REAL')}, ${readPacked('valueBucket', 'INTEGER')}, ${readPacked('at', 'INTEGER')},
    ${readPacked('sentAt', 'INTEGER')}, ${readPacked('receivedAt', 'INTEGER')}, ${readPacked('occurredAt', 'INTEGER')}
  FROM (SELECT value AS o FROM generate_series(1, ?2, ${packedBytes}))
  LEFT JOIN temp.label_set ON number = ${readPacked('labels', 'INTEGER')}
  WHERE true ON CONFLICT (id) DO NOTHING`;

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

/** @returns what adds events in one transaction of its own */
async function prepareAdding(connection: Connection): Promise<(events: readonly KeptEvent[]) => Promise<void>> {
  await connection.exec(`CREATE TEMP TABLE label_set (number INTEGER PRIMARY KEY, ${labelColumns.join(', ')})`);
  const places = labelColumns.map((_, at) => `value ->> ${at + 1}`);
  const addLabels = await connection.prepare(
    `INSERT OR REPLACE INTO temp.label_set SELECT value ->> 0, ${places.join(', ')} FROM json_each(?)`,
  );
  const add = await connection.prepare(addSql);
  const labels = new LabelSets();

  return async (events) => {
    if (labels.size > mostLabelSets) {
      await connection.exec('DELETE FROM temp.label_set');
      labels.clear();
    }
    const packed = packEvents(events, (event) => labels.numberOf(event));
    if (labels.fresh.length > 0) {
      await addLabels.all([JSON.stringify(labels.fresh.map((set) => [set.number, ...set.labels]))]);
      labels.keep();
    }
    await add.all([packed, packed.length]);
  };
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
  const addEvents = await prepareAdding(writer);
  // Another one, which reads beside the writing.
  const reader = await openConnection(file);

  // 2,000 events are some 30 ms of work. 20,000 waiting ones are a second of it, after which clients rather come back.
  const group = commitInGroups<KeptEvent>(
    async (events) => {
      try {
        await addEvents(events);
      } catch (cause) {
        throw cause instanceof TypeError ? cause : new StoreUnavailable('SQLite did not keep the events.', cause);
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
        const isOld = `occurred_at < ${startOfDay(before)}`;
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
