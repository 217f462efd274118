import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerOnce, type PeerAnswer } from './keep-answers.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'papel-answers-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const said: PeerAnswer = {
  faces: [{ box: [1, 2, 3, 4], score: 0.5 }],
  imageHeight: 480,
  ms: 12,
  decodeMs: 3,
  ownMs: 10,
};

it('asks each peer once about each picture', async () => {
  const ask = vi.fn<() => Promise<PeerAnswer>>().mockResolvedValue(said);
  expect(await answerOnce(folder, 'peer 1', 'aa', ask)).toEqual(said);
  expect(await answerOnce(folder, 'peer 1', 'aa', ask)).toEqual(said);
  expect(ask).toHaveBeenCalledTimes(1);
  await answerOnce(folder, 'peer 2', 'aa', ask);
  await answerOnce(folder, 'peer 1', 'bb', ask);
  expect(ask).toHaveBeenCalledTimes(3);
});

it('asks again after an error', async () => {
  const ask = vi.fn<() => Promise<PeerAnswer>>().mockResolvedValue({ ...said, error: 'it stopped' });
  await answerOnce(folder, 'peer', 'aa', ask);
  await answerOnce(folder, 'peer', 'aa', ask);
  expect(ask).toHaveBeenCalledTimes(2);
});
