import type { RgbaImage } from '#contract/images.ts';
import { squashPicture } from '#worker/vision/squash-picture.ts';

/** Side of the square picture that the document detector takes, whatever the photo's shape. */
export const detectorInputPx = 256;

/** Side of the square maps that it gives: each of their pixels stands for 4 x 4 of its input. */
export const mapPx = 64;

/**
 * What the document detector sees in a photo (models/document-detection). All values are probabilities, 0 to 1; maps are
 * rows of `mapPx`, stretched over the whole photo.
 */
export interface PageMaps {
  /** Inside of a page that lies on top. */
  readonly page: Float32Array;
  /** Along the sides of such pages. */
  readonly sides: Float32Array;
  /** Around their corners. */
  readonly corners: Float32Array;
  /** That there is a page at all. */
  readonly presence: number;
  /** Which detector: name and version of the model. */
  readonly detector: string;
}

/** The detector, as this room is handed it. `undefined`: it cannot be had now. */
export type MapPage = (photo: RgbaImage) => Promise<PageMaps | undefined>;

/**
 * The picture as the detector takes it: squashed to a square by area, R, G, B from 0 to 1, row by row.
 *
 * @param photo of at least one pixel each way; where it is smaller than the square it is enlarged without smoothing.
 */
export function prepareDetectorInput(photo: RgbaImage): Float32Array {
  return squashPicture(photo, { width: detectorInputPx, height: detectorInputPx });
}

/** Splits the detector's one output of three channels. */
export function splitMaps(maps: Float32Array, presence: number, detector: string): PageMaps {
  const channel = (offset: number): Float32Array => {
    const values = new Float32Array(mapPx * mapPx);
    for (let at = 0; at < values.length; at++) values[at] = maps[3 * at + offset] ?? 0;
    return values;
  };
  return { page: channel(0), sides: channel(1), corners: channel(2), presence, detector };
}
