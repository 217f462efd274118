/** Counts analysed frames over a sliding window. Pure; times in milliseconds from the caller. */
export interface FrameCount {
  readonly times: readonly number[];
  readonly perSecond: number;
  readonly atMs: number;
  /** True on the first frame of each second, once the window is full: the moment to write the rate down. */
  readonly isFullSecond: boolean;
}

const windowMs = 2000;

export const noFrames: FrameCount = { times: [], perSecond: 0, atMs: 0, isFullSecond: false };

export function countFrames(count: FrameCount, atMs: number): FrameCount {
  const times = [...count.times.filter((time) => atMs - time < windowMs), atMs];
  const first = times[0] ?? atMs;
  // Intervals, not frames, over the time they took: right from the second frame on.
  const perSecond = times.length < 2 ? 0 : ((times.length - 1) * 1000) / (atMs - first);
  const entersSecond = Math.floor(atMs / 1000) !== Math.floor(count.atMs / 1000);
  return { times, perSecond, atMs, isFullSecond: entersSecond && atMs - first > 0.75 * windowMs };
}
