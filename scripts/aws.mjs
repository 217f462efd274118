/** Installs what deploy/aws is written with where it is missing: 120 MB, so it is no part of the app and of nobody's `npm ci`. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const folder = join(root, 'deploy/aws');

/** @param {string} file */
function readVersions(file) {
  const path = join(folder, file);
  if (!existsSync(path)) return undefined;
  const { '': _self, ...packages } = JSON.parse(readFileSync(path, 'utf8')).packages;
  return Object.entries(packages)
    .map(([name, { version }]) => `${name}@${version}`)
    .toSorted()
    .join();
}

/** @returns {boolean} whether it is there now */
export function installAws() {
  if (readVersions('node_modules/.package-lock.json') === readVersions('package-lock.json')) return true;
  process.stdout.write('Installing the CDK (npm ci), once …\n');
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
    timeout: 5 * 60_000,
    shell: process.platform === 'win32',
  });
  return npm.status === 0;
}
