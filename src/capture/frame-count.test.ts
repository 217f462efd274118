import { expect, it } from 'vitest';
import { countFrames, noFrames, type FrameCount } from './frame-count.ts';

function run(everyMs: number, untilMs: number): FrameCount[] {
  const counts: FrameCount[] = [];
  let count = noFrames;
  for (let timeMs = everyMs; timeMs <= untilMs; timeMs += everyMs) {
    count = countFrames(count, timeMs);
    counts.push(count);
  }
  return counts;
}

it('knows nothing from one frame and the rate from two', () => {
  expect(countFrames(noFrames, 10).perSecond).toBe(0);
  expect(countFrames(countFrames(noFrames, 10), 60).perSecond).toBeCloseTo(20);
});

it('gives the rate of the last two seconds only', () => {
  const [slow] = run(200, 4000).slice(-1);
  if (slow === undefined) throw new Error('no counts');
  let count = slow;
  for (let step = 1; step <= 80; step += 1) count = countFrames(count, 4000 + step * 40);
  expect(count.perSecond).toBeCloseTo(25, 0);
  expect(count.times.length).toBeLessThanOrEqual(51);
});

it('marks one frame a second once the window is full', () => {
  const marked = run(50, 5000).filter(({ isFullSecond }) => isFullSecond);
  expect(marked.map(({ atMs }) => atMs)).toEqual([2000, 3000, 4000, 5000]);
});
