import { expect, it, vi } from 'vitest';
import { shareStart } from './share-start.ts';

it('starts once for all, and all hear of the progress', async () => {
  const start = vi.fn(async (report: (progress: number) => void) => {
    await Promise.resolve();
    report(1);
    return 'started';
  });
  const shared = shareStart(start);
  const heard: string[] = [];
  const first = shared((progress) => heard.push(`first ${progress}`));
  const second = shared((progress) => heard.push(`second ${progress}`));
  expect(await Promise.all([first, second])).toEqual(['started', 'started']);
  expect(heard).toEqual(['first 1', 'second 1']);
  expect(await shared(() => {})).toBe('started');
  expect(start).toHaveBeenCalledTimes(1);
});

it('forgets a failed start', async () => {
  const start = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new Error('offline'))
    .mockResolvedValueOnce('started');
  const shared = shareStart(start);
  const both = await Promise.allSettled([shared(() => {}), shared(() => {})]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await shared(() => {})).toBe('started');
  expect(start).toHaveBeenCalledTimes(2);
});
