import type { WorkerPort } from './engine-worker.ts';
import { workerPort } from './worker-port.ts';

/** Starts the one worker script that the app has. */
export function spawnWorker(): WorkerPort {
  // The worker holds a lock of this name as long as it lives; see worker/host/hold-life-lock.ts. Unlike
  // `crypto.randomUUID`, this works at an address that is not https, too.
  const name = `papel-worker-${Math.random().toString(36).slice(2)}`;
  const worker = new Worker(new URL('../../worker/host/worker.ts', import.meta.url), { type: 'module', name });
  return workerPort(worker, name);
}
