/**
 * Decides when the camera takes the picture by itself: the page lies steady and sharp for a moment, a countdown is seen,
 * the picture is taken, and then nothing until another page lies there. Pure; driven once per analysed frame.
 */
import type { Quad, Size } from '#contract/images.ts';
import { displacement } from './outline-tracker.ts';

/** A hand that holds still moves the outline by under 1 % of the diagonal; the finder's own jitter is a tenth of that. */
const steadyShare = 0.012;
/** While the ring runs the page may drift a little more before it is called off. */
const calledOffShare = 0.025;
/** Long enough to see that one is meant, short enough for a stack of forty sheets: 1.3 s a page in all. */
const steadyMs = 500;
const countdownMs = 800;
/** Sharpness falls below this share of the best one seen while the lens hunts or the hand shakes. */
const sharpShare = 0.75;
/** The best sharpness is forgotten with this time constant, so that a page which stays softer is taken 1-2 s later. */
const sharpnessMemoryMs = 3000;

/** A page is another one after it was away for this long: longer than a hand that passes over it, ... */
const awayMs = 800;
/** ... or when the outline jumped at least this far at once, ... */
const swappedShare = 0.1;
/** ... or when it has wandered this far. A hand-held camera drifts by less between two shots of one page. */
const wanderedShare = 0.3;

export interface Sighting {
  readonly timeMs: number;
  readonly frame: Size;
  /** The page that is followed, and its track's id; undefined while there is none. */
  readonly page: { readonly id: number; readonly corners: Quad } | undefined;
  readonly sharpness: number;
  /** Nothing stands against a good picture: light, distance, whole page. */
  readonly ready: boolean;
}

export type AutoCapture =
  | { readonly phase: 'watching' }
  | {
      readonly phase: 'steady' | 'counting';
      readonly sinceMs: number;
      readonly trackId: number;
      readonly anchor: Quad;
      readonly best: { readonly sharpness: number; readonly atMs: number };
    }
  | {
      readonly phase: 'taken';
      readonly trackId: number | undefined;
      /** Where the page that was taken lay when it was last seen; undefined when none was seen. */
      readonly corners: Quad | undefined;
      /** Where it lay when the picture was taken. */
      readonly takenAt: Quad | undefined;
      readonly seenAtMs: number;
    };

export const watching: AutoCapture = { phase: 'watching' };

/** The state after a picture was taken, by countdown or by hand: this page is not taken twice. */
export function afterCapture({ timeMs, page }: Sighting): AutoCapture {
  return { phase: 'taken', trackId: page?.id, corners: page?.corners, takenAt: page?.corners, seenAtMs: timeMs };
}

/** One analysed frame on. `fire` is true exactly once per countdown; the state has then moved on to `taken`. */
export function watchFrame(
  state: AutoCapture,
  sighting: Sighting,
): { readonly state: AutoCapture; readonly fire: boolean } {
  if (state.phase === 'taken') return { state: waitForAnother(state, sighting), fire: false };
  const { page, ready, timeMs, frame, sharpness } = sighting;
  if (page === undefined || !ready) return { state: watching, fire: false };
  const fresh = {
    phase: 'steady',
    sinceMs: timeMs,
    trackId: page.id,
    anchor: page.corners,
    best: { sharpness, atMs: timeMs },
  } as const;
  if (state.phase === 'watching' || state.trackId !== page.id) return { state: fresh, fire: false };

  const remembered = state.best.sharpness * Math.exp((state.best.atMs - timeMs) / sharpnessMemoryMs);
  const best = sharpness >= remembered ? fresh.best : state.best;
  const allowedShare = state.phase === 'counting' ? calledOffShare : steadyShare;
  const still = displacement(page.corners, state.anchor, frame) <= allowedShare;
  if (!still || sharpness < sharpShare * remembered) return { state: { ...fresh, best }, fire: false };

  const lastedMs = timeMs - state.sinceMs;
  if (state.phase === 'steady' && lastedMs >= steadyMs) {
    return { state: { ...state, phase: 'counting', sinceMs: timeMs, best }, fire: false };
  }
  if (state.phase === 'counting' && lastedMs >= countdownMs) return { state: afterCapture(sighting), fire: true };
  return { state: { ...state, best }, fire: false };
}

function waitForAnother(
  state: Extract<AutoCapture, { phase: 'taken' }>,
  { page, frame, timeMs }: Sighting,
): AutoCapture {
  if (page === undefined) return timeMs - state.seenAtMs >= awayMs ? watching : state;
  // Taken by hand without an outline: whatever is found first may be that very page, so it is taken for it.
  if (state.corners === undefined || state.takenAt === undefined) {
    return { phase: 'taken', trackId: page.id, corners: page.corners, takenAt: page.corners, seenAtMs: timeMs };
  }
  const away = timeMs - state.seenAtMs >= awayMs;
  const swapped = page.id !== state.trackId && displacement(page.corners, state.corners, frame) >= swappedShare;
  const wandered = displacement(page.corners, state.takenAt, frame) >= wanderedShare;
  if (away || swapped || wandered) return watching;
  return { ...state, trackId: page.id, corners: page.corners, seenAtMs: timeMs };
}

/** How much of the countdown has run, 0 to 1; undefined while none runs. */
export function countdownShare(state: AutoCapture, timeMs: number): number | undefined {
  if (state.phase !== 'counting') return undefined;
  return Math.min(1, Math.max(0, (timeMs - state.sinceMs) / countdownMs));
}
