/**
 * The one line of advice under the viewfinder: chosen from what the last frames showed, and held long enough to be read.
 * Pure; times in milliseconds from the caller.
 */
import type { Size } from '#contract/images.ts';
import type { OutlineTrack } from './outline-tracker.ts';

export type ScanHint = 'starting' | 'tooDark' | 'noPage' | 'wholePage' | 'moveCloser' | 'holdStill' | 'ready';

/** Another hint must be right for this long before it replaces the one that stands: a line that flickers is not read. */
const holdMs = 450;

/** Each pair is (worse than this: the hint comes, better than that: it goes). */
/** Mean grey value of the frame. A desk under one ceiling lamp at night measures about 60. */
const darkBelow = { comes: 45, goes: 55 };
/** A page that fills less of the frame than this comes out at under about 130 dots per inch on a 12-megapixel still. */
const farBelow = { comes: 0.18, goes: 0.22 };
/** Diagonals a second that the fastest corner moves; a shutter time of 1/30 s then smears by about 10 px in 1280x720. */
const movingAbove = { comes: 0.2, goes: 0.12 };
/** Distance of a corner to the edge of the frame, as a share of its short side. */
const cutBelow = { comes: 0.006, goes: 0.015 };
/** Share of the best sharpness seen lately. */
const blurredBelow = { comes: 0.5, goes: 0.65 };
const sharpnessMemoryMs = 4000;

export interface HintReading {
  readonly timeMs: number;
  readonly frame: Size;
  readonly track: OutlineTrack | undefined;
  readonly brightness: number;
  readonly sharpness: number;
  readonly coverage: number;
}

export interface ScanHints {
  /** What the line says. */
  readonly hint: ScanHint;
  /** What the last frame alone would say, before it is held long enough to be shown. */
  readonly sensed: ScanHint;
  readonly sensedSinceMs: number;
  readonly last: { readonly reading: HintReading; readonly speed: number; readonly bestSharpness: number } | undefined;
}

export const noHints: ScanHints = { hint: 'starting', sensed: 'starting', sensedSinceMs: 0, last: undefined };

export function adviseOn(hints: ScanHints, reading: HintReading): ScanHints {
  const speed = cornerSpeed(hints.last?.reading, reading);
  // Smoothed over a few frames: one jittery reading is not a moving hand.
  const smoothSpeed = hints.last === undefined ? speed : 0.6 * hints.last.speed + 0.4 * speed;
  const elapsedMs = hints.last === undefined ? 0 : reading.timeMs - hints.last.reading.timeMs;
  const remembered = (hints.last?.bestSharpness ?? 0) * Math.exp(-elapsedMs / sharpnessMemoryMs);
  const bestSharpness = Math.max(reading.sharpness, remembered);
  const last = { reading, speed: smoothSpeed, bestSharpness };

  const sensed = senseHint(hints.hint, last);
  const sensedSinceMs = sensed === hints.sensed ? hints.sensedSinceMs : reading.timeMs;
  const heldLongEnough = reading.timeMs - sensedSinceMs >= holdMs || hints.hint === 'starting';
  return { hint: heldLongEnough ? sensed : hints.hint, sensed, sensedSinceMs, last };
}

/** True when the frame itself is good enough to take, whatever line still stands. */
export function isReady(hints: ScanHints): boolean {
  return hints.sensed === 'ready';
}

function senseHint(standing: ScanHint, { reading, speed, bestSharpness }: NonNullable<ScanHints['last']>): ScanHint {
  const below = (value: number, limit: { comes: number; goes: number }, hint: ScanHint) =>
    value < (standing === hint ? limit.goes : limit.comes);
  if (below(reading.brightness, darkBelow, 'tooDark')) return 'tooDark';
  if (reading.track === undefined) return 'noPage';
  if (below(edgeDistance(reading.track, reading.frame), cutBelow, 'wholePage')) return 'wholePage';
  if (below(reading.coverage, farBelow, 'moveCloser')) return 'moveCloser';
  const isMoving = speed > (standing === 'holdStill' ? movingAbove.goes : movingAbove.comes);
  if (isMoving || below(reading.sharpness / bestSharpness, blurredBelow, 'holdStill')) return 'holdStill';
  return 'ready';
}

function cornerSpeed(before: HintReading | undefined, now: HintReading): number {
  if (before?.track === undefined || now.track === undefined || before.track.id !== now.track.id) return 0;
  const elapsedSeconds = (now.timeMs - before.timeMs) / 1000;
  if (elapsedSeconds <= 0) return 0;
  let furthest = 0;
  for (const [index, corner] of now.track.corners.entries()) {
    const was = before.track.corners[index];
    if (was !== undefined) furthest = Math.max(furthest, Math.hypot(corner.x - was.x, corner.y - was.y));
  }
  return furthest / Math.hypot(now.frame.width, now.frame.height) / elapsedSeconds;
}

/** Distance of the outermost corner to the frame's edge, as a share of the short side; negative when it lies outside. */
function edgeDistance({ corners }: OutlineTrack, frame: Size): number {
  const distances = corners.map(({ x, y }) => Math.min(x, y, frame.width - x, frame.height - y));
  return Math.min(...distances) / Math.min(frame.width, frame.height);
}
