/** Telemetry in this browser. Nothing is counted, and nothing watched, before `startTelemetry`. */
import { liveQuery } from 'dexie';
import { useEffect, useState, useSyncExternalStore } from 'react';
import * as v from 'valibot';
import type { Config } from '#contract/config.ts';
import { acceptanceSchema, type TelemetryEvent } from '#contract/telemetry.ts';
import { choiceSchema, readPrivacySignals, type Choice, type Standing } from './consent.ts';
import { classifyDevice } from './device-class.ts';
import { EventQueue, type LastSent } from './event-queue.ts';
import type { Answer } from './sender.ts';
import { Telemetry } from './telemetry.ts';
import { watchWebVitals } from './web-vitals.ts';

const choiceName = 'papel-telemetry';
const address = '/api/telemetry';
/** A small JSON over the slowest line; what takes longer is tried again later. */
const answerMs = 30_000;

/** Where the browser refuses storage, a choice holds for this page. */
let unstoredChoice: Choice | undefined;

function readChoice(): Choice | undefined {
  try {
    const parsed = v.safeParse(choiceSchema, JSON.parse(localStorage.getItem(choiceName) ?? 'null'));
    return parsed.success ? parsed.output : unstoredChoice;
  } catch {
    return unstoredChoice;
  }
}

function writeChoice(choice: Choice): void {
  unstoredChoice = choice;
  try {
    localStorage.setItem(choiceName, JSON.stringify(choice));
  } catch {
    // As above.
  }
}

const listeners = new Set<() => void>();
let lastStanding: Standing = { isOn: false, decidedBy: 'not-offered' };
let started: { readonly telemetry: Telemetry; readonly queue: EventQueue } | undefined;

function readStanding(): Standing {
  const standing = started?.telemetry.standing ?? lastStanding;
  const isSame = standing.isOn === lastStanding.isOn && standing.decidedBy === lastStanding.decidedBy;
  if (!isSame) lastStanding = standing;
  return lastStanding;
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
  if (started !== undefined) return started.telemetry;
  const queue = new EventQueue(Date.now);
  const memoryGb: unknown = Reflect.get(navigator, 'deviceMemory');
  const telemetry = new Telemetry({
    queue,
    config,
    signals: readPrivacySignals(navigator),
    readChoice,
    writeChoice,
    deviceClass: classifyDevice(navigator.hardwareConcurrency, typeof memoryGb === 'number' ? memoryGb : undefined),
    app: __BUILD_ID__,
    post: (body) => post(config().apiBase, body),
    beacon: (body) => beacon(config().apiBase, body),
    exclusively,
    now: Date.now,
    random: Math.random,
    later: callOnce(() => void telemetry.send()),
    changed: () => {
      for (const listener of listeners) listener();
    },
    onError: (cause) => console.warn('Telemetry does not work in this browser.', cause),
  });
  started = { telemetry, queue };

  const finishVitals = watchWebVitals((vital, value) => void telemetry.noteVital(vital, value));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden') return;
    finishVitals();
    telemetry.sendAtOnce();
  });
  const check = () => telemetry.check().catch((cause: unknown) => console.warn(cause));
  addEventListener('online', () => void telemetry.send({ afterOutage: true }));
  // Another tab changed its mind.
  addEventListener('storage', ({ key }) => void (key === choiceName && check()));
  void regionAsked.then(check).then(() => telemetry.send({ afterOutage: true }));
  return telemetry;
}

/** What holds now, and again whenever a choice changes it; a component that follows the market calls it anew with that. */
export function useStanding(): Standing {
  return useSyncExternalStore(subscribe, readStanding);
}

export interface TelemetryView {
  /** Oldest first; exactly what would be sent now. */
  readonly waiting: readonly TelemetryEvent[];
  readonly lastSent: LastSent | undefined;
}

/** The queue itself, live; `undefined` until it is read. */
export function useTelemetryView(): TelemetryView | undefined {
  const [view, setView] = useState<TelemetryView>();
  useEffect(() => {
    const queue = started?.queue;
    if (queue === undefined) return undefined;
    const watching = liveQuery(async () => ({
      waiting: await queue.list(),
      lastSent: await queue.readLastSent(),
    })).subscribe({ next: setView, error: (cause: unknown) => console.warn(cause) });
    return () => watching.unsubscribe();
  }, []);
  return view;
}
