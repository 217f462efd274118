/**
 * `node deploy/pipeline/watch-alarms.mjs <region> <minutes>`: asks CloudWatch every half minute whether an alarm of Papel
 * sounds, and ends with 1 as soon as one does. Needs the AWS CLI and a role that may describe alarms.
 */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const everyMs = 30_000;

/**
 * @param {{ ask: () => readonly string[], minutes: number, wait?: (ms: number) => Promise<unknown>, now?: () => number }} settings
 *   `ask` gives the names of the alarms that sound
 * @returns {Promise<readonly string[]>} those that sounded first; none where the time went by in silence
 */
export async function watchAlarms({ ask, minutes, wait = sleep, now = Date.now }) {
  const until = now() + minutes * 60_000;
  for (;;) {
    const sounding = ask();
    if (sounding.length > 0 || now() >= until) return sounding;
    await wait(everyMs);
  }
}

/** @param {string} region */
function askCloudWatch(region) {
  const args = [
    'cloudwatch',
    'describe-alarms',
    '--region',
    region,
    '--state-value',
    'ALARM',
    '--alarm-name-prefix',
    'Papel',
  ];
  const output = execFileSync('aws', [...args, '--query', 'MetricAlarms[].AlarmName', '--output', 'json'], {
    encoding: 'utf8',
  });
  /** @type {unknown} */
  const names = JSON.parse(output);
  if (!Array.isArray(names)) throw new Error('CloudWatch gave no list of alarms.');
  return names.map(String);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [region, minutes] = process.argv.slice(2);
  if (region === undefined || !(Number(minutes) > 0)) throw new Error('Which region, and for how many minutes?');
  const sounding = await watchAlarms({ ask: () => askCloudWatch(region), minutes: Number(minutes) });
  process.stdout.write(
    sounding.length === 0 ? `No alarm in ${minutes} minutes.\n` : `Alarms: ${sounding.join(', ')}\n`,
  );
  if (sounding.length > 0) process.exitCode = 1;
}
