import { expect, it, vi } from 'vitest';
import type { JobReply } from '#contract/jobs.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import type { RunningOpenCv } from './open-cv.ts';
import { Runtime } from './runtime.ts';

// The real start needs the browser's build of the glue; src/engine/engine.browser.test.ts runs it.
vi.mock('./open-cv.ts', () => ({ startOpenCv: vi.fn<() => Promise<RunningOpenCv>>() }));

const module = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
const running: RunningOpenCv = { cv: {} as OpenCv, heapBytes: () => 7 };

function runtimeOf(start: () => Promise<RunningOpenCv>) {
  const asked: JobReply[] = [];
  return { asked, runtime: new Runtime((message) => asked.push(message), start) };
}

it('asks the page once, however many jobs wait', async () => {
  const { asked, runtime } = runtimeOf(async () => running);
  const heard: string[] = [];
  const both = [runtime.openCv(({ stage }) => heard.push(stage)), runtime.openCv()];
  expect(runtime.heapBytes()).toBe(0);
  expect(runtime.receive({ type: 'runtime-progress', progress: { stage: 'download', done: 1, total: 2 } })).toBe(true);
  expect(runtime.receive({ type: 'runtime', module })).toBe(true);
  expect(await Promise.all(both)).toEqual([running, running]);
  expect(asked).toEqual([{ type: 'runtime-wanted' }]);
  expect(heard).toEqual(['download']);
  expect(runtime.heapBytes()).toBe(7);
  expect(await runtime.openCv()).toBe(running);
  expect(asked).toHaveLength(1);
});

it('asks again after a failure', async () => {
  const { asked, runtime } = runtimeOf(async () => running);
  const failed = runtime.openCv();
  runtime.receive({ type: 'runtime-failed', failure: { code: 'runtime-unavailable', message: 'offline' } });
  await expect(failed).rejects.toMatchObject({ failure: { code: 'runtime-unavailable' } });
  const next = runtime.openCv();
  runtime.receive({ type: 'runtime', module });
  expect(await next).toBe(running);
  expect(asked).toHaveLength(2);
});

it('takes nothing else for a module', async () => {
  const { runtime } = runtimeOf(async () => running);
  const failed = runtime.openCv();
  runtime.receive({ type: 'runtime', module: { exports: 1 } });
  await expect(failed).rejects.toMatchObject({ failure: { code: 'internal' } });
});
