import { afterEach, expect, it, vi } from 'vitest';
import { CodedFailure } from '#contract/failures.ts';
import type { JobStage, Progress } from '#contract/jobs.ts';
import { compileOpenCv } from './compile-open-cv.ts';

vi.mock('virtual:opencv-wasm', () => ({ url: 'https://papel.test/opencv.wasm', bytes: 8 }));

/** The least that is a wasm module: its magic and version. */
const wasm = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const answer = (body: BodyInit, status = 200) =>
  new Response(body, { status, headers: { 'content-type': 'application/wasm' } });

afterEach(() => vi.unstubAllGlobals());

function serve(response: () => Promise<Response>): void {
  vi.stubGlobal('fetch', response);
}

it('compiles while it counts the bytes', async () => {
  const half = new ReadableStream({
    start(controller) {
      controller.enqueue(wasm.slice(0, 4));
      controller.enqueue(wasm.slice(4));
      controller.close();
    },
  });
  serve(async () => answer(half));
  const heard: Progress<JobStage<'engine.start'>>[] = [];
  expect(await compileOpenCv((progress) => heard.push(progress))).toBeInstanceOf(WebAssembly.Module);
  expect(heard).toEqual([
    { stage: 'download', done: 4, total: 8 },
    { stage: 'download', done: 8, total: 8 },
    { stage: 'compile' },
  ]);
});

it.each<[string, () => Promise<Response>]>([
  ['offline', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['missing', async () => answer('Not found', 404)],
  ['something else', async () => answer('<!doctype html>')],
  ['cut off', async () => answer(wasm.slice(0, 5))],
])('says that the runtime cannot be had: %s', async (_name, response) => {
  serve(response);
  const failed = compileOpenCv(() => {});
  await expect(failed).rejects.toBeInstanceOf(CodedFailure);
  await expect(failed).rejects.toMatchObject({ failure: { code: 'runtime-unavailable' } });
});
