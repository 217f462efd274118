/** Telemetry in this browser. Nothing is counted, and nothing watched, before `startTelemetry`. */
import { useLiveQuery } from 'dexie-react-hooks';
import { useSyncExternalStore } from 'react';
import * as v from 'valibot';
import type { Config } from '#contract/config.ts';
import { acceptanceSchema, type TelemetryEvent } from '#contract/telemetry.ts';
import { choiceSchema, decideStanding, readPrivacySignals, type Choice, type Standing } from './consent.ts';
import { classifyDevice } from './device-class.ts';
import { EventQueue, type LastSent } from './event-queue.ts';
import type { Answer } from './sender.ts';
import { Telemetry } from './telemetry.ts';
import { watchWebVitals } from './web-vitals.ts';

const choiceName = 'papel-telemetry';
const address = '/api/telemetry';
/** A small JSON over the slowest line; what takes longer is tried again later. */
const answerMs = 30_000;

const queue = new EventQueue(Date.now);
const signals = readPrivacySignals(navigator);
let choice = readStored();
let telemetry: Telemetry | undefined;
const listeners = new Set<() => void>();

function readStored(): Choice | undefined {
  try {
    const parsed = v.safeParse(choiceSchema, JSON.parse(localStorage.getItem(choiceName) ?? 'null'));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // Browsers may refuse localStorage, and anyone may write anything into it.
    return undefined;
  }
}

function applyChoice(chosen: Choice | undefined): void {
  choice = chosen;
  for (const listener of listeners) listener();
  checkTelemetry();
}

function choose(chosen: Choice): void {
  try {
    localStorage.setItem(choiceName, JSON.stringify(chosen));
  } catch {
    // It holds for this page.
  }
  applyChoice(chosen);
}

/** @param consentAge the age that the user says to have reached, or to have a parent's word for */
export function switchTelemetryOn(consentAge: number): void {
  choose({ wish: 'on', consentAge });
}

/** Empties the queue, too. */
export function switchTelemetryOff(): void {
  choose({ wish: 'off' });
}

/** To be called when the market has changed: what may not be sent there is deleted. */
export function checkTelemetry(): void {
  telemetry?.check().catch(warn);
}

function warn(cause: unknown): void {
  console.warn('Telemetry does not work in this browser.', cause);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function post(base: string | null, body: string): Promise<Answer> {
  // The browser would say the same, with an error in the console.
  if (!navigator.onLine) throw new Error('There is no network.');
  const response = await fetch(`${base ?? ''}${address}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
    signal: AbortSignal.timeout(answerMs),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  return {
    status: response.status,
    retryAfter: response.headers.get('Retry-After'),
    isAcceptance: v.is(acceptanceSchema, answer),
  };
}

function beacon(base: string | null, body: string): boolean {
  // A beacon takes cookies along, which another origin would have to allow; there, the next start sends instead.
  if (base !== null || typeof navigator.sendBeacon !== 'function') return false;
  return navigator.sendBeacon(address, new Blob([body], { type: 'application/json' }));
}

/** Without Web Locks (an address that is not https) every tab sends: ids count once. */
async function exclusively(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  await navigator.locks.request(choiceName, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await work();
  });
}

/** Calls `work` when the page is idle after so many milliseconds: of several wishes, the earliest counts. */
function callOnce(work: () => void): (ms: number) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Infinity;
  return (ms) => {
    const at = Date.now() + ms;
    if (at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => {
      dueAt = Infinity;
      if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 5000 });
      else work();
    }, ms);
  };
}

/**
 * Starts counting, once per page. Background Sync is not used: it sends while no page of Papel is open, where nobody could
 * see it, and from a service worker, which cannot read the choice. The next start sends instead.
 *
 * @param config what holds in the market, read anew for every event
 * @param regionAsked resolves when the edge has been asked about the market: its switch may be off since the last start
 */
export function startTelemetry(config: () => Config, regionAsked: Promise<void>): Telemetry {
  if (telemetry !== undefined) return telemetry;
  const memoryGb: unknown = Reflect.get(navigator, 'deviceMemory');
  const counting = new Telemetry({
    queue,
    config,
    signals,
    readChoice: () => choice,
    deviceClass: classifyDevice(navigator.hardwareConcurrency, typeof memoryGb === 'number' ? memoryGb : undefined),
    app: __BUILD_ID__,
    post: (body) => post(config().apiBase, body),
    beacon: (body) => beacon(config().apiBase, body),
    exclusively,
    now: Date.now,
    random: Math.random,
    later: callOnce(() => void counting.send()),
    onError: warn,
  });
  telemetry = counting;

  // Of a page that was opened before anyone agreed, nothing is told afterwards.
  const finishVitals = counting.standing.isOn
    ? watchWebVitals((vital, value) => void counting.noteVital(vital, value))
    : () => {};
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden') return;
    finishVitals();
    counting.sendAtOnce();
  });
  addEventListener('online', () => void counting.send({ afterOutage: true }));
  // Another tab changed its mind.
  addEventListener('storage', ({ key }) => {
    if (key === choiceName) applyChoice(readStored());
  });
  void regionAsked
    .then(() => counting.check())
    .then(() => counting.send({ afterOutage: true }))
    .catch(warn);
  return counting;
}

/** Whether Papel counts, and who decided so, in the market that `config` is of. */
export function useStanding(config: Config): Standing {
  const chosen = useSyncExternalStore(subscribe, () => choice);
  return decideStanding(config, signals, chosen);
}

export interface TelemetryView {
  /** Oldest first; exactly what would be sent now. */
  readonly waiting: readonly TelemetryEvent[];
  readonly lastSent: LastSent | undefined;
}

/** The queue itself, live; `undefined` until it is read. */
export function useTelemetryView(): TelemetryView | undefined {
  return useLiveQuery(async () => ({ waiting: await queue.list(), lastSent: await queue.readLastSent() }), []);
}
