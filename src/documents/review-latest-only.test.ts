import { expect, it, vi } from 'vitest';
import { latestOnly } from './review-latest-only.ts';

/** Work whose pieces end when they are told to. */
function heldWork() {
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const work = (input: number) =>
    new Promise<string>((resolve, reject) => {
      started.push(input);
      ends.push(() => (input < 0 ? reject(new Error('negative')) : resolve(`done ${input}`)));
    });
  const endNext = async () => {
    ends.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { started, work, endNext };
}

it('does the first and the last of what is asked for in one go', async () => {
  const { started, work, endNext } = heldWork();
  const done = vi.fn();
  const latest = latestOnly(work, done, vi.fn());
  for (const input of [1, 2, 3, 4]) latest.ask(input);
  expect(started).toEqual([1]);
  await endNext();
  expect(started).toEqual([1, 4]);
  await endNext();
  expect(done.mock.calls).toEqual([
    ['done 1', 1],
    ['done 4', 4],
  ]);
  latest.ask(5);
  expect(started).toEqual([1, 4, 5]);
});

it('goes on after a failure', async () => {
  const { started, work, endNext } = heldWork();
  const done = vi.fn();
  const failed = vi.fn();
  const latest = latestOnly(work, done, failed);
  latest.ask(-1);
  latest.ask(2);
  await endNext();
  expect(failed).toHaveBeenCalledOnce();
  expect(started).toEqual([-1, 2]);
  await endNext();
  expect(done).toHaveBeenCalledWith('done 2', 2);
});

it('hands nothing over and starts nothing once it is stopped', async () => {
  const { started, work, endNext } = heldWork();
  const done = vi.fn();
  const latest = latestOnly(work, done, vi.fn());
  latest.ask(1);
  latest.ask(2);
  latest.stop();
  await endNext();
  latest.ask(3);
  expect(done).not.toHaveBeenCalled();
  expect(started).toEqual([1]);
});
