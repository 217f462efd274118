import { expect, test } from 'vitest';
import type { FaceFrameReading, FoundFace } from '#contract/faces.ts';
import { photoPoint } from '#contract/images.ts';
import { firstWatch, sightOf, watchPresence, type Sight } from './presence-watch.ts';

function face(
  change: { readonly height?: number; readonly sideTurn?: number; readonly tiltDegrees?: number } = {},
): FoundFace {
  const { height = 100, sideTurn = 0, tiltDegrees = 0 } = change;
  return {
    box: { x: 100, y: 60, width: 80, height },
    score: 0.9,
    pose: { eyes: [photoPoint(120, 100), photoPoint(160, 100)], tiltDegrees, sideTurn },
  };
}

function frame(faces: readonly FoundFace[], brightness = 0.5): FaceFrameReading {
  return {
    frameSize: { width: 320, height: 240 },
    faces,
    light: { brightness, faceBrightness: undefined, faceUnevenness: undefined, sharpness: 0.2 },
    detector: 'test 1',
  };
}

test.each<[Sight, FaceFrameReading]>([
  ['none', frame([])],
  ['dark', frame([], 0.1)],
  ['one', frame([face()])],
  // A face that is seen in the dark is seen.
  ['one', frame([face()], 0.1)],
  ['several', frame([face(), face()])],
  ['turned', frame([face({ sideTurn: -0.5 })])],
  ['turned', frame([face({ tiltDegrees: 60 })])],
  ['far', frame([face({ height: 20 })])],
])('%s', (sight, reading) => {
  expect(sightOf(reading)).toBe(sight);
});

/** The sentences that a run of frames, ten a second, shows one after the other. */
function sentences(frames: readonly Sight[]) {
  let watch = firstWatch;
  const shown: (Sight | undefined)[] = [];
  for (const [index, sight] of frames.entries()) {
    watch = watchPresence(watch, sight, index * 100);
    if (watch.shown !== shown.at(-1)) shown.push(watch.shown);
  }
  return shown;
}

const many = (sight: Sight, times: number): Sight[] => Array.from({ length: times }, () => sight);

test('a change shows within a second, and once', () => {
  expect(sentences([...many('one', 20), ...many('none', 9)])).toEqual(['one', 'none']);
});

test('single frames and a trembling border between two sights do not flicker', () => {
  const blinks = Array.from({ length: 60 }, (_, index): Sight => (index % 7 === 6 ? 'none' : 'one'));
  expect(sentences(blinks)).toEqual(['one']);
  const border = Array.from({ length: 60 }, (_, index): Sight => (index % 2 === 0 ? 'far' : 'one'));
  expect(sentences([...many('one', 20), ...border])).toEqual(['one']);
});

test('a slow device that looks once in two seconds says it all the same', () => {
  let watch = firstWatch;
  const shown = (['one', 'one', 'one', 'none', 'none', 'none'] as const).map((sight, index) => {
    watch = watchPresence(watch, sight, index * 2000);
    return watch.shown;
  });
  expect(shown).toEqual([undefined, 'one', 'one', 'one', 'one', 'none']);
});

test('says nothing before it has looked for a while, also after a pause', () => {
  expect(sentences(many('one', 5))).toEqual([]);
  let watch = firstWatch;
  for (let atMs = 0; atMs < 2000; atMs += 100) watch = watchPresence(watch, 'one', atMs);
  watch = watchPresence(watch, 'none', 60_000);
  expect(watch.shown).toBe('one');
});
