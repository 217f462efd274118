/** Real PostgreSQL and Redis for the tests, where the machine has them: on free ports, in folders that go afterwards. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** Ends it as a crash would, and keeps its folder. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Ends it and deletes its folder. */
  readonly remove: () => Promise<void>;
}

interface Program {
  readonly path: string;
  readonly args: (port: number, folder: string) => readonly string[];
  readonly url: (port: number) => string;
}

function findProgram(name: string, ...elsewhere: readonly string[]): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...elsewhere];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Debian keeps these out of the path. */
function findPostgresTool(name: string): string | undefined {
  return findProgram(name, ...['18', '17', '16', '15'].map((version) => `/usr/lib/postgresql/${version}/bin`));
}

function idOfNobody(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
}

/** PostgreSQL refuses to run as root: then it runs as whoever owns nothing. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function startServer(folder: string, { path, args, url }: Program): Promise<TestServer> {
  const port = await findFreePort();
  let running: ChildProcess | undefined;
  const start = async () => {
    const child = spawn(path, args(port, folder), { cwd: folder, stdio: 'ignore', ...unprivileged() });
    running = child;
    for (let tries = 0; !(await answers(port)); tries += 1) {
      if (child.exitCode !== null || tries > 300) throw new Error(`${path} did not start.`);
      await sleep(100);
    }
  };
  const end = async (signal: NodeJS.Signals) => {
    const child = running;
    running = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  await start();
  return {
    url: url(port),
    port,
    start,
    kill: () => end('SIGKILL'),
    remove: async () => {
      // SIGINT is PostgreSQL's fast shutdown, and ends Redis too.
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `papel-${name}-`));
  const { uid, gid } = unprivileged();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}

/** @returns nothing where there is no PostgreSQL */
export async function startPostgres(): Promise<TestServer | undefined> {
  const initdb = findPostgresTool('initdb');
  const path = initdb === undefined ? undefined : join(dirname(initdb), 'postgres');
  if (initdb === undefined || path === undefined || !existsSync(path)) return undefined;
  const folder = makeFolder('postgres');
  const args = ['-D', join(folder, 'cluster'), '-U', 'papel', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'];
  execFileSync(initdb, args, { cwd: folder, stdio: 'ignore', ...unprivileged() });
  const server = await startServer(folder, {
    path,
    args: (port) => ['-D', join(folder, 'cluster'), '-p', `${port}`, '-h', '127.0.0.1', '-k', folder],
    url: (port) => `postgres://papel@127.0.0.1:${port}/postgres`,
  });
  return server;
}

/** @returns nothing where there is no Redis */
export async function startRedis(): Promise<TestServer | undefined> {
  const path = findProgram('redis-server');
  if (path === undefined) return undefined;
  return startServer(makeFolder('redis'), {
    path,
    args: (port, folder) =>
      `--port ${port} --bind 127.0.0.1 --dir ${folder} --appendonly yes --appendfsync always`.split(' '),
    url: (port) => `redis://127.0.0.1:${port}`,
  });
}
