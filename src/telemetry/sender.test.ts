import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, it } from 'vitest';
import * as v from 'valibot';
import { batchLimits, batchSchema, eventSchema, type TelemetryEvent } from '#contract/telemetry.ts';
import { EventQueue, longestAgeMs, mostEvents } from './event-queue.ts';
import { randomUuid } from './random-uuid.ts';
import { Sender, type Answer, type SenderSettings } from './sender.ts';

const taken: Answer = { status: 202, retryAfter: null, isAcceptance: true };
const answerOf = (status: number, retryAfter: string | null = null): Answer => ({
  status,
  retryAfter,
  isAcceptance: false,
});

let now = 1_800_000_000_000;
let queue: EventQueue;
let posted: string[];
let beacons: string[];
let answers: (Answer | 'no answer')[];
let waits: number[];
let isAllowed: boolean;

function makeSender(settings: Partial<SenderSettings> = {}): Sender {
  return new Sender({
    queue,
    isAllowed: () => isAllowed,
    post: async (body) => {
      posted.push(body);
      const answer = answers.shift() ?? taken;
      if (answer === 'no answer') throw new TypeError('Failed to fetch');
      return answer;
    },
    beacon: (body) => beacons.push(body) > 0,
    exclusively: (work) => work(),
    now: () => now,
    random: () => 1,
    newId: randomUuid,
    later: (ms) => waits.push(ms),
    ...settings,
  });
}

const makeEvent = (change: Partial<TelemetryEvent> = {}): TelemetryEvent =>
  v.parse(eventSchema, {
    kind: 'web-vital',
    id: randomUuid(),
    session: '5f0c7a1e-0000-4000-8000-000000000000',
    at: now,
    market: 'PH',
    deviceClass: 'low',
    app: '0123456789ab',
    vital: 'lcp',
    value: 1200,
    ...change,
  });

async function add(count: number, sender?: Sender): Promise<TelemetryEvent[]> {
  const events = Array.from({ length: count }, () => makeEvent());
  for (const event of events) {
    await queue.add(event);
    sender?.note(event);
  }
  return events;
}

const eventsOf = (body: string | undefined) => v.parse(batchSchema, JSON.parse(body ?? '')).events;
const idsOf = (events: readonly unknown[]) => events.map((event) => v.parse(eventSchema, event).id);

beforeEach(() => {
  now = 1_800_000_000_000;
  queue = new EventQueue(() => now, randomUuid(), { indexedDB: new IDBFactory(), IDBKeyRange });
  posted = [];
  beacons = [];
  answers = [];
  waits = [];
  isAllowed = true;
});

it('sends everything in batches within the limits, in order, and then has nothing', async () => {
  const events = await add(120);
  await makeSender().send();
  expect(posted.map((body) => eventsOf(body).length)).toEqual([50, 50, 20]);
  expect(posted.flatMap((body) => idsOf(eventsOf(body)))).toEqual(idsOf(events));
  for (const body of posted) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(batchLimits.bytes);
  expect(await queue.list()).toEqual([]);
  expect(await queue.readLastSent()).toMatchObject({ at: now, body: posted[2], isConfirmed: true });
});

it('keeps the newest of too many events', async () => {
  const events = await add(mostEvents + 3);
  expect(idsOf(await queue.list())).toEqual(idsOf(events.slice(3)));
});

it('drops what is too old, and what is not of this version', async () => {
  await queue.add(makeEvent());
  // Such as an older version may have left.
  await queue.add(JSON.parse('{"id":"x","kind":"web-vital","note":"Ana Santos"}'));
  now += longestAgeMs + 1;
  const [fresh] = await add(1);
  await makeSender().send();
  expect(posted).toHaveLength(1);
  expect(eventsOf(posted[0])).toEqual([fresh]);
});

it.each([429, 502, 503, 504])('tries again after %i, later each time, with the same ids', async (status) => {
  const events = await add(2);
  answers = [answerOf(status), answerOf(status), answerOf(status)];
  const sender = makeSender();
  await sender.send();
  expect(waits).toEqual([5000]);
  // Not before its time: neither a timer nor a network that is back hurries a server that asked to wait.
  now += 4000;
  await sender.send({ afterOutage: true });
  expect(posted).toHaveLength(1);
  now += 1000;
  await sender.send();
  now += 10_000;
  await sender.send();
  expect(waits).toEqual([5000, 1000, 10_000, 20_000]);
  now += 20_000;
  await sender.send();
  expect(posted).toHaveLength(4);
  for (const body of posted) expect(idsOf(eventsOf(body))).toEqual(idsOf(events));
  expect(await queue.list()).toEqual([]);
});

it('spreads its tries over the whole wait', async () => {
  await add(1);
  answers = ['no answer'];
  await makeSender({ random: () => 0.25 }).send();
  expect(waits).toEqual([1250]);
});

it.each([
  ['seconds', '120', 125_000],
  ['a date', new Date(1_800_000_060_000).toUTCString(), 65_000],
  ['nonsense', 'soon', 5000],
  ['more than a day', '999999', 86_400_000],
])('waits as Retry-After says in %s, and over a reload', async (_form, retryAfter, waitMs) => {
  await add(1);
  answers = [answerOf(503, retryAfter)];
  await makeSender().send();
  expect(waits).toEqual([waitMs]);
  now += waitMs - 1;
  await makeSender().send({ afterOutage: true });
  expect(posted).toHaveLength(1);
  now += 1;
  await makeSender().send();
  expect(posted).toHaveLength(2);
});

it('tries at once when the network is back', async () => {
  await add(1);
  answers = ['no answer'];
  const sender = makeSender();
  await sender.send();
  await sender.send();
  expect(posted).toHaveLength(1);
  await sender.send({ afterOutage: true });
  expect(posted).toHaveLength(2);
  expect(await queue.list()).toEqual([]);
});

it('does not take the page of a Wi-Fi portal for an answer', async () => {
  await add(1);
  answers = [answerOf(200)];
  await makeSender().send();
  expect(await queue.list()).toHaveLength(1);
  expect(waits).toEqual([5000]);
});

it.each([400, 403, 413, 500])('drops a batch that was refused with %i, and goes on with the next', async (status) => {
  await add(60);
  answers = [answerOf(status)];
  await makeSender().send();
  expect(posted).toHaveLength(2);
  expect(await queue.list()).toEqual([]);
  expect((await queue.readLastSent())?.body).toBe(posted[1]);
});

it.each([404, 405])('asks an edge without telemetry (%i) once in a session', async (status) => {
  const sender = makeSender();
  await add(1, sender);
  answers = [answerOf(status)];
  await sender.send();
  await sender.send({ afterOutage: true });
  sender.sendAtOnce();
  expect(posted).toHaveLength(1);
  expect(beacons).toEqual([]);
  expect(await queue.list()).toHaveLength(1);
});

it('sends as a beacon what this page counted; the next start sends it again, by the same ids', async () => {
  await add(1);
  const sender = makeSender();
  const own = await add(2, sender);
  sender.sendAtOnce();
  sender.sendAtOnce();
  expect(beacons).toHaveLength(1);
  expect(idsOf(eventsOf(beacons[0]))).toEqual(idsOf(own));
  expect((await queue.readLastSent())?.isConfirmed).toBe(false);
  await sender.send();
  expect(eventsOf(posted[0])).toHaveLength(1);
  await makeSender().send();
  expect(idsOf(eventsOf(posted[1]))).toEqual(idsOf(own));
  expect(await queue.list()).toEqual([]);
});

it('sends no beacon of more than 50 events, nor twice what is on its way, nor while a server wants to be left alone', async () => {
  const crowded = makeSender();
  await add(60, crowded);
  crowded.sendAtOnce();
  expect(eventsOf(beacons[0])).toHaveLength(50);

  await queue.clear();
  let answer: (answer: Answer) => void = () => {};
  const sender = makeSender({ post: () => new Promise((resolve) => (answer = resolve)) });
  await add(1, sender);
  const sending = sender.send();
  await new Promise((resolve) => setTimeout(resolve, 20));
  sender.sendAtOnce();
  expect(beacons).toHaveLength(1);
  answer(answerOf(503));
  await sending;
  sender.sendAtOnce();
  expect(beacons).toHaveLength(1);
});

it('keeps what a full browser does not take as a beacon', async () => {
  const sender = makeSender({ beacon: () => false });
  await add(1, sender);
  sender.sendAtOnce();
  await sender.send();
  expect(posted).toHaveLength(1);
});

it('leaves it to the other tab that is sending', async () => {
  await add(1);
  await makeSender({ exclusively: async () => {} }).send();
  expect(posted).toEqual([]);
  expect(await queue.list()).toHaveLength(1);
});

it('sends nothing more from the moment in which it is switched off', async () => {
  const sender = makeSender({
    post: async (body) => {
      posted.push(body);
      isAllowed = false;
      return taken;
    },
  });
  await add(120, sender);
  await sender.send();
  sender.sendAtOnce();
  await sender.send({ afterOutage: true });
  expect(posted).toHaveLength(1);
  expect(beacons).toEqual([]);
  // Switching off has emptied everything; nothing is noted after that.
  expect(await queue.readLastSent()).toBeUndefined();
});
