import type { RgbaImage } from '#contract/images.ts';
import type { EdgeLine } from '#contract/pages.ts';
import { findPage } from './find-page.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';

/**
 * Long straight edges of a photo, strongest first, for the crop editor to snap to.
 *
 * @param photo scaled as for `findPage`.
 * @returns lines in pixels of the picture passed in.
 */
export function findEdgeLines(cv: OpenCv, photo: RgbaImage): readonly EdgeLine[] {
  const finding = findPage(cv, photo, 'photo');
  if (finding === undefined) return [];
  const [a, b, c, d] = finding.corners;
  return [
    { from: a, to: b },
    { from: b, to: c },
    { from: c, to: d },
    { from: d, to: a },
  ];
}
