/** The built Worker in workerd, with Durable Objects of its own and a dataset that prints. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import * as v from 'valibot';

export interface RunningWorkerd {
  readonly origin: string;
  readonly printed: () => string;
  readonly close: () => Promise<void>;
}

/** What the dataset of the tests prints for each point. */
export const printedPoint = 'papel-point';

const datasetModule = `export default () => ({ writeDataPoint: () => console.log('${printedPoint}') });`;
const filesModule = `export default { fetch: () => new Response('Not found', { status: 404 }) };`;

/** https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp */
function writeConfig(settings: Readonly<Record<string, string>>): string {
  const texts = Object.entries(settings).map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "papel", worker = .papel), (name = "files", worker = .files)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "papel")],
  extensions = [(modules = [(name = "papel:dataset", internal = true, esModule = ${JSON.stringify(datasetModule)})])],
);
const papel :Workerd.Worker = (
  modules = [(name = "cloudflare.js", esModule = embed "cloudflare.js")],
  compatibilityDate = "2026-11-01",
  bindings = [
    (name = "ASSETS", service = "files"),
    (name = "TELEMETRY", wrapped = (moduleName = "papel:dataset")),
    (name = "SEEN_EVENTS", durableObjectNamespace = "SeenEvents"),
    ${texts.join(',\n    ')}
  ],
  durableObjectNamespaces = [(className = "SeenEvents", uniqueKey = "papel-seen-events", enableSql = true)],
  durableObjectStorage = (inMemory = void),
);
const files :Workerd.Worker = (
  modules = [(name = "files.js", esModule = ${JSON.stringify(filesModule)})],
  compatibilityDate = "2026-11-01",
);
`;
}

const listeningSchema = v.object({ event: v.literal('listen'), port: v.number() });

/**
 * @param program workerd
 * @param worker the built script
 * @param folder for its files
 */
export async function startWorkerd(
  { program, worker, folder }: { readonly program: string; readonly worker: string; readonly folder: string },
  settings: Readonly<Record<string, string>>,
): Promise<RunningWorkerd> {
  const own = join(folder, randomUUID());
  mkdirSync(own);
  writeFileSync(join(own, 'cloudflare.js'), readFileSync(worker));
  writeFileSync(join(own, 'config.capnp'), writeConfig(settings));
  const child = spawn(program, ['serve', join(own, 'config.capnp'), '--control-fd=3'], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (printed += text.toString()));
  const control = child.stdio[3];
  if (!(control instanceof Readable)) throw new Error('workerd has no line to tell its port on.');
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`workerd ended: ${printed}`)));
    createInterface(control).once('line', (line) => resolve(v.parse(listeningSchema, JSON.parse(line)).port));
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    printed: () => printed,
    close: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(own, { recursive: true });
    },
  };
}
