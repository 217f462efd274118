/**
 * `npm run workerd`: asks the edge's contract (edge/adapters/{answers,counts}.test.ts) of the Cloudflare Worker in workerd, the runtime
 * that Cloudflare runs it in. workerd is 160 MB, so it is no dependency: this installs it into .cache, once, and from then on
 * `npm test` has it too.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

const version = '1.20261117.1';
const folder = join(root, '.cache', 'workerd');
const entry = join(folder, 'node_modules/workerd/lib/main.js');

function install() {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `workerd@${version}`];
  return spawnSync('npm', args, { cwd: folder, stdio: 'inherit' }).status === 0;
}

/**
 * Where workerd is installed, builds the Worker for its tests.
 *
 * @returns settings for the tests; none where there is no workerd
 */
export async function prepareWorkerd() {
  if (!existsSync(entry)) return {};
  const { default: program } = createRequire(import.meta.url)(entry);
  const built = join(folder, 'worker');
  // Only now: `npm test` starts in a fresh clone, where there is no package to build with yet.
  const { buildEdge } = await import('./build.mjs');
  await buildEdge(built, { cloudflare: join(root, 'edge/adapters/cloudflare.ts') });
  return { PAPEL_TEST_WORKERD: program, PAPEL_TEST_WORKER: join(built, 'cloudflare.js') };
}

async function run() {
  if (!existsSync(entry) && !install()) {
    process.stderr.write('workerd could not be installed.\n');
    return 1;
  }
  const env = { ...process.env, ...(await prepareWorkerd()) };
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--project=pure', 'edge/adapters/answers.test.ts', 'edge/adapters/counts.test.ts'];
  return spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = await run();
