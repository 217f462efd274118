import type { RgbaImage } from '#contract/images.ts';
import {
  distanceBetween,
  isConvex,
  orderCorners,
  cornerAngles,
  type FourPoints,
  type XY,
} from '#worker/vision/geometry.ts';
import { greyPlane } from '#worker/vision/grey-plane.ts';
import { withMats, type Mat, type OpenCv, type Own } from '#worker/vision/opencv.ts';
import type { Plane } from '#worker/vision/plane.ts';

/** A place that looks like the marker. */
interface Sighting extends XY {
  /** Normalised correlation, up to 1. */
  readonly likeness: number;
  readonly size: number;
}

/** The part of a photo that is searched: its whole, or the box around the page. */
export interface SearchArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The searched area is scaled to this long side: a marker of a 17th of the width is still 9 pixels wide at the smallest. */
const longSidePx = 560;

/**
 * Marker widths tried, in widths that the design tells of the searched area. The frame may fill the paper or be as little as a
 * third of it; a correlation peak is a sixth of a marker wide in size, hence the steps.
 */
const sizes = [1.1, 0.93, 0.79, 0.67, 0.57, 0.48, 0.41, 0.35];

/** What looks less like the marker is something else: letters reach 0.5. */
const leastLikeness = 0.55;

const mostSightings = 12;

/**
 * Quads whose corners look like the marker, likeliest first, clockwise in the photo from the top left. A fourth corner that is
 * hidden is where a parallelogram has it.
 *
 * @param share width of a marker in widths of the frame.
 */
export function findMarkerQuads(
  cv: OpenCv,
  photo: Plane,
  area: SearchArea,
  marker: RgbaImage,
  share: number,
): readonly FourPoints[] {
  const sightings = sightMarkers(cv, photo, area, marker, share);
  const quads = quadsOf(sightings);
  return quads.length > 0 ? quads : completedQuads(sightings);
}

function sightMarkers(
  cv: OpenCv,
  photo: Plane,
  area: SearchArea,
  marker: RgbaImage,
  share: number,
): readonly Sighting[] {
  return withMats(cv, (own) => {
    const width = area.right - area.left;
    const height = area.bottom - area.top;
    const scale = Math.min(1, longSidePx / Math.max(width, height));
    const scene = scaled(cv, own, matOf(cv, own, crop(photo, area)), width * scale, height * scale);
    const markerMat = matOf(cv, own, greyPlane(marker));
    const found: Sighting[] = [];
    for (const size of sizes) {
      const across = Math.round(Math.min(width, height) * scale * share * size);
      const down = Math.round((across * marker.height) / marker.width);
      if (across < 6 || down < 6 || across * 3 > scene.cols || down * 3 > scene.rows) continue;
      const result = own(new cv.Mat());
      cv.matchTemplate(scene, scaled(cv, own, markerMat, across, down), result, cv.TM_CCOEFF_NORMED);
      for (const { x, y, likeness } of peaksOf(result, across)) {
        found.push({
          x: area.left + (x + across / 2) / scale,
          y: area.top + (y + down / 2) / scale,
          likeness,
          size: across / scale,
        });
      }
    }
    const kept: Sighting[] = [];
    for (const sighting of found.toSorted((a, b) => b.likeness - a.likeness)) {
      if (kept.length === mostSightings) break;
      if (kept.every((other) => distanceBetween(other, sighting) > 0.6 * Math.max(other.size, sighting.size)))
        kept.push(sighting);
    }
    return kept;
  });
}

function crop({ width, values }: Plane, { left, top, right, bottom }: SearchArea): Plane {
  const out = new Uint8Array((right - left) * (bottom - top));
  for (let y = top; y < bottom; y++)
    out.set(values.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  return { width: right - left, height: bottom - top, values: out };
}

function matOf(cv: OpenCv, own: Own, { width, height, values }: Plane): Mat {
  const mat = own(new cv.Mat(height, width, cv.CV_8UC1));
  mat.data.set(values);
  return mat;
}

function scaled(cv: OpenCv, own: Own, source: Mat, width: number, height: number): Mat {
  const target = own(new cv.Mat());
  cv.resize(source, target, new cv.Size(Math.round(width), Math.round(height)), 0, 0, cv.INTER_AREA);
  return target;
}

/** Local maxima of a correlation, the highest first, half a marker apart. */
function peaksOf(result: Mat, apart: number): readonly { x: number; y: number; likeness: number }[] {
  const { cols, rows, data32F } = result;
  const peaks: { x: number; y: number; likeness: number }[] = [];
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < cols; x++) {
      const likeness = data32F[y * cols + x] ?? 0;
      if (likeness < leastLikeness) continue;
      const near = peaks.findIndex((peak) => Math.abs(peak.x - x) < apart / 2 && Math.abs(peak.y - y) < apart / 2);
      const rival = peaks[near];
      if (rival === undefined) peaks.push({ x, y, likeness });
      else if (rival.likeness < likeness) peaks[near] = { x, y, likeness };
    }
  return peaks.toSorted((a, b) => b.likeness - a.likeness).slice(0, mostSightings);
}

/** The largest of four markers seen in one photo is at most so many times as wide as the smallest, at 45 degrees and near by. */
const mostSizeRatio = 1.7;

function quadsOf(sightings: readonly Sighting[]): readonly FourPoints[] {
  const rated: { quad: FourPoints; rating: number }[] = [];
  sightings.forEach((a, i) => {
    sightings.slice(i + 1).forEach((b, j) => {
      sightings.slice(i + j + 2).forEach((c, k) => {
        sightings.slice(i + j + k + 3).forEach((d) => {
          const rating = rate([a, b, c, d]);
          if (rating !== undefined) rated.push(rating);
        });
      });
    });
  });
  return rated
    .toSorted((a, b) => b.rating - a.rating)
    .slice(0, 3)
    .map(({ quad }) => quad);
}

/** Around their middle, the four in a circle. */
function rate(
  four: readonly [Sighting, Sighting, Sighting, Sighting],
): { quad: FourPoints; rating: number } | undefined {
  const x = four.reduce((sum, point) => sum + point.x, 0) / 4;
  const y = four.reduce((sum, point) => sum + point.y, 0) / 4;
  const [a, b, c, d] = four.toSorted((p, q) => Math.atan2(p.y - y, p.x - x) - Math.atan2(q.y - y, q.x - x));
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  const quad: FourPoints = [a, b, c, d];
  const widths = four.map(({ size }) => size);
  if (!isConvex(quad) || Math.max(...widths) > mostSizeRatio * Math.min(...widths)) return undefined;
  const angles = cornerAngles(quad);
  if (angles.some((angle) => angle < 50 || angle > 130)) return undefined;
  const skew = angles.reduce((sum, angle) => sum + Math.abs(angle - 90), 0) / 360;
  const shortest = Math.min(distanceBetween(a, b), distanceBetween(b, c), distanceBetween(c, d), distanceBetween(d, a));
  if (shortest < 3 * Math.max(...widths)) return undefined;
  const likeness = four.reduce((sum, point) => sum + point.likeness, 0) / 4;
  return { quad: orderCorners(quad), rating: likeness - 0.3 * skew };
}

/** Three of the likeliest sightings that make a right angle within 35 degrees, with the corner across from it added. */
function completedQuads(sightings: readonly Sighting[]): readonly FourPoints[] {
  const quads: FourPoints[] = [];
  const few = sightings.slice(0, 5);
  for (const corner of few)
    for (const [at, first] of few.entries())
      for (const second of few.slice(at + 1)) {
        if (first === corner || second === corner) continue;
        const widths = [corner.size, first.size, second.size];
        if (Math.max(...widths) > mostSizeRatio * Math.min(...widths)) continue;
        const dot = (first.x - corner.x) * (second.x - corner.x) + (first.y - corner.y) * (second.y - corner.y);
        const cosine = dot / (distanceBetween(first, corner) * distanceBetween(second, corner));
        if (Math.abs(cosine) > Math.sin((35 * Math.PI) / 180)) continue;
        const last = { x: first.x + second.x - corner.x, y: first.y + second.y - corner.y };
        quads.push(orderCorners([corner, first, last, second]));
      }
  return quads.slice(0, 4);
}
