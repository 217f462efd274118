import { expect, it } from 'vitest';
import { createSuppliers } from './suppliers.ts';
import { WorkerPool } from './pool.ts';
import { workerPort } from './worker-port.ts';

function pool(start: (name: string) => Worker): WorkerPool {
  return new WorkerPool({
    build: __BUILD_ID__,
    size: 1,
    spawn() {
      const name = `papel-test-${crypto.randomUUID()}`;
      return workerPort(start(name), name);
    },
    suppliers: createSuppliers(
      () => {},
      () => {},
    ),
    readyTimeoutMs: 20_000,
    idleMs: 20_000,
    timeoutMs: () => 20_000,
    isShort: () => false,
    finished: () => {},
  });
}

const job = { file: new Blob(['%PDF-']), kind: 'pdf' } as const;

it('notices a worker that died without a word', async () => {
  const closing = pool(
    (name) => new Worker(new URL('./testing/closing-worker.ts', import.meta.url), { type: 'module', name }),
  );
  await expect(closing.run('photos.count', job)).rejects.toMatchObject({ failure: { code: 'worker-lost' } });
});

it('notices a script that is not there', async () => {
  const missing = pool((name) => new Worker('/no-such-worker.js', { type: 'module', name }));
  await expect(missing.run('photos.count', job)).rejects.toMatchObject({ failure: { code: 'runtime-unavailable' } });
});
