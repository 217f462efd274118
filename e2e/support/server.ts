import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

export interface RunningServer {
  /** Such as `http://localhost:40123`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Ends the process and waits until it is gone. */
  readonly stop: () => Promise<void>;
  /** Asks it to end, as a container's platform does, and returns its exit code. */
  readonly end: () => Promise<unknown>;
}

export interface ServerOptions {
  /** The same port again, for a server that comes back; any free one unless told. */
  readonly port?: number;
  /** A folder with `app/` and `edge/` as `npm run build` makes it. */
  readonly folder?: string;
  /** Settings besides PORT and HOST. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the built edge in a process of its own, as `npm start` does. */
export async function startServer({ port = 0, folder = dist, env = {} }: ServerOptions = {}): Promise<RunningServer> {
  const program = `${folder}/edge/node.js`;
  if (!existsSync(program)) throw new Error('There is no build to test: run `npm run build` first.');
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line]: unknown[] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([code]) => {
      throw new Error(`The server ended with code ${String(code)} before it was ready.`);
    }),
  ]);
  const url = /https?:\S+/.exec(String(line))?.[0];
  if (url === undefined) throw new Error(`The server's first line has no address: ${String(line)}`);
  return {
    url,
    port: Number(new URL(url).port),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    end: async () => {
      child.kill('SIGTERM');
      const [code]: unknown[] = await ended;
      return code;
    },
  };
}
