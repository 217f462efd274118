/** Installs the peers of the evaluation where they are missing: they are no part of the app and of nobody's `npm ci`. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * npm notes what it has installed in a lockfile of its own; another version of ours has other packages.
 *
 * @param {string} folder
 */
function isInstalled(folder) {
  /** @param {string} file */
  const modified = (file) => (existsSync(join(folder, file)) ? statSync(join(folder, file)).mtimeMs : 0);
  return modified('node_modules/.package-lock.json') >= modified('package-lock.json');
}

export function installPeers() {
  const folder = join(root, 'evaluate/peers');
  if (isInstalled(folder)) return;
  process.stdout.write('Installing the peers (npm ci), once …\n');
  // Of all only the plain browser files are used: no native canvas, no scripts.
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) throw new Error('The peers were not installed; see above.');
}
