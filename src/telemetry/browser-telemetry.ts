/** Telemetry in this browser. Nothing is counted, and nothing watched, before `startTelemetry`. */
import { useLiveQuery } from 'dexie-react-hooks';
import { useSyncExternalStore } from 'react';
import * as v from 'valibot';
import type { Config } from '#contract/config.ts';
import type { TelemetryEvent } from '#contract/telemetry.ts';
import { choiceSchema, decideStanding, readPrivacySignals, type Choice, type Standing } from './consent.ts';
import { classifyDevice } from './device-class.ts';
import { EventQueue, type LastSent } from './event-queue.ts';
import { unlessAnotherDoes } from './one-sender.ts';
import { postBatch, telemetryPath } from './post-batch.ts';
import { syncTag } from './send-in-background.ts';
import type { Answer } from './sender.ts';
import { Telemetry } from './telemetry.ts';
import { watchWebVitals } from './web-vitals.ts';

const choiceName = 'papel-telemetry';

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
  return postBatch(base, body);
}

function beacon(base: string | null, body: string): boolean {
  // A beacon takes cookies along, which another origin would have to allow; one without a network is lost in silence.
  const isElsewhere = base !== null && new URL(base).origin !== location.origin;
  if (isElsewhere || !navigator.onLine || typeof navigator.sendBeacon !== 'function') return false;
  return navigator.sendBeacon(`${base ?? ''}${telemetryPath}`, new Blob([body], { type: 'application/json' }));
}

/** What is used of Background Sync, which TypeScript does not know. */
interface SyncManager {
  register(tag: string): Promise<void>;
}

function canSync(registration: object): registration is { readonly sync: SyncManager } {
  return 'sync' in registration;
}

/** Known beforehand: a page that goes has no time to ask for it. */
let background: SyncManager | undefined;

async function findBackground(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration: object = await navigator.serviceWorker.ready;
  if (canSync(registration)) background = registration.sync;
}

/** Has the service worker send what is left when there is a network, also when no page is open; where browsers can. */
function sendLater(): void {
  background?.register(syncTag).catch(() => {
    // The browser's user does not want it. The next start sends.
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
 * Starts counting, once per page.
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
    exclusively: unlessAnotherDoes,
    now: Date.now,
    random: Math.random,
    later: callOnce(() => void counting.send()),
    onError: warn,
  });
  telemetry = counting;

  // Of a page that was opened before anyone agreed, nothing is told afterwards.
  let lastVital = Promise.resolve();
  const finishVitals = counting.standing.isOn
    ? watchWebVitals((vital, value) => {
        lastVital = counting.noteVital(vital, value);
      })
    : () => {};
  void findBackground();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden') return;
    finishVitals();
    if (!counting.sendAtOnce()) return;
    sendLater();
    // Again for what was noted just now, if the page lives on until it is in the queue.
    void lastVital.then(sendLater);
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
