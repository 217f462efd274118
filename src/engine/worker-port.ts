import type { WorkerPort } from './engine-worker.ts';

/** A port to a running worker that holds the lock `lifeLock`. */
export function workerPort(worker: Worker, lifeLock: string): WorkerPort {
  const ended = new AbortController();
  return {
    postMessage: (message, transfer) => worker.postMessage(message, [...transfer]),
    terminate() {
      ended.abort();
      worker.terminate();
    },
    listen({ message, error, gone }) {
      // The first message says that the script runs and holds its lock.
      worker.addEventListener('message', () => void whenReleased(lifeLock, ended.signal, gone), { once: true });
      worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => message(data));
      worker.addEventListener('messageerror', () => error('A message could not be read'));
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        error(event.message || 'The worker script did not load');
      });
    },
  };
}

/**
 * A worker that closes itself or is killed by the browser raises no event on the page, but its locks are released. So to
 * be granted the lock means that the worker is gone.
 */
async function whenReleased(name: string, signal: AbortSignal, gone: () => void): Promise<void> {
  if (!('locks' in navigator)) return;
  try {
    await navigator.locks.request(name, { signal }, () => {});
    gone();
  } catch {
    // Ended by us: nobody waits for the lock any more.
  }
}
