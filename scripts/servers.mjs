/**
 * Brings, on Debian, what tests start or ask: PostgreSQL and Redis for those of the stores, nginx for the one of its
 * configuration, promtool for those of the alerts. Where there are none, tests are skipped, and it is said here.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canUseApt, findProgram, installWithApt } from './apt.mjs';

const postgresFolder = '/usr/lib/postgresql';
/** nginx's module that serves what the build has compressed. */
const brotliModule = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';

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
    ...(findProgram('nginx', ['/usr/sbin']) === undefined ? ['nginx-light'] : []),
    ...(existsSync(brotliModule) ? [] : ['libnginx-mod-http-brotli-static']),
    ...(findProgram('promtool') === undefined ? ['prometheus'] : []),
  ];
}

/** Never fails: what cannot be had is named. */
export function provideServers() {
  const missing = listMissing();
  if (missing.length > 0 && canUseApt()) installWithApt(missing);
  for (const name of listMissing()) process.stdout.write(`No ${name} here: the tests that talk to it are skipped.\n`);
}
