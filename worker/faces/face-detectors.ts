import type { FacePurpose } from '#contract/faces.ts';
import type { Size } from '#contract/images.ts';
import { decodeBlazeface } from './decode-blazeface.ts';
import { decodeYunet } from './decode-yunet.ts';
import type { Candidate, FaceNetwork } from './face-network.ts';
import type { Evidence } from './join-candidates.ts';

/** How a family of networks is run, and what its answers mean. */
export interface FaceDetectorForm {
  decode(outputs: Readonly<Record<string, Float32Array>>, size: Size, leastScore: number): readonly Candidate[];
  /** Its input is `2 v - 1` of R, G, B from 0 to 1, or these as they are. */
  readonly isSigned: boolean;
  /** Long sides at which it looks at a picture, pixels, from coarse to fine. */
  readonly passesPx: {
    /** A frame of the camera, where a face is near. */
    readonly live: readonly number[];
    readonly photo: readonly number[];
    /** Besides, for photos larger than `largePhotoPx`. */
    readonly largePhoto: readonly number[];
    /** Besides, where no face may be missed. */
    readonly thorough: readonly number[];
    /** A photo in which nothing was found, for each way in which it may lie on its side. */
    readonly turned: readonly number[];
  };
  readonly evidence: Evidence;
}

/** Photos with a long side above this have faces of 24 pixels that are too small for the usual passes. */
export const largePhotoPx = 1400;

/** Guesses below this are noise for both. */
export const leastScore = 0.3;

/**
 * The networks are made of convolutions, so one run over a larger picture does what overlapping tiles do, without their seams and
 * at half their cost. Passes, what a witness weighs and the thresholds were chosen on halves of `shared/data/faces`, each half
 * judged by what was chosen on the other.
 */
export const faceDetectors: Readonly<Record<FaceNetwork['family'], FaceDetectorForm>> = {
  blazeface: {
    decode: decodeBlazeface,
    isSigned: true,
    passesPx: { live: [256], photo: [256, 384, 640], largePhoto: [1280], thorough: [1280], turned: [256, 384] },
    // Found at 11 pixels four times in five, at 260 always.
    evidence: { visiblePx: { from: 11, to: 260 }, seen: 0.3, unseen: 0.5 },
  },
  yunet: {
    decode: decodeYunet,
    isSigned: false,
    // At 640 pixels F1 is .993 in place of .995, in 80 ms in place of 64.
    passesPx: { live: [320], photo: [576], largePhoto: [], thorough: [1280], turned: [320] },
    evidence: { visiblePx: { from: 6, to: 700 }, seen: 0.3, unseen: 0.5 },
  },
};

/** `again`: at a photo in which faces were hidden. */
export type LookPurpose = FacePurpose | 'again';

/** From which chance on a face is told of. */
export const thresholds: Readonly<Record<LookPurpose | 'turned', number>> = {
  count: 0.75,
  // By the mean of the witnesses. Of 292 faces this leaves 1 in sight and takes 67 things for faces in 42 pictures; by their sum at
  // 0.4 it was 7 and 33. A person looks at all of them, and sees one outline too many sooner than one too few.
  hide: 0.43,
  id: 0.75,
  // Whatever others still take for a face: well below what counts as one.
  again: 0.4,
  // Three more looks at a picture without a face are three more chances to see one.
  turned: 0.9,
};
