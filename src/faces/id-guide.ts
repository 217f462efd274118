/** One line of advice for whoever sits before the camera for an ID photo. Pure. */
import type { FaceFrameReading } from '#contract/faces.ts';
import type { HeadRules } from '#contract/id-photos.ts';
import type { Size } from '#contract/images.ts';
import { headOf } from './id-placement.ts';

export const idHints = [
  'starting',
  'noFace',
  'several',
  'tooDark',
  'closer',
  'back',
  'moveUp',
  'moveDown',
  'centre',
  'straighten',
  'lookHere',
  'unevenLight',
  'holdStill',
  'good',
] as const;
export type IdHint = (typeof idHints)[number];

/** Where the head goes, as shares of the picture: an oval that leaves room for shoulders and for cutting. */
export const headOval = { centreX: 0.5, centreY: 0.45 } as const;

/*
 * Offices refuse a head that leans by more than about 8 degrees (ISO/IEC 19794-5: pose within 5, roll within 8) and turned
 * ones; light, focus and turn as the contract says of its measures, a little stricter as there is time to sit well.
 */
const mostTilt = 6;
const mostTurn = 0.22;
const darkFace = 0.25;
const mostUnevenness = 0.18;
const leastSharpness = 0.05;
/** The head's share of the picture's height: the frame then has enough pixels, and fits with the room around it. */
const leastHead = 0.34;
const mostHead = 0.62;
const mostOffCentre = 0.12;

/** What is most wrong; one thing at a time, the one that changes most first. */
export function adviseOnId({ faces, light, frameSize }: FaceFrameReading): IdHint {
  const [face, another] = faces;
  if (face === undefined) return light.brightness < darkFace ? 'tooDark' : 'noFace';
  if (another !== undefined) return 'several';
  const head = headOf(face);
  const share = head.height / frameSize.height;
  if (share < leastHead) return 'closer';
  if (share > mostHead) return 'back';
  const middleY = face.box.y + face.box.height - head.height / 2;
  const offX = (face.box.x + face.box.width / 2) / frameSize.width - headOval.centreX;
  const offY = middleY / frameSize.height - headOval.centreY;
  if (Math.abs(offX) > mostOffCentre) return 'centre';
  if (offY > mostOffCentre) return 'moveUp';
  if (offY < -mostOffCentre) return 'moveDown';
  if (Math.abs(face.pose.tiltDegrees) > mostTilt) return 'straighten';
  if (Math.abs(face.pose.sideTurn) > mostTurn) return 'lookHere';
  if ((light.faceBrightness ?? 1) < darkFace) return 'tooDark';
  if (Math.abs(light.faceUnevenness ?? 0) > mostUnevenness) return 'unevenLight';
  return light.sharpness < leastSharpness ? 'holdStill' : 'good';
}

/** The oval's height and width as shares of the picture's height, for rules whose frame fits into the picture around it. */
export function ovalShares(rules: HeadRules, frameMm: Size): Size {
  const height = (leastHead + mostHead) / 2;
  const headMm = (rules.headMm.least + rules.headMm.most) / 2;
  // No head is wider than three quarters of its height, and none wider than its frame.
  return { height, width: height * Math.min(0.75, frameMm.width / headMm) };
}

export interface IdGuide {
  readonly hint: IdHint;
  readonly candidate: IdHint;
  readonly sinceMs: number;
}

export const firstGuide: IdGuide = { hint: 'starting', candidate: 'starting', sinceMs: 0 };

/** Advice stands before it is shown: shorter than it takes to read, and it would only flicker. */
const standsMs = 400;

export function guide({ hint, candidate, sinceMs }: IdGuide, advice: IdHint, atMs: number): IdGuide {
  if (advice !== candidate) return { hint, candidate: advice, sinceMs: atMs };
  return { hint: atMs - sinceMs >= standsMs ? advice : hint, candidate, sinceMs };
}
