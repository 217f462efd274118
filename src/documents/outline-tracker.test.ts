import { describe, expect, it } from 'vitest';
import { photoPoint, type Quad } from '#contract/images.ts';
import type { PageFinding } from '#contract/pages.ts';
import { displacement, followOutline, glide, noOutline, trackAt, type OutlineTracker } from './outline-tracker.ts';

const frame = { width: 640, height: 360 };

function pageAt(x: number, y: number, start = 0): PageFinding {
  const corners = [photoPoint(x, y), photoPoint(x + 200, y), photoPoint(x + 200, y + 260), photoPoint(x, y + 260)];
  const confidence = [0.9, 0.8, 0.7, 0.6];
  const at = <T>(list: readonly T[], index: number): T => {
    const item = list[(index + start) % 4];
    if (item === undefined) throw new Error('four of each');
    return item;
  };
  return {
    corners: [at(corners, 0), at(corners, 1), at(corners, 2), at(corners, 3)],
    confidence: 0.9,
    cornerConfidence: [at(confidence, 0), at(confidence, 1), at(confidence, 2), at(confidence, 3)],
  };
}

function follow(readings: readonly (readonly [timeMs: number, finding: PageFinding | undefined])[]): OutlineTracker {
  let tracker = noOutline;
  for (const [timeMs, finding] of readings) tracker = followOutline(tracker, { finding, frame, timeMs });
  return tracker;
}

describe('followOutline', () => {
  it('believes an outline on its second sighting', () => {
    expect(follow([[0, pageAt(100, 50)]]).track).toBeUndefined();
    expect(
      follow([
        [0, pageAt(100, 50)],
        [50, pageAt(104, 50)],
      ]).track?.corners[0],
    ).toEqual({ x: 104, y: 50 });
  });

  it('does not believe two strays that disagree', () => {
    expect(
      follow([
        [0, pageAt(100, 50)],
        [50, pageAt(400, 50)],
        [100, pageAt(10, 90)],
      ]).track,
    ).toBeUndefined();
  });

  it('keeps the order of the corners when the finder starts at another one', () => {
    const tracker = follow([
      [0, pageAt(100, 50)],
      [50, pageAt(100, 50)],
      [100, pageAt(103, 51, 1)],
    ]);
    expect(tracker.track?.corners[0]).toEqual({ x: 103, y: 51 });
    expect(tracker.track?.cornerConfidence).toEqual([0.9, 0.8, 0.7, 0.6]);
  });

  it('ignores one wild reading, and follows the page on as the same track', () => {
    const tracker = follow([
      [0, pageAt(100, 50)],
      [50, pageAt(100, 50)],
      [100, pageAt(400, 80)],
      [150, pageAt(110, 50)],
    ]);
    expect(tracker.track).toMatchObject({ id: 1, corners: pageAt(110, 50).corners });
    expect(tracker.rival).toBeUndefined();
  });

  it('takes a jump that is seen twice as another page', () => {
    const tracker = follow([
      [0, pageAt(100, 50)],
      [50, pageAt(100, 50)],
      [100, pageAt(400, 80)],
      [150, pageAt(402, 80)],
    ]);
    expect(tracker.track).toMatchObject({ id: 2, corners: pageAt(402, 80).corners });
  });

  it('keeps the outline through a short gap and drops it after a long one', () => {
    const seen = [
      [0, pageAt(100, 50)],
      [50, pageAt(100, 50)],
    ] as const;
    expect(trackAt(follow([...seen, [100, undefined], [350, undefined]]), 440)?.id).toBe(1);
    expect(trackAt(follow([...seen, [100, undefined]]), 451)).toBeUndefined();
    expect(follow([...seen, [100, undefined], [460, undefined]]).track).toBeUndefined();
  });

  it('keeps the page of a device that reads two frames a second', () => {
    const tracker = follow([
      [0, pageAt(100, 50)],
      [500, pageAt(101, 50)],
      [1000, pageAt(100, 50)],
      [1500, pageAt(102, 50)],
    ]);
    expect(trackAt(tracker, 1990)?.id).toBe(1);
  });

  it('starts again when the frame changes its shape', () => {
    const tracker = follow([
      [0, pageAt(100, 50)],
      [50, pageAt(100, 50)],
    ]);
    const turned = followOutline(tracker, {
      finding: pageAt(100, 50),
      frame: { width: 360, height: 640 },
      timeMs: 100,
    });
    expect(turned.track).toBeUndefined();
  });
});

describe('glide', () => {
  const from: Quad = pageAt(100, 50).corners;

  it('closes most of a large distance within 100 ms', () => {
    const target = pageAt(200, 50).corners;
    let drawn = from;
    for (let step = 0; step < 6; step += 1) drawn = glide(drawn, target, 16.7, frame);
    expect(displacement(drawn, target, frame)).toBeLessThan(0.1 * displacement(from, target, frame));
  });

  it('damps the jitter of a resting page', () => {
    let drawn = from;
    let swing = 0;
    for (let step = 0; step < 60; step += 1) {
      drawn = glide(drawn, pageAt(100 + (step % 2 === 0 ? 2 : -2), 50).corners, 16.7, frame);
      if (step > 30) swing = Math.max(swing, Math.abs(drawn[0].x - 100));
    }
    expect(swing).toBeLessThan(0.4);
  });

  it('does not depend on the number of steps that the time is cut into', () => {
    const target = pageAt(101, 50).corners;
    const once = glide(from, target, 32, frame);
    const twice = glide(glide(from, target, 16, frame), target, 16, frame);
    expect(once[0].x).toBeCloseTo(twice[0].x, 3);
  });
});
