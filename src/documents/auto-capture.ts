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

/**
 * The page that was taken is gone when it was not seen for this long: longer than a hand that passes over it. And in so
 * many readings: a slow device that misses it once or twice has not seen it go.
 */
const awayMs = 800;
const awayReadings = 4;
/** An outline that jumps at least this far is another page; nearer, it is the same one found anew. */
const swappedShare = 0.1;
/** A camera that follows the page this far has been carried to another. By hand it drifts less between two shots of one page. */
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

/** The page that was taken last, for as long as it may still lie there. */
interface TakenPage {
  /** Where it lay when the picture was taken, and where it was seen last; undefined when it was taken unseen. */
  readonly at: Quad | undefined;
  readonly seen: Quad | undefined;
  readonly trackId: number | undefined;
  /** Readings without any page since it was seen last. */
  readonly missing: { readonly sinceMs: number; readonly readings: number } | undefined;
}

interface Waiting {
  readonly phase: 'watching' | 'taken';
  readonly taken: TakenPage | undefined;
}

interface Resting {
  readonly phase: 'steady' | 'counting';
  readonly taken: TakenPage | undefined;
  readonly sinceMs: number;
  readonly trackId: number;
  readonly anchor: Quad;
  readonly best: { readonly sharpness: number; readonly atMs: number };
}

/** `watching` for a page, which lies `steady`, is `counting` down, and was `taken`. */
export type AutoCapture = Waiting | Resting;

export const watching: AutoCapture = { phase: 'watching', taken: undefined };

/** The state after a picture was taken, by countdown or by hand: this page is not taken twice. */
export function afterCapture({ page }: Sighting): AutoCapture {
  const taken = { at: page?.corners, seen: page?.corners, trackId: page?.id, missing: undefined };
  return { phase: 'taken', taken };
}

/** One analysed frame on. `fire` is true exactly once per countdown; the state has then moved on to `taken`. */
export function watchFrame(
  state: AutoCapture,
  sighting: Sighting,
): { readonly state: AutoCapture; readonly fire: boolean } {
  const { page, ready, timeMs, frame, sharpness } = sighting;
  const { taken, isThere } = lookForTaken(state.taken, sighting);
  if (taken !== undefined && (isThere || page === undefined)) return { state: { phase: 'taken', taken }, fire: false };
  if (page === undefined || !ready) return { state: { phase: 'watching', taken }, fire: false };
  const fresh = {
    phase: 'steady',
    taken,
    sinceMs: timeMs,
    trackId: page.id,
    anchor: page.corners,
    best: { sharpness, atMs: timeMs },
  } as const;
  const isResting = state.phase === 'steady' || state.phase === 'counting';
  if (!isResting || state.trackId !== page.id) return { state: fresh, fire: false };

  const remembered = state.best.sharpness * Math.exp((state.best.atMs - timeMs) / sharpnessMemoryMs);
  const best = sharpness >= remembered ? fresh.best : state.best;
  const allowedShare = state.phase === 'counting' ? calledOffShare : steadyShare;
  const still = displacement(page.corners, state.anchor, frame) <= allowedShare;
  if (!still || sharpness < sharpShare * remembered) return { state: { ...fresh, best }, fire: false };

  const lastedMs = timeMs - state.sinceMs;
  if (state.phase === 'steady' && lastedMs >= steadyMs) {
    return { state: { ...state, taken, phase: 'counting', sinceMs: timeMs, best }, fire: false };
  }
  if (state.phase === 'counting' && lastedMs >= countdownMs) return { state: afterCapture(sighting), fire: true };
  return { state: { ...state, taken, best }, fire: false };
}

/** Whether the page that is seen is the one that was taken, and what is remembered of that one. */
function lookForTaken(
  taken: TakenPage | undefined,
  { page, frame, timeMs }: Sighting,
): { readonly taken: TakenPage | undefined; readonly isThere: boolean } {
  if (taken === undefined) return { taken, isThere: false };
  if (page === undefined) {
    const missing = { sinceMs: taken.missing?.sinceMs ?? timeMs, readings: (taken.missing?.readings ?? 0) + 1 };
    const isGone = missing.readings >= awayReadings && timeMs - missing.sinceMs >= awayMs;
    return { taken: isGone ? undefined : { ...taken, missing }, isThere: false };
  }
  const { corners, id: trackId } = page;
  const isSame = taken.seen === undefined || taken.trackId === trackId || isNear(corners, taken.seen, frame);
  // Another outline is not proof that the page went: one that the finder took for a moment is remembered beside it.
  if (!isSame) return { taken, isThere: false };
  const at = taken.at ?? corners;
  if (displacement(corners, at, frame) >= wanderedShare) return { taken: undefined, isThere: false };
  return { taken: { at, seen: corners, trackId, missing: undefined }, isThere: true };
}

function isNear(corners: Quad, seen: Quad, frame: Size): boolean {
  return displacement(corners, seen, frame) < swappedShare;
}

/** How much of the countdown has run, 0 to 1; undefined while none runs. */
export function countdownShare(state: AutoCapture, timeMs: number): number | undefined {
  if (state.phase !== 'counting') return undefined;
  return Math.min(1, Math.max(0, (timeMs - state.sinceMs) / countdownMs));
}
