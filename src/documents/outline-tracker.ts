/**
 * Follows the page from frame to frame: which corner is which, whether a jump is real, when the page is lost, and how the
 * drawn outline glides to where the page is. Pure; times come from the caller in milliseconds, points in frame pixels.
 */
import { photoPoint, type Quad, type Size } from '#contract/images.ts';
import type { PageFinding } from '#contract/pages.ts';

/** A page that moves more than this share of the frame's diagonal between two readings (about 50 ms) has jumped. */
const jumpShare = 0.12;
/** Readings that must agree before a new outline or a jump is believed: one stray quad never shows. */
const sightingsToBelieve = 2;
/**
 * A hand across the page or one blurred frame hides it for about a quarter of a second; it must not blink for that.
 * Counted from the first reading without it, so that a device which reads three frames a second does not lose it between two.
 */
const lostAfterMs = 350;

/** Gliding: time constants for a trembling hand (long, no jitter) and for a moving camera (short, no lag). */
const restingTauMs = 140;
const movingTauMs = 35;
/** Distances, in shares of the diagonal, between which the time constant changes from one to the other. */
const restingShare = 0.004;
const movingShare = 0.03;

export interface OutlineReading {
  readonly finding: PageFinding | undefined;
  readonly frame: Size;
  readonly timeMs: number;
}

export interface OutlineTrack {
  /** Changes when another outline is followed: after a loss or a jump. */
  readonly id: number;
  /** As last seen, in an order that does not change while the track lives. */
  readonly corners: Quad;
  readonly cornerConfidence: PageFinding['cornerConfidence'];
  /** When the first reading came that did not find it again; undefined while it is found. */
  readonly missedSinceMs: number | undefined;
}

export interface OutlineTracker {
  readonly frame: Size | undefined;
  readonly track: OutlineTrack | undefined;
  /** A new outline, or one that jumped, that has to be seen again before it is believed. */
  readonly rival: { readonly finding: PageFinding; readonly sightings: number } | undefined;
  readonly nextId: number;
}

export const noOutline: OutlineTracker = { frame: undefined, track: undefined, rival: undefined, nextId: 1 };

export function followOutline(tracker: OutlineTracker, reading: OutlineReading): OutlineTracker {
  const { finding, frame, timeMs } = reading;
  const turned =
    tracker.frame !== undefined && (tracker.frame.width !== frame.width || tracker.frame.height !== frame.height);
  const track = turned || isLost(tracker.track, timeMs) ? undefined : tracker.track;
  if (finding === undefined) return { ...tracker, frame, track: track && missed(track, timeMs), rival: undefined };

  const seen = track === undefined ? finding : alignFinding(finding, track.corners);
  if (track !== undefined && displacement(seen.corners, track.corners, frame) <= jumpShare) {
    const { corners, cornerConfidence } = seen;
    return {
      ...tracker,
      frame,
      track: { id: track.id, corners, cornerConfidence, missedSinceMs: undefined },
      rival: undefined,
    };
  }

  const again =
    tracker.rival === undefined || turned ? undefined : alignFinding(finding, tracker.rival.finding.corners);
  const agrees =
    again !== undefined &&
    tracker.rival !== undefined &&
    displacement(again.corners, tracker.rival.finding.corners, frame) <= jumpShare;
  const rival = agrees ? { finding: again, sightings: tracker.rival.sightings + 1 } : { finding: seen, sightings: 1 };
  if (rival.sightings < sightingsToBelieve) return { ...tracker, frame, track: track && missed(track, timeMs), rival };
  return {
    frame,
    track: {
      id: tracker.nextId,
      corners: rival.finding.corners,
      cornerConfidence: rival.finding.cornerConfidence,
      missedSinceMs: undefined,
    },
    rival: undefined,
    nextId: tracker.nextId + 1,
  };
}

function missed(track: OutlineTrack, timeMs: number): OutlineTrack {
  return { ...track, missedSinceMs: track.missedSinceMs ?? timeMs };
}

function isLost(track: OutlineTrack | undefined, timeMs: number): boolean {
  return track?.missedSinceMs !== undefined && timeMs - track.missedSinceMs > lostAfterMs;
}

/** The track while it is to be shown at `timeMs`. */
export function trackAt(tracker: OutlineTracker, timeMs: number): OutlineTrack | undefined {
  return isLost(tracker.track, timeMs) ? undefined : tracker.track;
}

/** Largest distance that a corner moved, as a share of the frame's diagonal. */
export function displacement(from: Quad, to: Quad, frame: Size): number {
  let largest = 0;
  for (const [index, corner] of from.entries()) {
    const other = to[index];
    if (other !== undefined) largest = Math.max(largest, Math.hypot(corner.x - other.x, corner.y - other.y));
  }
  return largest / Math.hypot(frame.width, frame.height);
}

/**
 * The same finding, its corners starting where the reference's do. The finder guesses which corner is the top left in each
 * frame anew; drawn as it comes, a page held at 45 degrees would spin.
 */
function alignFinding(finding: PageFinding, reference: Quad): PageFinding {
  let best = finding;
  let leastSum = Infinity;
  for (let shift = 0; shift < 4; shift += 1) {
    const candidate = shiftFinding(finding, shift);
    let sum = 0;
    for (const [index, corner] of candidate.corners.entries()) {
      const other = reference[index];
      if (other !== undefined) sum += (corner.x - other.x) ** 2 + (corner.y - other.y) ** 2;
    }
    if (sum < leastSum) [best, leastSum] = [candidate, sum];
  }
  return best;
}

function shiftFinding({ corners, cornerConfidence, confidence }: PageFinding, shift: number): PageFinding {
  return { confidence, corners: shiftFour(corners, shift), cornerConfidence: shiftFour(cornerConfidence, shift) };
}

function shiftFour<T>([a, b, c, d]: readonly [T, T, T, T], shift: number): readonly [T, T, T, T] {
  switch (shift) {
    case 1:
      return [b, c, d, a];
    case 2:
      return [c, d, a, b];
    case 3:
      return [d, a, b, c];
    default:
      return [a, b, c, d];
  }
}

/**
 * Moves the drawn outline towards the page by exponential smoothing over `elapsedMs`. The time constant falls as the
 * distance grows (the idea of the 1-euro filter, Casiez et al., CHI 2012): still at rest, quick when the camera moves.
 */
export function glide(drawn: Quad, target: Quad, elapsedMs: number, frame: Size): Quad {
  const distance = displacement(drawn, target, frame);
  const moving = Math.min(1, Math.max(0, (distance - restingShare) / (movingShare - restingShare)));
  const tauMs = restingTauMs + (movingTauMs - restingTauMs) * moving;
  const share = 1 - Math.exp(-elapsedMs / tauMs);
  const towards = (index: 0 | 1 | 2 | 3) => {
    const [from, to] = [drawn[index], target[index]];
    return photoPoint(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
  };
  return [towards(0), towards(1), towards(2), towards(3)];
}
