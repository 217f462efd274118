/** `npm run bench -- edge`: the edge against plainer servers, all in one run and in turns; medians of the rounds. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import * as v from 'valibot';
import { startPostgres } from '#edge/stores/servers-for-tests.ts';
import { makeBatch, makeEvent, postBatch } from './batches.ts';
import { runFuzz } from './fuzz.ts';
import { load, openLine, percentile, type LoadResult } from './load.ts';

const rounds = 3;
const seconds = 2;
const eventsOfBatch = 50;
const connections = 64;
/** Of the plain shape, which does one thing after the other: with a busy disk, more of them wait for a minute and are cut off. */
const connectionsOfPlain = 8;
const kills = 20;
const fuzzBodies = 100_000;

/** Left alone, V8 takes memory while there is some, and a leak looks like any other server. */
const smallHeap = ['--max-old-space-size=48', '--max-semi-space-size=4'];

interface Running {
  readonly port: number;
  readonly kill: () => Promise<void>;
}

function startServer(script: string, kind: string, argument: string, flags: readonly string[] = []): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, [...flags, script, kind, argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ${kind} ended with ${code}.`)));
    child.stdout?.once('data', (text: Buffer) => {
      resolve({
        port: Number(text.toString()),
        kill: () => {
          child.kill('SIGKILL');
          return ended;
        },
      });
    });
  });
}

const makeRequest = () => postBatch(makeBatch(Array.from({ length: eventsOfBatch }, makeEvent)));

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function printTable(title: string, head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const text = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  process.stdout.write(`\n${title}\n\n${text}\n`);
}

/** Rounds in turns, so that whatever else the machine does falls on all alike. */
async function inTurns<Name extends string>(
  names: readonly Name[],
  measure: (name: Name, round: number) => Promise<LoadResult>,
  times = rounds,
): Promise<Map<Name, LoadResult[]>> {
  const results = new Map<Name, LoadResult[]>(names.map((name) => [name, []]));
  for (let round = 0; round < times; round += 1) {
    for (const name of names) results.get(name)?.push(await measure(name, round));
  }
  return results;
}

function medianOf(results: readonly LoadResult[] | undefined, name: keyof LoadResult): number {
  return median((results ?? []).map((result) => result[name]));
}

async function benchIngest(script: string, folder: string): Promise<void> {
  const database = await startPostgres();
  const kinds = ['sqlite', 'dropping', 'plain', ...(database === undefined ? [] : ['postgres'])];
  const argumentOf = (kind: string, file: string) =>
    kind === 'postgres' ? (database?.url ?? '') : join(folder, `${kind}-${file}.db`);
  try {
    const reached = await inTurns(kinds, async (kind, round) => {
      const server = await startServer(script, kind, argumentOf(kind, `${round}`));
      const lines = kind === 'plain' ? connectionsOfPlain : connections;
      try {
        await load(server.port, makeRequest, { connections: lines, seconds: 0.5, expected: 202 });
        return await load(server.port, makeRequest, { connections: lines, seconds, expected: 202 });
      } finally {
        await server.kill();
      }
    });
    const speed = (kind: string) => medianOf(reached.get(kind), 'perSecond') * eventsOfBatch;
    const half = await inTurns(
      kinds.filter((kind) => kind !== 'plain'),
      async (kind, round) => {
        const server = await startServer(script, kind, argumentOf(kind, `half-${round}`));
        const perSecond = speed(kind) / eventsOfBatch / 2;
        try {
          await load(server.port, makeRequest, { connections, seconds: 0.5, expected: 202, perSecond });
          return await load(server.port, makeRequest, { connections, seconds, expected: 202, perSecond });
        } finally {
          await server.kill();
        }
      },
    );
    printTable(
      `Ingest in batches of ${eventsOfBatch}, ${connections} connections (plain: ${connectionsOfPlain})`,
      ['store', 'events/s', 'of dropping', 'of plain', 'p50 ms', 'p99 ms', 'p99 ms at half'],
      kinds.map((kind) => [
        kind,
        Math.round(speed(kind)),
        (speed(kind) / speed('dropping')).toFixed(2),
        (speed(kind) / speed('plain')).toFixed(1),
        medianOf(reached.get(kind), 'p50').toFixed(1),
        medianOf(reached.get(kind), 'p99').toFixed(1),
        half.has(kind) ? medianOf(half.get(kind), 'p99').toFixed(1) : '',
      ]),
    );
  } finally {
    await database?.remove();
  }
}

async function benchConfig(script: string, folder: string): Promise<void> {
  const file = join(folder, 'answer.json');
  const request = 'GET /api/config?market=PH HTTP/1.1\r\nHost: papel\r\n\r\n';
  const edge = await startServer(script, 'dropping', '');
  const answer = await fetch(`http://127.0.0.1:${edge.port}/api/config?market=PH`);
  const {
    date: _date,
    connection: _connection,
    'keep-alive': _keepAlive,
    ...headers
  } = Object.fromEntries(answer.headers);
  writeFileSync(file, JSON.stringify({ headers, body: await answer.text() }));
  const bare = await startServer(script, 'bare', file);
  try {
    const ports = { papel: edge.port, bare: bare.port };
    for (const port of Object.values(ports)) {
      await load(port, () => request, { connections, seconds: 1, expected: 200 });
    }
    // Short turns, many of them: what else runs here changes within seconds.
    const results = await inTurns(
      ['papel', 'bare'],
      (name) => load(ports[name], () => request, { connections: 32, seconds: 0.5, expected: 200 }),
      15,
    );
    const speed = (name: 'papel' | 'bare') => medianOf(results.get(name), 'perSecond');
    printTable(
      'GET /api/config against bare node:http that answers the same bytes',
      ['server', 'answers/s', 'of bare', 'p99 ms'],
      (['papel', 'bare'] as const).map((name) => [
        name,
        Math.round(speed(name)),
        (speed(name) / speed('bare')).toFixed(2),
        medianOf(results.get(name), 'p99').toFixed(1),
      ]),
    );
  } finally {
    await Promise.all([edge.kill(), bare.kill()]);
  }
}

/** Sends until the line is cut. Batches without an answer are sent again in the next life, as browsers do. */
async function sendUntilCut(port: number, unanswered: string[][], accepted: Set<string>): Promise<void> {
  const line = await openLine(port).catch(() => undefined);
  if (line === undefined) return;
  for (;;) {
    const events = Array.from({ length: eventsOfBatch }, makeEvent);
    const again = unanswered.pop();
    const ids = again ?? events.map(({ id }) => id);
    const sent = events.map((event, at) => ({ ...event, id: ids[at] ?? event.id }));
    try {
      const { status } = await line.ask(postBatch(makeBatch(sent)));
      if (status !== 202) throw new Error(`Answered ${status}.`);
      for (const id of ids) accepted.add(id);
    } catch {
      unanswered.push(ids);
      return;
    }
  }
}

const rowsSchema = v.array(v.object({ id: v.string() }));

async function benchKills(script: string, folder: string): Promise<void> {
  const file = join(folder, 'killed.db');
  const accepted = new Set<string>();
  const unanswered: string[][] = [];
  for (let life = 0; life < kills; life += 1) {
    const server = await startServer(script, 'sqlite', file);
    const senders = Array.from({ length: 16 }, () => sendUntilCut(server.port, unanswered, accepted));
    await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 400));
    await server.kill();
    await Promise.all(senders);
  }
  const database = new Database(file);
  const rows = v.parse(rowsSchema, database.prepare('SELECT lower(hex(id)) AS id FROM event').all());
  database.close();
  const stored = new Set(rows.map(({ id }) => id));
  const lost = [...accepted].filter((id) => !stored.has(id.replaceAll('-', '')));
  printTable(
    `kill -9 under load, ${kills} times`,
    ['events accepted', 'accepted minus stored', 'stored twice', 'stored without an answer'],
    [[accepted.size, lost.length, rows.length - stored.size, stored.size + lost.length - accepted.size]],
  );
}

async function benchFuzz(script: string, folder: string): Promise<void> {
  const server = await startServer(script, 'sqlite', join(folder, 'fuzz.db'), smallHeap);
  try {
    const { statuses, echoes, memory } = await runFuzz(server.port, fuzzBodies);
    printTable(
      `${fuzzBodies} malformed bodies`,
      ['answers by status', '5xx', 'answers that echo', 'memory MB after each tenth, with a heap of 48 MB'],
      [
        [
          [...statuses].map(([status, count]) => `${status}: ${count}`).join(', '),
          [...statuses].filter(([status]) => status >= 500).reduce((sum, [, count]) => sum + count, 0),
          echoes,
          memory.map((bytes) => Math.round(bytes / 1e6)).join(' '),
        ],
      ],
    );
  } finally {
    await server.kill();
  }
}

const parts = { ingest: benchIngest, config: benchConfig, kills: benchKills, fuzz: benchFuzz };

/**
 * @param script the built servers
 * @param wanted parts to run; all unless named
 */
export async function run(script: string, wanted: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'papel-bench-'));
  const figures = loadavg().map((value) => value.toFixed(1));
  process.stdout.write(`Node ${process.version}, ${cpus().length} cores, load before: ${figures.join(' ')}\n`);
  try {
    for (const [name, bench] of Object.entries(parts)) {
      if (wanted.length === 0 || wanted.includes(name)) await bench(script, folder);
    }
    process.stdout.write(
      `\nLoad after: ${loadavg()
        .map((value) => value.toFixed(1))
        .join(' ')}\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
