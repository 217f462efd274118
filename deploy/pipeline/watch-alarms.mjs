/**
 * `node deploy/pipeline/watch-alarms.mjs <region> <minutes>`: asks CloudWatch every half minute whether an alarm of Papel
 * sounds, there and, of its CloudFront, in us-east-1; ends with 1 as soon as one does. Needs the AWS CLI and a role that may
 * describe alarms in both.
 */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const everyMs = 30_000;
/** Metrics of CloudFront, and so its alarms, are here, whichever region the distribution is for. */
const cloudFrontRegion = 'us-east-1';

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

/**
 * The region's own alarms, and those of its CloudFront, which are in another region beside those of all others: names end with
 * the region that they are for.
 *
 * @param {string} region
 * @param {(program: string, args: readonly string[]) => string} execute gives what the program printed
 * @returns {readonly string[]} names of the alarms that sound
 */
export function askCloudWatch(region, execute) {
  return [...new Set([region, cloudFrontRegion])].flatMap((place) => {
    const describe = ['cloudwatch', 'describe-alarms', '--region', place, '--state-value', 'ALARM'];
    const filter = ['--alarm-name-prefix', 'Papel', '--query', 'MetricAlarms[].AlarmName', '--output', 'json'];
    /** @type {unknown} */
    const names = JSON.parse(execute('aws', [...describe, ...filter]));
    if (!Array.isArray(names)) throw new Error(`CloudWatch gave no list of alarms of ${place}.`);
    return names.map(String).filter((name) => name.endsWith(`-${region}`));
  });
}

/** @param {string} program @param {readonly string[]} args */
const run = (program, args) => execFileSync(program, args, { encoding: 'utf8' });

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [region, minutes] = process.argv.slice(2);
  if (region === undefined || !(Number(minutes) > 0)) throw new Error('Which region, and for how many minutes?');
  const sounding = await watchAlarms({ ask: () => askCloudWatch(region, run), minutes: Number(minutes) });
  process.stdout.write(
    sounding.length === 0 ? `No alarm in ${minutes} minutes.\n` : `Alarms: ${sounding.join(', ')}\n`,
  );
  if (sounding.length > 0) process.exitCode = 1;
}
