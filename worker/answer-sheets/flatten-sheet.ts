import type { Quad, RgbaImage, Size } from '#contract/images.ts';
import { homographyBetween, projectPoint, type FourPoints } from '#worker/vision/geometry.ts';
import { warpQuad } from '#worker/vision/warp-quad.ts';

export interface FlatSheet {
  /** Of the sheet that `corners` in the photo are the corners of, in its units. */
  readonly frame: Size;
  readonly marginUnits: number;
  readonly pixelsPerUnit: number;
}

/**
 * Cuts the sheet's frame with a margin around it out of the photo and undoes its perspective. Where the margin lies outside
 * the photo, the photo's edge goes on.
 *
 * @param corners of the frame, in pixels of `photo`.
 */
export function flattenSheet(photo: RgbaImage, corners: Quad, flat: FlatSheet): RgbaImage {
  return warpQuad(photo, withMargin(corners, flat), flatSize(flat));
}

export function flatSize({ frame, marginUnits, pixelsPerUnit }: FlatSheet): Size {
  return {
    width: Math.max(1, Math.round((frame.width + 2 * marginUnits) * pixelsPerUnit)),
    height: Math.max(1, Math.round((frame.height + 2 * marginUnits) * pixelsPerUnit)),
  };
}

function withMargin(corners: Quad, { frame: { width, height }, marginUnits }: FlatSheet): FourPoints {
  const frame = rectangle(0, 0, width, height);
  const toPhoto = homographyBetween(frame, corners);
  // A sheet that was found has corners that enclose something; others are not asked for.
  if (toPhoto === undefined) throw new Error('the corners of the sheet lie on a line');
  const [a, b, c, d] = rectangle(-marginUnits, -marginUnits, width + marginUnits, height + marginUnits);
  return [projectPoint(toPhoto, a), projectPoint(toPhoto, b), projectPoint(toPhoto, c), projectPoint(toPhoto, d)];
}

function rectangle(left: number, top: number, right: number, bottom: number): FourPoints {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}
