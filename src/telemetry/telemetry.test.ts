import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, it } from 'vitest';
import * as v from 'valibot';
import { composeConfig, plainDeployment, type Config } from '#contract/config.ts';
import { failureCodes } from '#contract/failures.ts';
import { batchSchema, eventSchema, operations, telemetryBackends, webVitals } from '#contract/telemetry.ts';
import type { Choice } from './consent.ts';
import { classifyDevice } from './device-class.ts';
import { EventQueue } from './event-queue.ts';
import { randomUuid } from './random-uuid.ts';
import { Telemetry } from './telemetry.ts';

const school = { ...plainDeployment, featuresOn: ['analytics' as const], modelsVersion: 'abcdef012345' };
let config: Config;
let choice: Choice | undefined;
let queue: EventQueue;
let posted: string[];
let telemetry: Telemetry;

beforeEach(() => {
  config = composeConfig('PH', 'query', school);
  choice = undefined;
  posted = [];
  queue = new EventQueue(Date.now, randomUuid(), { indexedDB: new IDBFactory(), IDBKeyRange });
  telemetry = new Telemetry({
    queue,
    config: () => config,
    signals: { globalPrivacyControl: false, doNotTrack: false },
    readChoice: () => choice,
    deviceClass: 'low',
    app: '0123456789ab',
    post: async (body) => {
      posted.push(body);
      return { status: 202, retryAfter: null, isAcceptance: true };
    },
    beacon: (body) => posted.push(body) > 0,
    exclusively: (work) => work(),
    now: Date.now,
    random: Math.random,
    later: () => {},
    onError: (cause) => {
      throw cause;
    },
  });
});

async function choose(chosen: Choice): Promise<void> {
  choice = chosen;
  await telemetry.check();
}

async function useEverything(): Promise<number> {
  let count = 0;
  for (const operation of operations) {
    for (const failure of [undefined, ...failureCodes]) {
      const backend = telemetryBackends[count % telemetryBackends.length] ?? 'none';
      await telemetry.noteOperation({ operation, failure, backend, durationMs: 12.5 * count });
      count += 1;
    }
  }
  // A clock that jumped, a device that slept.
  await telemetry.noteOperation({ operation: 'text.read', failure: undefined, backend: 'none', durationMs: -5 });
  await telemetry.noteOperation({ operation: 'text.read', failure: undefined, backend: 'none', durationMs: 1e9 });
  for (const vital of webVitals) await telemetry.noteVital(vital, 0.05);
  return count + 2 + webVitals.length;
}

it('says nothing in a whole session but what the schema has fields for', async () => {
  await choose({ wish: 'on', consentAge: 18 });
  const count = await useEverything();
  await telemetry.send();
  const events = posted.flatMap((body) => v.parse(batchSchema, JSON.parse(body)).events);
  expect(events).toHaveLength(count);
  // Strict: an additional field, or a word that is not in a list, throws.
  const parsed = events.map((event) => v.parse(eventSchema, event));
  expect(parsed).toEqual(events);
  expect(new Set(parsed.map(({ session }) => session)).size).toBe(1);
  expect(new Set(parsed.map(({ id }) => id)).size).toBe(count);
  // Nothing is left out that could be free text: every string is of a list, an id or a digest.
  const words = new Set<string>([...operations, ...failureCodes, ...telemetryBackends, ...webVitals]);
  for (const word of ['operation', 'web-vital', 'success', 'failure', 'PH', 'low']) words.add(word);
  const strings = parsed.flatMap((event) => Object.values(event)).filter((value) => typeof value === 'string');
  const others = strings.filter((value) => !words.has(value) && !/^[0-9a-f]{12}$|^[0-9a-f-]{36}$/.test(value));
  expect(others).toEqual([]);
});

it('counts and sends nothing while it is off', async () => {
  await useEverything();
  await telemetry.send();
  telemetry.sendAtOnce();
  expect(posted).toEqual([]);
  expect(await queue.list()).toEqual([]);
});

it('leaves nothing when it is switched off', async () => {
  await choose({ wish: 'on', consentAge: 18 });
  await telemetry.noteVital('lcp', 900);
  await telemetry.send();
  await telemetry.noteVital('cls', 0);
  expect(await queue.list()).toHaveLength(1);
  expect(await queue.readLastSent()).toBeDefined();
  await choose({ wish: 'off' });
  expect(await queue.list()).toEqual([]);
  expect(await queue.readLastSent()).toBeUndefined();
  telemetry.sendAtOnce();
  await telemetry.send();
  expect(posted).toHaveLength(1);
});

it('stops where the school switches it off, and in a market that asks for more years', async () => {
  config = composeConfig('US', 'query', school);
  await choose({ wish: 'on', consentAge: 13 });
  await telemetry.noteVital('lcp', 900);
  config = composeConfig('PH', 'query', school);
  await telemetry.check();
  expect(telemetry.standing.isOn).toBe(false);
  expect(await queue.list()).toEqual([]);
  config = composeConfig('US', 'query', { ...school, featuresOff: ['analytics'] });
  await telemetry.noteVital('lcp', 900);
  expect(await queue.list()).toEqual([]);
});

it('has three classes of devices', () => {
  expect(classifyDevice(2, undefined)).toBe('low');
  expect(classifyDevice(8, 2)).toBe('low');
  expect(classifyDevice(4, 4)).toBe('middle');
  expect(classifyDevice(8, undefined)).toBe('high');
});
