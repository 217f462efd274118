import { photoPoint, type RgbaImage } from '#contract/images.ts';
import type { EdgeLine } from '#contract/pages.ts';
import { measureGradients } from '#worker/vision/gradient-field.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import { traceSegments } from '#worker/vision/segments.ts';

/** Shortest edge worth snapping to, as a share of the photo's long side. */
const shortestShare = 0.05;

/** More lines than this only get in the way of the dragging finger. */
const mostLines = 60;

/**
 * Long straight edges of a photo, most conspicuous first, for the crop editor to snap to.
 *
 * @param photo scaled as for `findPage`.
 * @returns lines in pixels of the picture passed in, at most 60.
 */
export function findEdgeLines(_cv: OpenCv, photo: RgbaImage): readonly EdgeLine[] {
  if (Math.min(photo.width, photo.height) < 8) return [];
  const segments = traceSegments(measureGradients(photo), shortestShare * Math.max(photo.width, photo.height));
  return segments
    .toSorted((a, b) => b.length * b.strength - a.length * a.strength)
    .slice(0, mostLines)
    .map(({ fromX, fromY, toX, toY }) => ({ from: photoPoint(fromX, fromY), to: photoPoint(toX, toY) }));
}
