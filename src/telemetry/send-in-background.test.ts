import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, it } from 'vitest';
import * as v from 'valibot';
import { composeConfig, plainDeployment, type Config } from '#contract/config.ts';
import { batchSchema, eventSchema } from '#contract/telemetry.ts';
import { EventQueue } from './event-queue.ts';
import { randomUuid } from './random-uuid.ts';
import { sendInBackground, type BackgroundSettings } from './send-in-background.ts';
import type { Answer } from './sender.ts';

const school = { ...plainDeployment, featuresOn: ['analytics' as const] };
const taken: Answer = { status: 202, retryAfter: null, isAcceptance: true };
const agreed = { market: 'PH', choice: { wish: 'on', consentAge: 18 } } as const;

let now = 1_800_000_000_000;
let queue: EventQueue;
let config: Config | undefined;
let answers: (Answer | 'no answer')[];
let posted: { readonly base: string | null; readonly ids: readonly string[] }[];

function send(settings: Partial<BackgroundSettings> = {}): Promise<void> {
  return sendInBackground({
    queue,
    browser: {},
    askConfig: async () => {
      if (config === undefined) throw new TypeError('Failed to fetch');
      return config;
    },
    post: async (base, body) => {
      const { events } = v.parse(batchSchema, JSON.parse(body));
      posted.push({ base, ids: events.map((event) => v.parse(eventSchema, event).id) });
      const answer = answers.shift() ?? taken;
      if (answer === 'no answer') throw new TypeError('Failed to fetch');
      return answer;
    },
    exclusively: (work) => work(),
    now: () => now,
    random: () => 1,
    ...settings,
  });
}

async function add(count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, randomUuid);
  for (const id of ids) {
    await queue.add({
      kind: 'web-vital',
      id,
      session: randomUuid(),
      at: now,
      market: 'PH',
      deviceClass: 'low',
      app: '0123456789ab',
      vital: 'lcp',
      value: 1200,
    });
  }
  return ids;
}

beforeEach(() => {
  now = 1_800_000_000_000;
  queue = new EventQueue(() => now, randomUuid(), { indexedDB: new IDBFactory(), IDBKeyRange });
  config = composeConfig('PH', 'query', school);
  answers = [];
  posted = [];
});

it('sends all that waits to the API of the config, and is content', async () => {
  await queue.writePermission(agreed);
  const ids = await add(60);
  config = composeConfig('PH', 'query', { ...school, apiBase: 'https://api.example' });
  await send();
  expect(posted.flatMap((batch) => batch.ids)).toEqual(ids);
  expect(new Set(posted.map(({ base }) => base))).toEqual(new Set(['https://api.example']));
  expect(await queue.list()).toEqual([]);
  await send();
  expect(posted).toHaveLength(2);
});

it('sends nothing that no page has noted a yes for', async () => {
  await add(3);
  await send();
  expect(posted).toEqual([]);
});

it.each([
  ['the edge has turned it off', { ...plainDeployment, featuresOff: ['analytics' as const] }, {}],
  ['the browser asks for no sharing', school, { globalPrivacyControl: true }],
])('empties the queue where %s', async (_why, deployment, browser) => {
  await queue.writePermission(agreed);
  await add(3);
  config = composeConfig('PH', 'query', deployment);
  await send({ browser });
  expect(posted).toEqual([]);
  expect(await queue.list()).toEqual([]);
  expect(await queue.readPermission()).toBeUndefined();
});

it('a yes for fewer years than the market asks for now is none', async () => {
  await queue.writePermission({ market: 'PH', choice: { wish: 'on', consentAge: 10 } });
  await add(1);
  await send();
  expect(posted).toEqual([]);
});

it.each([429, 502, 503, 504])(
  'asks the browser to come back after %i, and keeps what was not taken',
  async (status) => {
    await queue.writePermission(agreed);
    const ids = await add(60);
    answers = [taken, { status, retryAfter: '120', isAcceptance: false }];
    await expect(send()).rejects.toThrow('waits');
    expect(posted).toHaveLength(2);
    // What the server asked for holds, whoever sends.
    now += 119_000;
    await expect(send()).rejects.toThrow('waits');
    expect(posted).toHaveLength(2);
    now += 10_000;
    await send();
    expect(posted[2]?.ids).toEqual(ids.slice(50));
  },
);

it('a 200 of some portal, and no answer at all, deliver nothing', async () => {
  await queue.writePermission(agreed);
  const ids = await add(1);
  answers = [{ status: 200, retryAfter: null, isAcceptance: false }, 'no answer'];
  await expect(send()).rejects.toThrow('waits');
  await expect(send()).rejects.toThrow('waits');
  await send();
  expect(posted.map((batch) => batch.ids)).toEqual([ids, ids, ids]);
  config = undefined;
  await add(1);
  await expect(send()).rejects.toThrow('fetch');
});

it('does not ask for another try of what is refused, or where telemetry is not there', async () => {
  await queue.writePermission(agreed);
  await add(1);
  answers = [{ status: 400, retryAfter: null, isAcceptance: false }];
  await send();
  expect(await queue.list()).toEqual([]);
  await add(1);
  answers = [{ status: 404, retryAfter: null, isAcceptance: false }];
  await send();
  expect(posted).toHaveLength(2);
});

it('leaves nothing behind where the user says no while a batch is on its way', async () => {
  await queue.writePermission(agreed);
  await add(60);
  await send({
    post: async (base) => {
      posted.push({ base, ids: [] });
      await queue.clear();
      return taken;
    },
  });
  expect(posted).toHaveLength(1);
  expect(await queue.list()).toEqual([]);
  expect(await queue.readLastSent()).toBeUndefined();
});
