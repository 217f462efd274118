/** One lock for all tabs and the service worker: two senders would bring the same events twice. */
const lockName = 'papel-telemetry';

/** Does the work unless someone is at it. Without Web Locks (an address that is not https) every tab does: ids count once. */
export async function unlessAnotherDoes(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  await navigator.locks.request(lockName, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await work();
  });
}

/** Does the work after whoever is at it. */
export async function afterOthers(work: () => Promise<void>): Promise<void> {
  await navigator.locks.request(lockName, work);
}
