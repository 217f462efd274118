/**
 * Faces in pictures: where they are, never whose. There is nothing here by which a person could be known again: no
 * embedding, no identity, and points of a face live for the moment of one answer and are never stored.
 */
import type { PhotoPoint, Size } from './images.ts';

/**
 * What faces are looked for, which decides how sure a finding has to be: `count` wants no face that is not one, `hide` would
 * rather cover one thing too many, `id` wants the eyes as well as they can be had.
 */
export type FacePurpose = 'count' | 'hide' | 'id';

/** Forehead to chin, ear to ear, upright in the picture; pixels of the photo as it is seen, inside of it. */
export interface FaceBox {
  /** Of the top left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface FoundFace {
  readonly box: FaceBox;
  /** Chance that this is a face, 0 to 1. */
  readonly score: number;
  /** For the moment only: to be shown or judged, never to be stored or sent. */
  readonly pose: FacePose;
}

/** How a face is held, from where its eyes and nose seem to be. Rough: fit for a hint on the screen, not for a decision. */
export interface FacePose {
  /** The eye on the left of the picture first, where the face is upright. */
  readonly eyes: readonly [PhotoPoint, PhotoPoint];
  /** Angle of the line through both eyes: degrees clockwise from level, -180 to 180. */
  readonly tiltDegrees: number;
  /**
   * How far the nose is off the middle between the eyes, along their line and in distances of the eyes: about 0 towards the
   * camera, from about 0.35 on clearly turned aside; positive towards the picture's right.
   */
  readonly sideTurn: number;
}

/** Light and focus, measured on the pixels. */
export interface FrameLight {
  /** Mean luma of the frame, 0 (black) to 1. Below about 0.2, a face is hard to see. */
  readonly brightness: number;
  /** The same inside the largest face; `undefined` without one. */
  readonly faceBrightness: number | undefined;
  /**
   * Brightness of the largest face's left half less that of its right half, over the sum of both: -1 to 1, near 0 in even
   * light. `undefined` without a face.
   */
  readonly faceUnevenness: number | undefined;
  /**
   * How sharp the largest face is (the whole frame without one): the spread of luma between neighbours, over that of luma
   * itself. Below about 0.05, it is blurred.
   */
  readonly sharpness: number;
}

/** Name and version of the network that answered, such as `face-detection 1`. */
export type FaceDetector = string;

/** What one frame of the live camera shows. Coordinates are pixels of the frame. */
export interface FaceFrameReading {
  readonly frameSize: Size;
  /** Largest first. */
  readonly faces: readonly FoundFace[];
  readonly light: FrameLight;
  readonly detector: FaceDetector;
}

/**
 * How a face is made unrecognisable: one even colour, a few large cells, or a blur as wide as the face itself. Of none can
 * the face be made out again.
 */
export const hidingStyles = ['solid', 'pixelated', 'blurred'] as const;
export type HidingStyle = (typeof hidingStyles)[number];

/** A part of a photo to hide: the ellipse that fills the box, or all of it. It may reach over the photo's border. */
export interface HiddenArea {
  readonly box: FaceBox;
  readonly shape: 'ellipse' | 'rectangle';
}
