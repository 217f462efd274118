// oxlint-disable-next-line import/default -- Vite's query makes its address the default export
import workerUrl from '../../worker/host/worker.ts?worker&url';
import { trustScript } from '#src/delivery/trust-script.ts';
import type { WorkerPort } from './engine-worker.ts';
import { workerPort } from './worker-port.ts';

/** Starts the one worker script that the app has. */
export function spawnWorker(): WorkerPort {
  // The worker holds a lock of this name as long as it lives; see worker/host/hold-life-lock.ts. Unlike
  // `crypto.randomUUID`, this works at an address that is not https, too.
  const name = `papel-worker-${Math.random().toString(36).slice(2)}`;
  const worker = new Worker(trustScript(workerUrl), { type: 'module', name });
  return workerPort(worker, name);
}
