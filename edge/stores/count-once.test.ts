import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countOnce, type SeenEvents } from './count-once.ts';
import { rememberInDurableObjects } from './seen-in-durable-objects.ts';
import { rememberInDynamo } from './seen-in-dynamo.ts';
import { openObjects, startDynamo, type RunningDynamo } from './seen-for-tests.ts';
import { StoreUnavailable, type KeptEvent, type TelemetryStore } from './telemetry-store.ts';

const makeEvent = (session: string, id: string = randomUUID()): KeptEvent => ({
  id,
  session,
  kind: 'operation',
  name: 'documents.scan',
  market: 'PH',
  deviceClass: 'low',
  app: '0123456789ab',
  outcome: 'success',
  failure: null,
  backend: 'wasm',
  models: null,
  value: 100,
  valueBucket: 1,
  at: 1,
  sentAt: 2,
  receivedAt: 3,
  occurredAt: 2,
});

let dynamo: RunningDynamo;

const openDynamo = (changes: Partial<Parameters<typeof rememberInDynamo>[0]> = {}) =>
  rememberInDynamo({
    table: 'seen-events',
    region: 'ap-southeast-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' },
    endpoint: dynamo.endpoint,
    ...changes,
  });

beforeAll(async () => {
  dynamo = await startDynamo('seen-events');
});
afterAll(() => dynamo.close());

describe.each([
  ['DynamoDB', () => openDynamo()],
  ['Durable Objects', () => rememberInDurableObjects(openObjects().namespace)],
] as const)('with %s', (_name, open) => {
  const countInto = (seen: SeenEvents) => {
    const kept: string[] = [];
    const store: TelemetryStore = {
      add: async (events) => void kept.push(...events.map(({ id }) => id)),
      summarise: null,
      checks: {},
      purge: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
    return { kept, store: countOnce(store, seen) };
  };

  test('an event counts once, in whatever batches it comes', async () => {
    const { kept, store } = countInto(open());
    const [one, other] = [randomUUID(), randomUUID()];
    const events = [makeEvent(one), makeEvent(one), makeEvent(other)];
    const [first, second, third] = events.map(({ id }) => id);
    await store.add(events.slice(0, 2));
    await store.add(events);
    await store.add([...events.slice(1), ...events.slice(1)]);
    expect(kept).toEqual([first, second, third]);
    // An id is one of its session: nobody can take another's.
    await store.add([makeEvent(randomUUID(), first)]);
    expect(kept).toHaveLength(4);
  });

  test('an event counts once that comes twice at the same time, or twice in a batch', async () => {
    const { kept, store } = countInto(open());
    const session = randomUUID();
    const events = Array.from({ length: 50 }, () => makeEvent(session));
    await Promise.all(Array.from({ length: 5 }, () => store.add([...events, ...events])));
    expect(kept.toSorted()).toEqual(events.map(({ id }) => id).toSorted());
  });
});

test('what could not be remembered is not kept, is refused, and comes again; the rest is kept once', async () => {
  const kept: string[] = [];
  const seen = openDynamo();
  let isBroken = true;
  const [one, other] = [makeEvent(randomUUID()), makeEvent(randomUUID())];
  const store = countOnce(
    {
      add: async (events) => void kept.push(...events.map(({ id }) => id)),
      summarise: null,
      checks: {},
      purge: () => Promise.resolve(),
      close: () => Promise.resolve(),
    },
    {
      add: async (session, ids) => {
        if (isBroken && session === other.session) throw new Error('away');
        return seen.add(session, ids);
      },
    },
  );
  await expect(store.add([one, other])).rejects.toBeInstanceOf(StoreUnavailable);
  expect(kept).toEqual([one.id]);
  isBroken = false;
  await store.add([one, other]);
  expect(kept).toEqual([one.id, other.id]);
});

test('a table that is not there is an error, not a guess', async () => {
  await expect(openDynamo({ table: 'no-such-table' }).add(randomUUID(), [randomUUID()])).rejects.toThrow('400');
});

test('an object forgets when its alarm rings', async () => {
  const { namespace, objects } = openObjects();
  const seen = rememberInDurableObjects(namespace);
  const [session, id] = [randomUUID(), randomUUID()];
  expect(await seen.add(session, [id])).toEqual([id]);
  expect(await seen.add(session, [id])).toEqual([]);
  await objects.get(session)?.alarm();
  expect(await seen.add(session, [id])).toEqual([id]);
});
