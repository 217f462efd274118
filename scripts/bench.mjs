/**
 * `npm run bench`: measures the app in Chromium (e2e/*.bench.ts). `npm run bench -- edge [ingest] [config] [kills] [fuzz]`:
 * measures the edge.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { buildEdge } from './build.mjs';
import { root } from './root.mjs';

async function benchEdge(/** @type {string[]} */ parts) {
  const folder = join(root, '.cache', 'bench-edge');
  await buildEdge(folder, { servers: join(root, 'evaluate/edge/servers.ts') });
  /** @type {{ module: { run(script: string, parts: readonly string[]): Promise<void> } }} */
  const bench = await runnerImport(join(root, 'evaluate/edge/bench.ts'), {
    root,
    logLevel: 'error',
    configFile: false,
  });
  await bench.module.run(join(folder, 'servers.js'), parts);
}

const [what, ...rest] = process.argv.slice(2);
if (what === 'edge') await benchEdge(rest);
else {
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const args = [cli, 'test', '-c', 'e2e/bench.config.ts', ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}
