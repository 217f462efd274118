// oxlint-disable-next-line import/default -- Vite's query makes its address the default export
import threadUrl from './tfjs-thread.ts?worker&url';
import { trustScript } from '../trust-script.ts';

/** A thread's script comes from the cache in milliseconds; a browser that lets it hang must not hang the scan. */
const threadsTimeoutMs = 15_000;

/**
 * tfjs starts the threads of its WebAssembly from a script that it makes out of text, which the content security policy
 * rightly refuses. While `start` runs, every worker that it makes gets our own script, `tfjs-thread.ts`, which does the same.
 *
 * @throws where a thread does not start
 */
export async function startingThreadsHere(start: () => Promise<void>): Promise<void> {
  const NativeWorker = globalThis.Worker;
  if (typeof NativeWorker !== 'function') throw new Error('Workers cannot start workers here');
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      class ThreadWorker extends NativeWorker {
        constructor(address: string | URL) {
          super(trustScript(threadUrl), { type: 'module', name: 'papel-thread' });
          this.addEventListener('error', ({ message }) => reject(new Error(`A thread did not start: ${message}`)));
          URL.revokeObjectURL(String(address));
        }
      }
      globalThis.Worker = ThreadWorker;
      timer = setTimeout(() => reject(new Error('Threads did not start in time')), threadsTimeoutMs);
      start().then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    globalThis.Worker = NativeWorker;
  }
}
