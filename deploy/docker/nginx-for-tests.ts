/**
 * Debian's nginx with the configuration that the image has, in a folder of its own: ports, paths and the address of the DNS
 * are other ones, and everything else is as it is.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls, type SecureVersion } from 'node:tls';

const here = import.meta.dirname;
const program = '/usr/sbin/nginx';
const brotliModule = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
export const hasNginx = existsSync(program) && existsSync(brotliModule);

export const host = 'papel.school.example';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Of every header line as it was sent, doubled ones included. */
  readonly names: readonly string[];
  readonly body: Buffer;
}

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Nginx {
  /** Asks over TLS as `host`, and trusts the authority that deploy/docker/prepare.sh made, and no other. */
  readonly ask: (path: string, question?: Question) => Promise<Answer>;
  /** As browsers do: HTTP/2, where the host is no header. Answers the status. */
  readonly askOverHttp2: (path: string, question?: Question) => Promise<number>;
  /** Shakes hands in this version of TLS and no other. */
  readonly greet: (
    version: SecureVersion,
  ) => Promise<{ readonly protocol: string | null; readonly hasTicket: boolean }>;
  readonly plainPort: number;
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

export function findFreePort(address = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, address, () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === 'object' && bound !== null ? bound.port : 0));
    });
  });
}

/** Answers every question with these IPv4 addresses, as Docker's DNS does for the replicas of a service. */
export function startDns(addresses: () => readonly string[]): Promise<{ port: number; close: () => void }> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const found = addresses();
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x81_80, 2);
    header.writeUInt16BE(found.length, 6);
    header.writeUInt16BE(0, 10);
    const nameEnd = query.indexOf(0, 12) + 5;
    const records = found.map((each) =>
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...each.split('.').map(Number)]),
    );
    socket.send(Buffer.concat([header, query.subarray(12, nameEnd), ...records]), port, address);
  });
  return new Promise((resolve) => {
    socket.bind(0, '127.0.0.1', () => resolve({ port: socket.address().port, close: () => socket.close() }));
  });
}

/** Replaces what has to be there as often as said, so that a configuration that was changed does not slip through. */
function replace(text: string, from: string, to: string, times: number): string {
  const parts = text.split(from);
  if (parts.length !== times + 1) throw new Error(`nginx.conf has "${from}" ${parts.length - 1} times, not ${times}.`);
  return parts.join(to);
}

function idOf(user: string, flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
}

/** As in the image: www-data, which owns nothing. */
function asWwwData(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: idOf('www-data', '-u'), gid: idOf('www-data', '-g') } : {};
}

function answersTcp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

interface Start {
  /** Built files. */
  readonly app: string;
  readonly dnsPort: number;
  /** Of the edge, on whatever addresses the DNS says. */
  readonly edgePort: number;
}

export async function startNginx({ app, dnsPort, edgePort }: Start): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'papel-nginx-'));
  chmodSync(folder, 0o755);
  const secrets = join(folder, 'secrets');
  execFileSync('sh', [join(here, 'prepare.sh'), host], { env: { ...process.env, PAPEL_SECRETS_FOLDER: secrets } });
  // Mounted one by one in a container, past the folder's own rights.
  chmodSync(secrets, 0o755);
  mkdirSync(join(folder, 'tmp'), { mode: 0o777 });
  chmodSync(join(folder, 'tmp'), 0o777);

  const [port, plainPort] = [await findFreePort(), await findFreePort()];
  let configuration = readFileSync(join(here, 'nginx/nginx.conf'), 'utf8');
  configuration = replace(configuration, ' /tmp/', ` ${folder}/tmp/`, 6);
  configuration = replace(configuration, 'listen 8443 ', `listen 127.0.0.1:${port} `, 1);
  configuration = replace(configuration, 'listen 8080;', `listen 127.0.0.1:${plainPort};`, 1);
  configuration = replace(configuration, '/srv/papel', app, 1);
  configuration = replace(configuration, '/run/secrets/', `${secrets}/`, 2);
  configuration = replace(configuration, 'resolver 127.0.0.11 ', `resolver 127.0.0.1:${dnsPort} `, 1);
  configuration = replace(configuration, 'http://edge:8080', `http://edge:${edgePort}`, 1);
  writeFileSync(join(folder, 'nginx.conf'), configuration);
  writeFileSync(join(folder, 'security-headers.conf'), readFileSync(join(here, 'nginx/security-headers.conf')));

  let log = '';
  const child: ChildProcess = spawn(program, ['-c', join(folder, 'nginx.conf'), '-e', 'stderr'], {
    ...asWwwData(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr?.on('data', (data: Buffer) => (log += data.toString()));
  for (let tries = 0; !(await answersTcp(port)); tries += 1) {
    if (child.exitCode !== null || tries > 100) throw new Error(`nginx did not start: ${log}`);
    await sleep(50);
  }
  const ca = readFileSync(join(secrets, 'authority.crt'));

  return {
    plainPort,
    log: () => log,
    ask: (path, { method = 'GET', headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
        const sent = request(
          {
            host: '127.0.0.1',
            port,
            path,
            method,
            servername: host,
            ca,
            headers: { Host: host, ...length, ...headers },
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () =>
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                names: response.rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase()),
                body: Buffer.concat(chunks),
              }),
            );
          },
        );
        sent.on('error', reject);
        sent.end(body);
      }),
    askOverHttp2: (path, { method = 'GET', headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const session = connectHttp2(`https://127.0.0.1:${port}`, { ca, servername: host });
        session.on('error', reject);
        const stream = session.request({ ':path': path, ':method': method, ':authority': host, ...headers });
        stream.on('response', (answer) => resolve(answer[':status'] ?? 0));
        stream.on('error', reject);
        stream.on('close', () => session.close());
        stream.resume();
        stream.end(body);
      }),
    greet: (version) =>
      new Promise((resolve, reject) => {
        const versions = { minVersion: version, maxVersion: version } as const;
        // Level 0, so that it is the server that refuses what is old.
        const options = { host: '127.0.0.1', port, ca, servername: host, ciphers: 'DEFAULT@SECLEVEL=0', ...versions };
        const socket = connectTls(options, () => {
          resolve({ protocol: socket.getProtocol(), hasTicket: socket.getTLSTicket() !== undefined });
          socket.destroy();
        });
        socket.once('error', reject);
      }),
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null) {
        child.kill('SIGQUIT');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
