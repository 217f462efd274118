/**
 * What the service worker does at the browser's sign (Background Sync, in Chromium): it sends the very queue that the
 * settings show, whether a page of Papel is open or not.
 */
import * as v from 'valibot';
import { configSchema, type Config } from '#contract/config.ts';
import { decideStanding, readPrivacySignals } from './consent.ts';
import { EventQueue } from './event-queue.ts';
import { afterOthers } from './one-sender.ts';
import { postBatch } from './post-batch.ts';
import { randomUuid } from './random-uuid.ts';
import { Sender, type Answer } from './sender.ts';

/** Of the sign that a page asks for. */
export const syncTag = 'papel-telemetry';

export interface BackgroundSettings {
  readonly queue: EventQueue;
  /** `navigator` */
  readonly browser: object;
  /** What holds in a market now, by the edge; rejects where it does not answer, or something else does. */
  readonly askConfig: (market: Config['market']) => Promise<Config>;
  readonly post: (base: string | null, body: string) => Promise<Answer>;
  readonly exclusively: (work: () => Promise<void>) => Promise<void>;
  readonly now: () => number;
  readonly random: () => number;
}

/**
 * Sends what waits, if it still may be sent: the page's note of the user's word is read again, and the edge is asked whether
 * it counts at all. A "no" empties the queue, as in a page.
 *
 * @throws Error where something is left that another try may bring: then browsers come back later, a few times. What is
 *   left then goes at the next start of the app
 */
export async function sendInBackground(settings: BackgroundSettings): Promise<void> {
  const { queue, browser, askConfig, post, exclusively, now, random } = settings;
  const permission = await queue.readPermission();
  if (permission === undefined) return;
  const config = await askConfig(permission.market);
  if (!decideStanding(config, readPrivacySignals(browser), permission.choice).isOn) return queue.clear();
  const sender = new Sender({
    queue,
    isAllowed: () => true,
    post: (body) => post(config.apiBase, body),
    beacon: () => false,
    exclusively,
    now,
    random,
    newId: randomUuid,
    // The browser comes back by itself.
    later: () => {},
  });
  // The browser gives its sign when it thinks that there is a network.
  await sender.send({ afterOutage: true });
  // Taken back while a batch was on its way: the page has emptied the queue, and nothing is noted after that.
  if ((await queue.readPermission()) === undefined) return queue.clear();
  if (await sender.hasMore()) throw new Error('Some of the telemetry waits for another try.');
}

async function fetchConfig(market: Config['market']): Promise<Config> {
  const response = await fetch(`/api/config?market=${market}`, { cache: 'no-cache', credentials: 'omit' });
  if (!response.ok) throw new Error(`The edge answered ${response.status}.`);
  return v.parse(configSchema, await response.json());
}

/** As `sendInBackground`, in a real service worker. */
export function sendFromServiceWorker(): Promise<void> {
  return sendInBackground({
    queue: new EventQueue(Date.now),
    browser: navigator,
    askConfig: fetchConfig,
    post: postBatch,
    exclusively: afterOthers,
    now: Date.now,
    random: Math.random,
  });
}
