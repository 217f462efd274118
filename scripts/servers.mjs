/**
 * Brings PostgreSQL and Redis, to which the tests of the stores talk, on Debian. They start their own on free ports
 * (edge/stores/servers-for-tests.ts); where there are none they are skipped, and say so.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canUseApt, findProgram, installWithApt } from './apt.mjs';

const postgresFolder = '/usr/lib/postgresql';

function listPostgresFolders() {
  try {
    return readdirSync(postgresFolder).map((version) => join(postgresFolder, version, 'bin'));
  } catch {
    return [];
  }
}

function listMissing() {
  return [
    ...(findProgram('initdb', listPostgresFolders()) === undefined ? ['postgresql'] : []),
    ...(findProgram('redis-server') === undefined ? ['redis-server'] : []),
  ];
}

/** Never fails: what cannot be had is named. */
export function provideServers() {
  const missing = listMissing();
  if (missing.length > 0 && canUseApt()) installWithApt(missing);
  for (const name of listMissing()) process.stdout.write(`No ${name} here: the tests that talk to it are skipped.\n`);
}
