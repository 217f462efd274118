import postgres from 'postgres';
import { commitInGroups } from './group-commit.ts';
import { labelColumns, LabelSets } from './label-sets.ts';
import {
  dayMs,
  startOfDay,
  StoreUnavailable,
  type KeptEvent,
  type TelemetryStore,
  type ValueCount,
} from './telemetry-store.ts';

/** Any number, the same for all replicas: who changes tables holds this lock. */
const schemaLock = 7_316_200_107;

/**
 * Step n of the list takes a database from version n to n + 1. Events lie in a partition a day, so that deleting a day is
 * dropping a table. A unique key would have to hold the day, and an event that is sent again after its day was estimated
 * otherwise would count twice: the ids have a table of their own, without partitions.
 */
const migrations = [
  `CREATE TABLE papel_event_id (id uuid PRIMARY KEY, occurred_at bigint NOT NULL);
   CREATE TABLE papel_event (
     id uuid NOT NULL, session uuid NOT NULL, kind text NOT NULL, name text NOT NULL, market text NOT NULL,
     device_class text NOT NULL, app text NOT NULL, outcome text NOT NULL, failure text, backend text NOT NULL,
     models text, value double precision NOT NULL, value_bucket smallint NOT NULL, at bigint NOT NULL,
     sent_at bigint NOT NULL, received_at bigint NOT NULL, occurred_at bigint NOT NULL
   ) PARTITION BY RANGE (occurred_at);
   CREATE INDEX ON papel_event (occurred_at);`,
  // Events come nearly in the order of time, and a day is a table already: a range for each 128 pages says as much.
  `DROP INDEX papel_event_occurred_at_idx;
   CREATE INDEX ON papel_event USING brin (occurred_at) WITH (autosummarize = on);`,
] as const;

/** "No partition of relation found for row", which PostgreSQL files under check violations. */
const noPartition = '23514';

function partitionOf(day: number): string {
  return `papel_event_${new Date(day).toISOString().slice(0, 10).replaceAll('-', '')}`;
}

function dayOfPartition(name: string): number {
  const [, year, month, day] = /^papel_event_(\d{4})(\d\d)(\d\d)$/.exec(name) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
}

/** As an array's literal. What is of no closed list is quoted. */
function writeArray(values: readonly (string | number | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join()}}`;
}

function quote(text: string | null): string | null {
  return text === null ? null : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

async function migrate(sql: postgres.Sql): Promise<void> {
  await sql.begin(async (step) => {
    // What there is to change may be large.
    await step`SET LOCAL statement_timeout = 0`;
    await step`SELECT pg_advisory_xact_lock(${schemaLock})`;
    await step`CREATE TABLE IF NOT EXISTS papel_migration (version int PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`;
    const [row] = await step<{ version: number }[]>`SELECT coalesce(max(version), 0) AS version FROM papel_migration`;
    const version = row?.version ?? 0;
    if (version > migrations.length) throw new Error('The database of telemetry is from a newer version of Papel.');
    for (const [at, text] of migrations.entries()) {
      if (at < version) continue;
      await step.unsafe(text);
      await step`INSERT INTO papel_migration (version) VALUES (${at + 1})`;
    }
  });
}

/** Makes the partitions of these days where they are missing. */
async function makePartitions(sql: postgres.Sql, days: readonly number[]): Promise<void> {
  await sql.begin(async (step) => {
    await step`SELECT pg_advisory_xact_lock(${schemaLock})`;
    for (const day of days) {
      await step.unsafe(
        `CREATE TABLE IF NOT EXISTS ${partitionOf(day)} PARTITION OF papel_event FOR VALUES FROM (${day}) TO (${day + dayMs})`,
      );
    }
  });
}

/**
 * One statement, so one transaction. Ids go in order, so that two replicas with the same events never wait in a ring. Columns
 * come as arrays, and the texts of an event as the number of their set: the same rows as JSON take three times as long.
 */
async function insertEvents(sql: postgres.Sql, given: readonly KeptEvent[]): Promise<void> {
  const events = [...new Map(given.map((event) => [event.id, event])).values()];
  const labels = new LabelSets();
  const column = (read: (event: KeptEvent) => string | number) => writeArray(events.map(read));
  const numbers = column((event) => labels.numberOf(event));
  const label = (name: (typeof labelColumns)[number]) => {
    const at = labelColumns.indexOf(name);
    return writeArray(labels.fresh.map((set) => quote(set.labels[at] ?? null)));
  };
  await sql`
    WITH label_set AS (
      SELECT * FROM unnest(
        ${label('kind')}::text::text[], ${label('name')}::text::text[], ${label('market')}::text::text[],
        ${label('device_class')}::text::text[], ${label('app')}::text::text[], ${label('outcome')}::text::text[],
        ${label('failure')}::text::text[], ${label('backend')}::text::text[], ${label('models')}::text::text[]
      ) WITH ORDINALITY AS row (kind, name, market, device_class, app, outcome, failure, backend, models, number)
    ), incoming AS (
      SELECT * FROM unnest(
        ${column(({ id }) => id)}::text::uuid[], ${column(({ session }) => session)}::text::uuid[],
        ${numbers}::text::bigint[], ${column(({ value }) => value)}::text::double precision[],
        ${column(({ valueBucket }) => valueBucket)}::text::smallint[], ${column(({ at }) => at)}::text::bigint[],
        ${column(({ sentAt }) => sentAt)}::text::bigint[], ${column(({ receivedAt }) => receivedAt)}::text::bigint[],
        ${column(({ occurredAt }) => occurredAt)}::text::bigint[]
      ) AS row (id, session, number, value, value_bucket, at, sent_at, received_at, occurred_at)
    ), fresh AS (
      INSERT INTO papel_event_id (id, occurred_at) SELECT id, occurred_at FROM incoming ORDER BY id
      ON CONFLICT DO NOTHING RETURNING id
    )
    INSERT INTO papel_event (
      id, session, kind, name, market, device_class, app, outcome, failure, backend, models, value, value_bucket, at,
      sent_at, received_at, occurred_at
    )
    SELECT id, session, kind, name, market, device_class, app, outcome, failure, backend, models, value, value_bucket, at,
      sent_at, received_at, occurred_at
    FROM incoming JOIN fresh USING (id) JOIN label_set USING (number)`;
}

/**
 * A store in PostgreSQL (15 and newer). Its tables are brought up to date before their first use, so that a server starts
 * while the database is away; several replicas may do so at once. Unlike
 * those of SQLite, commits of a group are as durable as the server's own `synchronous_commit`, which is on unless set.
 *
 * @param url such as postgres://papel@db/papel
 */
export function openPostgresStore(url: string): TelemetryStore {
  const sql = postgres(url, {
    max: 4,
    connect_timeout: 5,
    connection: { application_name: 'papel', statement_timeout: 10_000 },
    onnotice: () => {},
  });
  let migrated: Promise<void> | undefined;
  let known = new Set<number>();

  /** Once; one that failed is forgotten, so that the next caller tries again. */
  function makeTables(): Promise<void> {
    migrated ??= migrate(sql).catch((cause: unknown) => {
      migrated = undefined;
      throw cause;
    });
    return migrated;
  }

  async function insert(events: readonly KeptEvent[]): Promise<void> {
    await makeTables();
    const missing = new Set(events.map(({ occurredAt }) => startOfDay(occurredAt)).filter((day) => !known.has(day)));
    if (missing.size > 0) {
      await makePartitions(
        sql,
        [...missing].toSorted((a, b) => a - b),
      );
      known = new Set([...known, ...missing]);
    }
    await insertEvents(sql, events);
  }

  const group = commitInGroups<KeptEvent>(
    async (events) => {
      try {
        await insert(events).catch((cause: unknown) => {
          if (!(cause instanceof postgres.PostgresError) || cause.code !== noPartition) throw cause;
          // Another replica has dropped an old day meanwhile.
          known = new Set();
          return insert(events);
        });
      } catch (cause) {
        throw new StoreUnavailable('PostgreSQL did not keep the events.', cause);
      }
    },
    { most: 2_000, mostWaiting: 20_000 },
  );

  return {
    add: group.add,
    summarise: async ({ from, to, bucketMs }) => {
      await makeTables();
      return sql<ValueCount[]>`
      SELECT name AS operation, market, device_class AS "deviceClass",
        (occurred_at / ${bucketMs}::bigint * ${bucketMs}::bigint)::float8 AS "bucketAt", value_bucket AS "valueBucket",
        count(*)::float8 AS count, (count(*) FILTER (WHERE outcome = 'failure'))::float8 AS failures
      FROM papel_event
      WHERE occurred_at >= ${from}::bigint AND occurred_at < ${to}::bigint AND kind = 'operation'
      GROUP BY 1, 2, 3, 4, 5`;
    },
    checks: {
      store: async () => {
        await makeTables();
        await sql`SELECT 1`;
      },
    },
    purge: async (before) => {
      await makeTables();
      const oldest = startOfDay(before);
      await sql.begin(async (step) => {
        await step`SELECT pg_advisory_xact_lock(${schemaLock})`;
        const partitions = await step<{ name: string }[]>`
          SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'papel_event'::regclass`;
        for (const { name } of partitions) {
          if (dayOfPartition(name) < oldest) await step`DROP TABLE ${step(name)}`;
        }
      });
      // By itself, as it may take minutes, in which nobody should have to wait for a new day's partition.
      await sql.begin(async (step) => {
        await step`SET LOCAL statement_timeout = 0`;
        await step`DELETE FROM papel_event_id WHERE occurred_at < ${oldest}`;
      });
      known = new Set([...known].filter((day) => day >= oldest));
    },
    close: async () => {
      await group.settle();
      await sql.end({ timeout: 5 });
    },
  };
}
