/** Debian's packages, for what the tests need from outside npm. Imports nothing but Node. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @param {string} name
 * @param {readonly string[]} [elsewhere] folders outside the path
 */
export function findProgram(name, elsewhere = []) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...elsewhere];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

export function canUseApt() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && findProgram('apt-get') !== undefined;
}

/**
 * @param {readonly string[]} packages
 * @returns {boolean} whether they are there now
 */
export function installWithApt(packages) {
  process.stdout.write(`Installing ${packages.join(', ')} (apt-get) …\n`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  /** @param {string[]} args */
  const apt = (...args) => spawnSync('apt-get', args, { stdio: 'inherit', env: environment }).status === 0;
  return apt('update', '-q') && apt('install', '-q', '-y', '--no-install-recommends', ...packages);
}
