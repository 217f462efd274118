/**
 * `npm run --silent evaluate -- <suite> <folder> …`: measures the built app on labelled files, as
 * evaluate/README.md says. The table goes to stdout, everything else to stderr.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.mjs';

/** As it was before Vite ran here, which says NODE_ENV is "development": a build that believed it would not be the real one. */
const environment = { ...process.env };

/**
 * Runs a piece of module code in a Node of its own whose stdout is our stderr.
 *
 * @param {string} code
 */
function runAside(code) {
  const child = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: environment,
  });
  if (child.status !== 0) process.exit(1);
}

runAside(`import { installPackages } from './scripts/install.mjs'; installPackages();`);
const { runnerImport } = await import('vite');
/** @type {{ module: { run(args: readonly string[], prepare: (peers: boolean) => void): Promise<number> } }} */
const evaluation = await runnerImport(join(root, 'evaluate/main.ts'), { root, logLevel: 'error', configFile: false });

process.exitCode = await evaluation.module.run(process.argv.slice(2), (peers) =>
  runAside(`
    const { buildWhenChanged } = await import('./scripts/build.mjs');
    await buildWhenChanged();
    const { provideChromium } = await import('./scripts/chromium.mjs');
    await provideChromium();
    ${peers ? "const { installPeers } = await import('./scripts/install-peers.mjs'); installPeers();" : ''}
  `),
);
