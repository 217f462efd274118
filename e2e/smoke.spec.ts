import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from './support/test.ts';

/** Run as the pipeline runs it. */
const script = join(fileURLToPath(new URL('..', import.meta.url)), 'deploy/pipeline/smoke.mjs');

test('the smoke test of a deployment finds the built app as it should be', async ({ server }) => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, server.url, '--any-speed']);
  expect(stdout.trim().split('\n')).toHaveLength(8);
  expect(stdout).not.toContain('**');
});
