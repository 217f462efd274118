/**
 * Installs the packages of the lockfile when they are missing or others. Imports nothing but Node, so that it runs in a
 * fresh clone.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const oldestNode = { major: 20, minor: 19 };

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor)) return;
  process.stderr.write(
    `Papel needs Node ${oldestNode.major}.${oldestNode.minor} or newer; this is ${process.versions.node}.\n`,
  );
  process.exit(1);
}

/**
 * @param {string} path of a lockfile, relative to the repository
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function readLockedPackages(path) {
  const { '': _self, ...packages } = JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  return packages;
}

/** Whether npm's own record of what it installed agrees with the lockfile. Optional ones depend on the platform. */
function isInstalled() {
  const record = 'node_modules/.package-lock.json';
  if (!existsSync(join(root, record))) return false;
  const wanted = readLockedPackages('package-lock.json');
  const present = readLockedPackages(record);
  return (
    Object.entries(wanted).every(([path, { optional }]) => optional === true || present[path] !== undefined) &&
    Object.entries(present).every(([path, { version }]) => wanted[path]?.version === version)
  );
}

/** Packages of another checkout, shared by a link: `npm ci` would delete them there. */
function isLinked() {
  return lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

export function installPackages() {
  refuseOldNode();
  if (isInstalled() || isLinked()) return;
  process.stdout.write('Installing packages (npm ci), once …\n');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (npm.status === 0) return;
  process.stderr.write('npm ci failed; see above.\n');
  process.exit(1);
}
