import { expect, it, vi } from 'vitest';
import type { JobReply } from '#contract/jobs.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import type { Network } from './networks/network.ts';
import type { RunningOpenCv } from './open-cv.ts';
import { Runtime, type RuntimeStarts } from './runtime.ts';

// The real start needs the browser's build of the glue; src/engine/engine.browser.test.ts runs it.
vi.mock('./open-cv.ts', () => ({ startOpenCv: vi.fn<() => Promise<RunningOpenCv>>() }));

const module = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
const running: RunningOpenCv = { cv: {} as OpenCv, heapBytes: () => 7 };

function runtimeOf(
  start: () => Promise<RunningOpenCv>,
  network: RuntimeStarts['network'] = () => Promise.reject(new Error('no network here')),
  codeReader: RuntimeStarts['codeReader'] = () => Promise.reject(new Error('no reader here')),
) {
  const asked: JobReply[] = [];
  return { asked, runtime: new Runtime((message) => asked.push(message), { openCv: start, network, codeReader }) };
}

it('asks the page once, however many jobs wait', async () => {
  const { asked, runtime } = runtimeOf(async () => running);
  const heard: string[] = [];
  const both = [runtime.openCv(({ stage }) => heard.push(stage)), runtime.openCv()];
  expect(runtime.heapBytes()).toBe(0);
  expect(
    runtime.receive({ type: 'supply-progress', name: 'opencv', progress: { stage: 'download', done: 1, total: 2 } }),
  ).toBe(true);
  expect(runtime.receive({ type: 'supply', name: 'opencv', supply: module })).toBe(true);
  expect(await Promise.all(both)).toEqual([running, running]);
  expect(asked).toEqual([{ type: 'supply-wanted', name: 'opencv' }]);
  expect(heard).toEqual(['download']);
  expect(runtime.heapBytes()).toBe(7);
  expect(await runtime.openCv()).toBe(running);
  expect(asked).toHaveLength(1);
});

it('asks again after a failure', async () => {
  const { asked, runtime } = runtimeOf(async () => running);
  const failed = runtime.openCv();
  runtime.receive({
    type: 'supply-failed',
    name: 'opencv',
    failure: { code: 'runtime-unavailable', message: 'offline' },
  });
  await expect(failed).rejects.toMatchObject({ failure: { code: 'runtime-unavailable' } });
  const next = runtime.openCv();
  runtime.receive({ type: 'supply', name: 'opencv', supply: module });
  expect(await next).toBe(running);
  expect(asked).toHaveLength(2);
});

it('takes nothing else for a module', async () => {
  const { runtime } = runtimeOf(async () => running);
  const failed = runtime.openCv();
  runtime.receive({ type: 'supply', name: 'opencv', supply: { exports: 1 } });
  await expect(failed).rejects.toMatchObject({ failure: { code: 'internal' } });
});

it('starts a network once, and again after a failure', async () => {
  const network: Network = { backend: 'wasm', version: 1, run: async () => ({}), dispose() {} };
  const start = vi
    .fn<RuntimeStarts['network']>()
    .mockRejectedValueOnce(new Error('offline'))
    .mockResolvedValue(network);
  const { runtime } = runtimeOf(async () => running, start);
  await expect(runtime.network('document-detection')).rejects.toThrow('offline');
  const both = await Promise.all([runtime.network('document-detection'), runtime.network('document-detection')]);
  expect(both).toEqual([network, network]);
  expect(start).toHaveBeenCalledTimes(2);
});

it('orders from the page, and hears why not', async () => {
  const { asked, runtime } = runtimeOf(
    async () => running,
    async (desk, name) => {
      await desk.order(name);
      throw new Error('not reached');
    },
  );
  const failed = runtime.network('document-detection');
  expect(asked).toEqual([{ type: 'supply-wanted', name: 'document-detection' }]);
  const failure = { code: 'model-unavailable', message: 'offline' } as const;
  runtime.receive({ type: 'supply-failed', name: 'document-detection', failure });
  await expect(failed).rejects.toMatchObject({ failure });
});
