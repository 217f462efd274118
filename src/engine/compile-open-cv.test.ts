import { createHash } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { CodedFailure } from '#contract/failures.ts';
import type { JobStage, Progress } from '#contract/jobs.ts';
import { compileOpenCv } from './compile-open-cv.ts';

/** The least that is a wasm module: its magic and version. */
const wasm = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const digestOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const file = vi.hoisted(() => ({ url: '/assets/opencv-AbCd1234.wasm', bytes: 8, sha256: '' }));
vi.mock('virtual:opencv-wasm', () => ({
  url: file.url,
  bytes: file.bytes,
  get sha256() {
    return file.sha256;
  },
}));

const answer = (body: BodyInit, status = 200) => new Response(body, { status });

afterEach(() => vi.unstubAllGlobals());

function serve(response: () => Promise<Response>, content: Uint8Array = wasm): void {
  file.sha256 = digestOf(content);
  vi.stubGlobal('fetch', response);
}

it('counts the bytes, then compiles', async () => {
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

const tampered = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 1);

it.each<[string, () => Promise<Response>, Uint8Array?]>([
  ['offline', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['missing', async () => answer('Not found', 404)],
  ['something else', async () => answer('<!doctype html>')],
  ['cut off', async () => answer(wasm.slice(0, 5))],
  ['tampered with', async () => answer(tampered)],
  ['not a module', async () => answer(tampered), tampered],
])('says that the runtime cannot be had: %s', async (_name, response, content) => {
  serve(response, content);
  const failed = compileOpenCv(() => {});
  await expect(failed).rejects.toBeInstanceOf(CodedFailure);
  await expect(failed).rejects.toMatchObject({ failure: { code: 'runtime-unavailable' } });
});
