import { photoPoint, type PhotoPoint, type Quad, type RgbaImage, type Size } from '#contract/images.ts';
import type { PageFinding } from '#contract/pages.ts';
import { cornerAt, orderCorners, type FourPoints } from '#worker/vision/geometry.ts';
import { measureGradients, type GradientField } from '#worker/vision/gradient-field.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import { traceSegments } from '#worker/vision/segments.ts';
import { joinLines, type Candidate } from './find-page-candidates.ts';
import { measureByMaps } from './judge-by-maps.ts';
import { measureCandidate, type Measured } from './find-page-features.ts';
import { findSideLines } from './find-page-lines.ts';
import { refineCorners } from './find-page-refine.ts';
import { confidenceOf, confidenceWithMaps, scoreCandidate, scoreWithMaps } from './find-page-score.ts';
import type { PageMaps } from './page-maps.ts';
import { chooseLines, proposeSides } from './propose-sides.ts';

/**
 * The long side that a decoded photo or frame is scaled to before `findPage` sees it; never scaled up. On 28 real photos
 * 512 pixels find as many pages as 640 (mean IoU .973 against .970: less of the ground's grain) in 0.7 of the time.
 */
export const findingLongSidePx = { photo: 512, live: 448 } as const;

/** `live` answers in time for a moving camera, `photo` takes care. */
export type Effort = keyof typeof findingLongSidePx;

/** How many lines are joined, and how many quads looked at closely; fewer where the detector shows where to look. */
const limits = {
  photo: { alone: { lines: 32, candidates: 24 }, withMaps: { lines: 26, candidates: 16 } },
  live: { alone: { lines: 20, candidates: 16 }, withMaps: { lines: 16, candidates: 8 } },
} as const;

/** Segments shorter than this, in pixels, are letters and texture more often than sides. */
const shortestSegmentPx = 12;

/** Below this there is "no page". None of the 13 negatives at hand comes near, and no real page is below 0.6. */
const leastConfidence = 0.3;

/**
 * A frame of the camera whose page the detector outlines this surely is not searched for other lines: that would cost
 * half of the time again, and the next frame comes in any case.
 */
const sureConfidence = 0.8;

/** Candidates from the sides of one page that the detector sees: which of them are opposite is not certain. */
const candidatesPerProposal = 3;

/**
 * Finds the one page in a photo: lines are joined to quads, every quad gets one score, the best is fitted to its edges.
 * The document detector, where there is one, proposes sides of its own, and its maps have a say in the score.
 *
 * @param _cv not needed so far: at this size plain arrays are faster than copies into OpenCV's heap and back.
 * @param photo scaled so that its long side is at most `findingLongSidePx[effort]`.
 * @param maps what the detector sees in this very photo; without it, lines and colours decide alone.
 * @returns corners in pixels of the picture passed in, clockwise from the top left, or `undefined` for "no page".
 */
export function findPage(_cv: OpenCv, photo: RgbaImage, effort: Effort, maps?: PageMaps): PageFinding | undefined {
  const { width, height } = photo;
  if (Math.min(width, height) < 48) return undefined;
  const field = measureGradients(photo);
  const best = judgeCandidates(field, photo, effort, maps);
  if (best === undefined) return undefined;
  const confidence = maps === undefined ? confidenceOf(best.score) : confidenceWithMaps(best.score);
  if (confidence < leastConfidence) return undefined;
  const finding = orderFinding(refineCorners(field, best.candidate), best.measured.cornerSupport, confidence);
  return maps === undefined ? finding : { ...finding, detector: maps.detector };
}

/** A candidate with what was measured of it, and its log odds of being the page. */
interface Judged {
  readonly candidate: Candidate;
  readonly measured: Measured;
  readonly score: number;
}

/** The best of all candidates: of the detector's own, and of those that the picture's lines join to. */
function judgeCandidates(
  field: GradientField,
  picture: Size,
  effort: Effort,
  maps: PageMaps | undefined,
): Judged | undefined {
  const judge = (candidate: Candidate) => judgeCandidate(field, picture, maps, candidate);
  const proposals = maps === undefined ? [] : proposeSides(field, maps);
  const proposed = bestOf(
    proposals.flatMap((sides) => joinLines(sides, picture, candidatesPerProposal, 'detector')).map(judge),
  );
  if (effort === 'live' && proposed !== undefined && confidenceWithMaps(proposed.score) >= sureConfidence)
    return proposed;
  const most = limits[effort][maps === undefined ? 'alone' : 'withMaps'];
  const found = findSideLines(field, traceSegments(field, shortestSegmentPx), most.lines);
  const lines =
    maps === undefined
      ? found
      : [...chooseLines(found, maps, picture), ...proposals.flat().filter(({ border }) => !border)];
  const joined = joinLines(lines, picture, most.candidates).map(judge);
  return bestOf(proposed === undefined ? joined : [proposed, ...joined]);
}

function judgeCandidate(field: GradientField, picture: Size, maps: PageMaps | undefined, candidate: Candidate): Judged {
  const measured = measureCandidate(field, candidate);
  const lineScore = scoreCandidate(measured);
  if (maps === undefined) return { candidate, measured, score: lineScore };
  const isBorder = candidate.sides.map(({ line }) => line.border);
  return {
    candidate,
    measured,
    score: scoreWithMaps(measureByMaps(maps, candidate.corners, isBorder, picture, lineScore)),
  };
}

function bestOf(judged: readonly Judged[]): Judged | undefined {
  let best: Judged | undefined;
  for (const one of judged) if (best === undefined || one.score > best.score) best = one;
  return best;
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
