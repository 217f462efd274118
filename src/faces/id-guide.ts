/** One line of advice for whoever sits before the camera for an ID photo. Pure. */
import type { FaceFrameReading } from '#contract/faces.ts';
import type { HeadRules, Range } from '#contract/id-photos.ts';
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

/** Where the middle of the head goes, as shares of the picture: a little above its middle, as shoulders belong to it. */
export const headMiddle = { x: 0.5, y: 0.46 } as const;

/*
 * Offices refuse a head that leans by more than about 8 degrees (ISO/IEC 19794-5: pose within 5, roll within 8) and turned
 * ones; light, focus and turn as the contract says of its measures, a little stricter as there is time to sit well.
 */
const mostTilt = 6;
const mostTurn = 0.22;
const darkFace = 0.25;
const mostUnevenness = 0.18;
const leastSharpness = 0.05;
/** A head is at most this share of the picture's height: closer, and the lens makes noses large. */
const mostHead = 0.62;
/** How much nearer than needed the head may be before it is asked to come closer. */
const nearEnough = 0.65;
/** The frame of the ID photo must fit into the picture around the head, with some room for a hand that is not steady. */
const roomAround = 0.92;
const mostOffCentre = 0.12;

/** Between which shares of the picture's height the head has to be, so that the frame around it lies inside the picture. */
export function headShares({ headMm }: HeadRules, frameMm: Size, picture: Size): Range {
  const whereFrameFits = Math.min(picture.width / frameMm.width, picture.height / frameMm.height) * roomAround;
  const most = Math.min(mostHead, (whereFrameFits * headMm.most) / picture.height);
  return { least: nearEnough * most, most };
}

/** What is most wrong; one thing at a time, the one that changes most first. */
export function adviseOnId({ faces, light, frameSize }: FaceFrameReading, rules: HeadRules, frameMm: Size): IdHint {
  const [face, another] = faces;
  if (face === undefined) return light.brightness < darkFace ? 'tooDark' : 'noFace';
  if (another !== undefined) return 'several';
  const head = headOf(face);
  const share = head.height / frameSize.height;
  const shares = headShares(rules, frameMm, frameSize);
  if (share < shares.least) return 'closer';
  if (share > shares.most) return 'back';
  const middleY = face.box.y + face.box.height - head.height / 2;
  const offX = (face.box.x + face.box.width / 2) / frameSize.width - headMiddle.x;
  const offY = middleY / frameSize.height - headMiddle.y;
  if (Math.abs(offX) > mostOffCentre) return 'centre';
  if (offY > mostOffCentre) return 'moveUp';
  if (offY < -mostOffCentre) return 'moveDown';
  if (Math.abs(face.pose.tiltDegrees) > mostTilt) return 'straighten';
  if (Math.abs(face.pose.sideTurn) > mostTurn) return 'lookHere';
  if ((light.faceBrightness ?? 1) < darkFace) return 'tooDark';
  if (Math.abs(light.faceUnevenness ?? 0) > mostUnevenness) return 'unevenLight';
  return light.sharpness < leastSharpness ? 'holdStill' : 'good';
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
