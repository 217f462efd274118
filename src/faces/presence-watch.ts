/** From frames to one sentence that does not flicker. Pure; times in milliseconds from the caller. */
import type { FaceFrameReading } from '#contract/faces.ts';

export const sights = ['none', 'one', 'several', 'dark', 'turned', 'far'] as const;
/** What the camera sees: never who, and nothing about why. */
export type Sight = (typeof sights)[number];

/** As the contract says of its measures: darker than this, a face is hard to see; more aside, it is clearly turned. */
const darkFrame = 0.2;
const turnedAside = 0.35;
/** A head on a shoulder still looks at the screen; a head on the table does not. */
const mostTilt = 40;
/** Smaller than an eighth of the picture's height, a face is metres away from a laptop. */
const leastFaceHeight = 1 / 8;

export function sightOf({ faces, light, frameSize }: FaceFrameReading): Sight {
  const [face, another] = faces;
  if (face === undefined) return light.brightness < darkFrame ? 'dark' : 'none';
  if (another !== undefined) return 'several';
  const { sideTurn, tiltDegrees } = face.pose;
  if (Math.abs(sideTurn) > turnedAside || Math.abs(tiltDegrees) > mostTilt) return 'turned';
  return face.box.height < leastFaceHeight * frameSize.height ? 'far' : 'one';
}

export interface PresenceWatch {
  /** What the sentence says; `undefined` before the first second is over. */
  readonly shown: Sight | undefined;
  readonly seen: readonly { readonly sight: Sight; readonly atMs: number }[];
}

export const firstWatch: PresenceWatch = { shown: undefined, seen: [] };

/*
 * The sentence changes when another sight fills nearly all of the last second: a blink, a hand at the chin or one frame of
 * motion blur does not.
 */
const windowMs = 1000;
const leastSpanMs = 600;
const leastShare = 0.75;
/** A device that looks less than three times a second: so many frames then, as far as they are of now. */
const leastFrames = 3;
const oldestMs = 6000;

export function watchPresence({ shown, seen }: PresenceWatch, sight: Sight, atMs: number): PresenceWatch {
  const all = [...seen, { sight, atMs }].filter((each) => atMs - each.atMs < oldestMs);
  const recent = all.filter((each, index) => atMs - each.atMs < windowMs || index >= all.length - leastFrames);
  const spanMs = atMs - (recent[0]?.atMs ?? atMs);
  const share = recent.filter((each) => each.sight === sight).length / recent.length;
  const isSettled = spanMs >= leastSpanMs && share >= leastShare;
  return { shown: isSettled ? sight : shown, seen: recent };
}
