import { useSyncExternalStore } from 'react';
import { observe } from './observed.ts';

const channelName = 'papel-update';
/** Long enough for a tab in the background to answer; one that the browser has frozen is not scanning. */
const answerMs = 500;
/** A class keeps the page open all day; an hour is soon enough for a new version. */
const checkEveryMs = 60 * 60 * 1000;

const update = observe<{ waiting: boolean }>({ waiting: false });
let registration: ServiceWorkerRegistration | undefined;
let isBusy: () => boolean = () => false;
/** Another tab let the new version in: all that is left to do here is to load it. */
let tookOver = false;
let applying = false;

/**
 * Watches for new versions. A new one waits until `applyUpdate`; nothing reloads by itself.
 *
 * @param busy says whether this tab is in the middle of work that a reload would disturb
 */
export function watchUpdates(found: ServiceWorkerRegistration, busy: () => boolean): void {
  registration = found;
  isBusy = busy;
  const noteWaiting = () => update.write({ waiting: found.waiting !== null || tookOver });
  const watchInstalling = () => found.installing?.addEventListener('statechange', noteWaiting);
  found.addEventListener('updatefound', watchInstalling);
  watchInstalling();
  if (navigator.serviceWorker.controller !== null) noteWaiting();

  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The very first version takes a page that came from the network: the same build, nothing to load.
    if (!controlled) {
      controlled = true;
      return;
    }
    tookOver = true;
    if (applying && !isBusy()) globalThis.location.reload();
    else noteWaiting();
  });

  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }) => {
    if (data === 'busy?' && isBusy()) channel.postMessage('busy');
  });
  const check = () => {
    // Offline it fails, and the next check comes.
    if (document.visibilityState === 'visible') found.update().catch(() => {});
  };
  setInterval(check, checkEveryMs);
  document.addEventListener('visibilitychange', check);
}

/** Asks the other tabs of this browser. */
function isAnotherTabBusy(): Promise<boolean> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(channelName);
    const settle = (busy: boolean) => {
      clearTimeout(silence);
      channel.close();
      resolve(busy);
    };
    const silence = setTimeout(settle, answerMs, false);
    channel.addEventListener('message', ({ data }) => {
      if (data === 'busy') settle(true);
    });
    channel.postMessage('busy?');
  });
}

/** Lets the new version take over and loads it, unless this tab or another one is in the middle of a scan. */
async function applyUpdate(): Promise<'applied' | 'busy'> {
  if (isBusy() || (!tookOver && (await isAnotherTabBusy()))) return 'busy';
  if (tookOver) {
    globalThis.location.reload();
  } else {
    applying = true;
    registration?.waiting?.postMessage('take-over');
  }
  return 'applied';
}

/** For the notice that a new version is there: whether one waits, and how to let it in. */
export function useUpdate(): { readonly waiting: boolean; readonly apply: () => Promise<'applied' | 'busy'> } {
  const { waiting } = useSyncExternalStore(update.subscribe, update.read);
  return { waiting, apply: applyUpdate };
}
