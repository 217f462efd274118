import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openSession } from './harness/open-session.ts';
import { drawStressSet } from './sheets/stress/draw-stress-set.ts';
import { readPool } from './sheets/stress/pick-characters.ts';
import { designSets } from './sheets/stress/printed-design.ts';
import type { LabelledSet, Suite } from './suite.ts';
import { suites } from './suites.ts';
import { UnusableInput } from './unusable.ts';

/**
 * Runs an evaluation from its command line.
 *
 * @param prepare builds what is to be measured; called once the command is known to be usable.
 * @returns the exit code: 0 where it measured, 2 where folder, truth or command line are unusable.
 */
export async function run(args: readonly string[], prepare: (peers: boolean) => void): Promise<number> {
  try {
    if (args[0] === 'draw-sheets') return await drawSheets(args.slice(1), prepare);
    const command = readCommand(args);
    prepare(command.peers);
    process.stdout.write(`${await evaluate(command)}\n`);
    return 0;
  } catch (cause) {
    if (!(cause instanceof UnusableInput)) throw cause;
    process.stderr.write(`evaluate: ${cause.message}\n`);
    return 2;
  }
}

const drawUsage =
  'npm run --silent evaluate -- draw-sheets <empty folder> [count] [seed] [own|others|written <folders of characters>]';

/** Draws a stress set for the suite `sheets`. */
async function drawSheets(args: readonly string[], prepare: (peers: boolean) => void): Promise<number> {
  const [folder, count = '400', seed = '1', name = 'own', ...characters] = args;
  const set = designSets.find((known) => known === name);
  const numbers = { count: Number(count), seed: Number(seed) };
  if (
    folder === undefined ||
    set === undefined ||
    (set === 'written') !== characters.length > 0 ||
    !Object.values(numbers).every((number) => Number.isInteger(number))
  )
    throw new UnusableInput(`usage: ${drawUsage}`);
  const pool = readPool(characters.map((each) => resolve(each)));
  prepare(false);
  const app = resolve(import.meta.dirname, '../dist/app');
  const session = await openSession({ app, folder, files: [], peers: false, backend: 'wasm' });
  try {
    await drawStressSet(session, resolve(folder), { set, pool, ...numbers });
    return 0;
  } finally {
    await session.close();
  }
}

/** A command line that was read and found usable. */
interface Command {
  readonly set: LabelledSet;
  readonly folder: string;
  readonly json: string | undefined;
  readonly peers: boolean;
  readonly backend: 'wasm' | 'webgl';
}

const usage = `npm run --silent evaluate -- <${Object.keys(suites).join('|')}> <folder> [--json out.json] [--limit N] [--peers] [--backend wasm|webgl]`;

/** @throws UnusableInput where the line, the folder or its truth cannot be used. */
function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parseLine(args);
  const [name, folder, ...rest] = positionals;
  const suite = name === undefined ? undefined : suites[name];
  if (suite === undefined || folder === undefined || rest.length > 0) throw new UnusableInput(`usage: ${usage}`);
  if (values.peers && !suite.hasPeers) throw new UnusableInput(`the suite ${name} has no peers`);
  const backend = (['wasm', 'webgl'] as const).find((known) => known === values.backend);
  if (backend === undefined) throw new UnusableInput(`no backend ${values.backend}`);
  const { json, peers } = values;
  return {
    set: readSet(suite, resolve(folder), readLimit(values.limit)),
    folder: resolve(folder),
    json,
    peers,
    backend,
  };
}

/** Measures and writes the report. @returns the table. */
async function evaluate({ set, folder, json, peers, backend }: Command): Promise<string> {
  const app = resolve(import.meta.dirname, '../dist/app');
  const session = await openSession({ app, folder, files: set.files, peers, backend });
  try {
    const { report, table } = await set.measure(session, { peers });
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 1)}\n`);
    return table;
  } finally {
    await session.close();
  }
}

function parseLine(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'string' },
        limit: { type: 'string' },
        peers: { type: 'boolean', default: false },
        backend: { type: 'string', default: 'wasm' },
      },
    });
  } catch (cause) {
    throw new UnusableInput(`${cause instanceof Error ? cause.message : String(cause)}; usage: ${usage}`);
  }
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1)
    throw new UnusableInput(`--limit wants a whole number from 1 on, not ${text}`);
  return limit;
}

function readSet(suite: Suite, folder: string, limit: number | undefined): LabelledSet {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UnusableInput(`no folder ${folder}`);
  const path = join(folder, 'truth.json');
  if (!existsSync(path)) throw new UnusableInput(`${folder} holds no truth.json`);
  const set = suite.readTruth(parseJson(path), limit, folder);
  const missing = set.files.find((file) => !existsSync(resolve(folder, file)));
  if (missing !== undefined) throw new UnusableInput(`${path} names ${missing}, which is not there`);
  return set;
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UnusableInput(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
