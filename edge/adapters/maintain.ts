/**
 * What is done to the store of telemetry from outside the edge, with the edge's own settings:
 *
 * - `node dist/edge/maintain.js migrate` brings its tables up to date and looks whether it works: before a deployment,
 *   so that a database that cannot be migrated stops it, and not its replicas.
 * - `node dist/edge/maintain.js delete-old` deletes what is older than PAPEL_TELEMETRY_DAYS. The edge does so itself while
 *   it runs; a job of its own tells whoever watches jobs when it fails.
 */
import { readOperations } from '../config/read-operations.ts';
import { dayMs, type TelemetryStore } from '../stores/telemetry-store.ts';
import { openStore } from './open-telemetry.ts';
import { readSecretFiles } from './secret-files.ts';

const tasks: Readonly<Record<string, (store: TelemetryStore, days: number) => Promise<void>>> = {
  migrate: async (store) => {
    for (const check of Object.values(store.checks)) await check();
  },
  'delete-old': (store, days) => store.purge(Date.now() - days * dayMs),
};

async function run(name: string): Promise<void> {
  const task = Object.entries(tasks).find(([each]) => each === name)?.[1];
  if (task === undefined)
    throw new RangeError(`There is no task "${name}". There are ${Object.keys(tasks).join(', ')}.`);
  const { store: setting, days } = readOperations(readSecretFiles(process.env));
  if (setting.kind === 'none') {
    process.stdout.write('Telemetry is off: nothing to do.\n');
    return;
  }
  const store = await openStore(setting, undefined);
  try {
    await task(store, days);
  } finally {
    await store.close();
  }
  process.stdout.write(`${name}: done.\n`);
}

try {
  await run(process.argv[2] ?? '');
} catch (cause) {
  // A driver's message may have the address that it was given, password and all.
  process.stderr.write(cause instanceof RangeError ? `${cause.message}\n` : 'The store of telemetry did not do it.\n');
  process.exitCode = cause instanceof RangeError ? 78 : 1;
}
