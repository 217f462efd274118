import { photoPoint, type PhotoPoint, type Quad, type RgbaImage } from '#contract/images.ts';
import type { PageFinding } from '#contract/pages.ts';
import { cornerAt, orderCorners, type FourPoints } from '#worker/vision/geometry.ts';
import { measureGradients } from '#worker/vision/gradient-field.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import { traceSegments } from '#worker/vision/segments.ts';
import { joinLines, type Candidate } from './find-page-candidates.ts';
import { measureCandidate, type Measured } from './find-page-features.ts';
import { findSideLines } from './find-page-lines.ts';
import { refineCorners } from './find-page-refine.ts';
import { confidenceOf, scoreCandidate } from './find-page-score.ts';

/**
 * The long side that a decoded photo or frame is scaled to before `findPage` sees it; never scaled up. On 28 real photos
 * 512 pixels find as many pages as 640 (mean IoU .973 against .970: less of the ground's grain) in 0.7 of the time.
 */
export const findingLongSidePx = { photo: 512, live: 448 } as const;

/** `live` answers in time for a moving camera, `photo` takes care. */
export type Effort = keyof typeof findingLongSidePx;

/** How many lines are joined, and how many quads looked at closely. */
const limits = { photo: { lines: 32, candidates: 24 }, live: { lines: 20, candidates: 16 } } as const;

/** Segments shorter than this, in pixels, are letters and texture more often than sides. */
const shortestSegmentPx = 12;

/** Below this there is "no page". None of the 13 negatives at hand comes near, and no real page is below 0.6. */
const leastConfidence = 0.3;

/**
 * Finds the one page in a photo: lines are joined to quads, every quad gets one score, the best is fitted to its edges.
 *
 * @param _cv not needed so far: at this size plain arrays are faster than copies into OpenCV's heap and back.
 * @param photo scaled so that its long side is at most `findingLongSidePx[effort]`.
 * @returns corners in pixels of the picture passed in, clockwise from the top left, or `undefined` for "no page".
 */
export function findPage(_cv: OpenCv, photo: RgbaImage, effort: Effort): PageFinding | undefined {
  const { width, height } = photo;
  if (Math.min(width, height) < 48) return undefined;
  const field = measureGradients(photo);
  const segments = traceSegments(field, shortestSegmentPx);
  const lines = findSideLines(field, segments, limits[effort].lines);
  const candidates = joinLines(lines, photo, limits[effort].candidates);
  let best: { candidate: Candidate; measured: Measured; score: number } | undefined;
  for (const candidate of candidates) {
    const measured = measureCandidate(field, candidate);
    const score = scoreCandidate(measured);
    if (best === undefined || score > best.score) best = { candidate, measured, score };
  }
  if (best === undefined) return undefined;
  const confidence = confidenceOf(best.score);
  if (confidence < leastConfidence) return undefined;
  return orderFinding(refineCorners(field, best.candidate), best.measured.cornerSupport, confidence);
}

/** Puts the corners in reading order, each with its own confidence: that of the page, less where edges give out. */
function orderFinding(corners: FourPoints, cornerSupport: Measured['cornerSupport'], confidence: number): PageFinding {
  const trusted = new Map<PhotoPoint, number>();
  const point = (index: number): PhotoPoint => {
    const { x, y } = cornerAt(corners, index);
    const corner = photoPoint(x, y);
    const support = cornerSupport[index] ?? 0;
    // Where both sides are borders of the picture there is no edge to doubt.
    trusted.set(corner, support < 0 ? confidence : confidence * Math.min(1, 0.5 + support));
    return corner;
  };
  const ordered: Quad<PhotoPoint> = orderCorners([point(0), point(1), point(2), point(3)]);
  const [a, b, c, d] = ordered;
  const confidenceAt = (corner: PhotoPoint): number => trusted.get(corner) ?? confidence;
  return {
    corners: ordered,
    confidence,
    cornerConfidence: [confidenceAt(a), confidenceAt(b), confidenceAt(c), confidenceAt(d)],
  };
}
