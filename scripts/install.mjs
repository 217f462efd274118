/**
 * Installs the packages of the lockfile when they are missing or the lockfile has changed. Imports nothing but Node, so
 * that it runs in a fresh clone.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const stampFile = join(root, 'node_modules', '.papel-lockfile');
const oldestNode = { major: 20, minor: 19 };

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor)) return;
  process.stderr.write(
    `Papel needs Node ${oldestNode.major}.${oldestNode.minor} or newer; this is ${process.versions.node}.\n`,
  );
  process.exit(1);
}

export function installPackages() {
  refuseOldNode();
  const stamp = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch} ${process.versions.modules}`)
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  process.stdout.write('Installing packages (npm ci), once …\n');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    process.stderr.write('npm ci failed; see above.\n');
    process.exit(1);
  }
  writeFileSync(stampFile, stamp);
}
