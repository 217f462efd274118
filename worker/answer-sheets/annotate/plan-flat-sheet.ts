import type { AnnotatedSheet } from '#contract/annotations.ts';
import type { Size } from '#contract/images.ts';
import { homographyBetween, projectPoint, type FourPoints, type Homography } from '#worker/vision/geometry.ts';

/**
 * Pixels of the longer side of a flattened sheet: 100 dots per inch on A4, enough to read handwriting, and about 200 kB as a
 * JPEG, so that a class of 40 fits into an e-mail.
 */
const longSidePx = 1200;

/** How a sheet is laid flat: the frame with its margin, upright. */
export interface FlatPlan {
  readonly size: Size;
  readonly pixelsPerUnit: number;
  /** Takes pixels of the photo to pixels of the flat picture. */
  readonly fromPhoto: Homography;
  /** What is shown of the photo, in its pixels; may reach outside of it. */
  readonly shown: FourPoints;
}

/** @throws where three corners lie on a line, which no reading does. */
export function planFlatSheet({
  corners,
  frame,
  marginUnits,
}: Pick<AnnotatedSheet, 'corners' | 'frame' | 'marginUnits'>): FlatPlan {
  const width = frame.width + 2 * marginUnits;
  const height = frame.height + 2 * marginUnits;
  const pixelsPerUnit = longSidePx / Math.max(width, height);
  const left = marginUnits * pixelsPerUnit;
  const right = left + frame.width * pixelsPerUnit;
  const bottom = left + frame.height * pixelsPerUnit;
  const flat: FourPoints = [
    { x: left, y: left },
    { x: right, y: left },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
  const fromPhoto = homographyBetween(corners, flat);
  const toPhoto = homographyBetween(flat, corners);
  if (fromPhoto === undefined || toPhoto === undefined) throw new Error('the corners lie on a line');
  const size = { width: Math.round(width * pixelsPerUnit), height: Math.round(height * pixelsPerUnit) };
  const inPhoto = (x: number, y: number) => projectPoint(toPhoto, { x, y });
  return {
    size,
    pixelsPerUnit,
    fromPhoto,
    shown: [inPhoto(0, 0), inPhoto(size.width, 0), inPhoto(size.width, size.height), inPhoto(0, size.height)],
  };
}
